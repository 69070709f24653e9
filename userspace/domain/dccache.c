// SPDX-License-Identifier: GPL-2.0-or-later
#include "dccache.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "file.h"

/* A closer one may have come meanwhile: [MS-ADTS] leaves it to the client. */
#define LIFE_SECONDS	(12 * 3600)

static void key_of(const char *domain, char key[DOMAIN_NAME_ROOM])
{
	snprintf(key, DOMAIN_NAME_ROOM, "%s", domain);
	for (char *p = key; *p; p++)
		*p = (char)tolower((unsigned char)*p);
}

bool dc_cache_get(const char *path, const char *domain,
		  char host[DOMAIN_NAME_ROOM])
{
	json_t *all = json_load_file(path, 0, NULL), *one;
	char key[DOMAIN_NAME_ROOM];
	const char *found;
	json_int_t age;

	key_of(domain, key);
	one = json_object_get(all, key);
	age = time(NULL) - json_integer_value(json_object_get(one, "time"));
	found = json_string_value(json_object_get(one, "host"));
	if (found && age >= 0 && age < LIFE_SECONDS &&
	    strlen(found) < DOMAIN_NAME_ROOM)
		strcpy(host, found);
	else
		found = NULL;
	json_decref(all);
	return found;
}

static void write_all(const char *path, json_t *all)
{
	char *text = json_dumps(all, JSON_INDENT(2));

	if (text)
		file_replace(path, text, strlen(text), 0644);
	free(text);
	json_decref(all);
}

void dc_cache_put(const char *path, const char *domain, const struct dc *dc)
{
	json_t *all = json_load_file(path, 0, NULL);
	char key[DOMAIN_NAME_ROOM];

	if (!json_is_object(all)) {
		json_decref(all);
		all = json_object();
	}
	key_of(domain, key);
	json_object_set_new(all, key,
			    json_pack("{s:s, s:s, s:s, s:I}", "host", dc->host,
				      "site", dc->site, "client_site",
				      dc->client_site, "time",
				      (json_int_t)time(NULL)));
	write_all(path, all);
}

void dc_cache_drop(const char *path, const char *domain)
{
	json_t *all = json_load_file(path, 0, NULL);
	char key[DOMAIN_NAME_ROOM];

	key_of(domain, key);
	if (json_object_del(all, key) == 0)
		write_all(path, all);
	else
		json_decref(all);
}
