// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "secret.h"

#define RANDOM_LETTERS	100	/* of six bits each */

json_t *machine_load(const char *path)
{
	json_t *machine = json_load_file(path, 0, NULL);

	if (json_is_object(machine))
		return machine;
	json_decref(machine);
	return json_object();
}

int machine_save(const char *path, const json_t *machine)
{
	char *text = json_dumps(machine, JSON_INDENT(2));
	int ret;

	if (!text)
		return -ENOMEM;
	ret = file_replace(path, text, strlen(text), 0600);
	secret_free(text);
	return ret;
}

int machine_remove(const char *path)
{
	return unlink(path) && errno != ENOENT ? -errno : 0;
}

const char *machine_text(const json_t *machine, const char *name)
{
	const char *text = json_string_value(json_object_get(machine, name));

	return text ? text : "";
}

void machine_set(json_t *machine, const char *name, const char *text)
{
	if (*text)
		json_object_set_new(machine, name, json_string(text));
	else
		json_object_del(machine, name);
}

bool machine_is(const json_t *machine, const char *state)
{
	return strcmp(machine_text(machine, "state"), state) == 0;
}

void machine_promote(json_t *machine)
{
	machine_set(machine, "old", machine_text(machine, "password"));
	machine_set(machine, "password", machine_text(machine, "pending"));
	machine_set(machine, "pending", "");
	json_object_set_new(machine, "changed",
			    json_integer((json_int_t)time(NULL)));
}

int machine_password(char password[MACHINE_PASSWORD_ROOM])
{
	static const char letters[65] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
	uint8_t random[RANDOM_LETTERS];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return -EIO;
	for (int i = 0; i < RANDOM_LETTERS; i++)
		password[i] = letters[random[i] & 63];
	/* Each kind of character, as policies may ask for. */
	strcpy(password + RANDOM_LETTERS, "aA1.");
	secret_wipe(random, sizeof(random));
	return 0;
}
