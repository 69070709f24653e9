// SPDX-License-Identifier: GPL-2.0-or-later
#include "credential.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "secret.h"

#define LINE_ROOM 1024

static bool store(char *field, size_t room, const char *value, size_t len)
{
	if (len >= room)
		return false;
	memmove(field, value, len);
	field[len] = '\0';
	return true;
}

bool credential_set_domain(struct credential *cred, const char *value)
{
	return store(cred->domain, sizeof(cred->domain), value, strlen(value));
}

bool credential_set_password(struct credential *cred, const char *value)
{
	cred->has_password = store(cred->password, sizeof(cred->password),
				   value, strlen(value));
	return cred->has_password;
}

static bool set_store(struct credential *cred, const char *kind,
		      const char *value)
{
	int len = snprintf(cred->store, sizeof(cred->store), "%s:%s", kind,
			   value);

	return *value && len > 0 && (size_t)len < sizeof(cred->store);
}

bool credential_set_keytab(struct credential *cred, const char *path)
{
	return set_store(cred, "keytab", path);
}

bool credential_set_ccache(struct credential *cred, const char *name)
{
	return set_store(cred, "ccache", name);
}

bool credential_set_user(struct credential *cred, const char *value)
{
	const char *sep = strpbrk(value, "\\/");

	if (sep) {
		if (!store(cred->domain, sizeof(cred->domain), value,
			   (size_t)(sep - value)))
			return false;
		value = sep + 1;
	}
	cred->has_user = store(cred->user, sizeof(cred->user), value,
			       strlen(value));
	return cred->has_user;
}

struct field {
	const char *key;
	bool (*set)(struct credential *cred, const char *value);
};

static const struct field fields[] = {
	{ "username",	credential_set_user },
	{ "user",	credential_set_user },
	{ "password",	credential_set_password },
	{ "pass",	credential_set_password },
	{ "domain",	credential_set_domain },
	{ "dom",	credential_set_domain },
	{ "workgroup",	credential_set_domain },
};

static const struct field *field_find(const char *key, size_t len)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].key) == len &&
		    strncasecmp(fields[i].key, key, len) == 0)
			return &fields[i];
	return NULL;
}

/* One line without its newline.  NULL if good, else what is wrong with it. */
static const char *line_apply(struct credential *cred, char *line)
{
	const struct field *field;
	char *equals;
	size_t len;

	while (isblank((unsigned char)*line))
		line++;
	if (*line == '\0' || *line == '#')
		return NULL;
	equals = strchr(line, '=');
	if (!equals)
		return "there is no \"=\" in it";
	len = (size_t)(equals - line);
	while (len && isblank((unsigned char)line[len - 1]))
		len--;
	field = field_find(line, len);
	if (!field)
		return "the key is none of username, password, domain";
	return field->set(cred, equals + 1) ? NULL : "the value is too long";
}

static bool lines_apply(struct credential *cred, FILE *file, const char *path)
{
	char line[LINE_ROOM];
	unsigned int number = 0;
	const char *bad = NULL;

	while (!bad && fgets(line, sizeof(line), file)) {
		size_t len = strlen(line);

		number++;
		if (len == sizeof(line) - 1 && line[len - 1] != '\n')
			bad = "it is too long";
		while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
			line[--len] = '\0';
		if (!bad)
			bad = line_apply(cred, line);
	}
	secret_wipe(line, sizeof(line));
	if (!bad && ferror(file))
		bad = strerror(errno);
	if (bad)
		log_error("%s, line %u: %s", path, number, bad);
	return !bad;
}

/* A password that all may read is no secret; say so, but obey. */
static void warn_if_exposed(int fd, const char *path)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_mode & 0044)
		log_warning("%s can be read by others; chmod 600 it", path);
}

bool credential_read_file(struct credential *cred, const char *path)
{
	char buffer[4096];
	FILE *file = fopen(path, "re");
	bool good;

	if (!file) {
		log_error("cannot read the credentials file %s: %s", path,
			  strerror(errno));
		return false;
	}
	/* stdio's own buffer would keep the password after fclose(). */
	setvbuf(file, buffer, _IOFBF, sizeof(buffer));
	warn_if_exposed(fileno(file), path);
	good = lines_apply(cred, file, path);
	fclose(file);
	secret_wipe(buffer, sizeof(buffer));
	return good;
}

void credential_wipe(struct credential *cred)
{
	secret_wipe(cred, sizeof(*cred));
}
