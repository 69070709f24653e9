// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "key.h"
#include "keyring.h"
#include "log.h"
#include "password.h"
#include "uncpath.h"

static const char help_text[] =
"usage: unc login [OPTION]... [[DOMAIN\\]USER@]HOST\n"
"       unc login [OPTION]... --any [[DOMAIN\\]USER]\n"
"       unc login --list [--json]\n"
"Keeps user and password for a server (or for any) as a key in the kernel, which\n"
"nobody can read back.  Mounts and pipes of this user then need no password.\n"
"\n"
"  -a, --any              for every server that has no key of its own\n"
"  -u, --user USER        the user; default: your login name\n"
"  -d, --domain DOMAIN    the domain or workgroup\n"
"  -K, --keytab FILE      no password: Kerberos by the keys in this file\n"
"  -c, --ccache NAME      no password: the tickets of this cache, as klist names it\n"
"  -s, --stdin            read the password from standard input, one line\n"
"  -C, --credential NAME  the password is the systemd credential of this name, see\n"
"                         LoadCredential= in systemd.exec(5)\n"
"  -t, --timeout SECONDS  forget it after this time\n"
"  -k, --keyring WHICH    user (default), session, or persistent\n"
"  -l, --list             list what is kept; passwords are never shown\n"
"  -j, --json             as JSON\n"
"  -h, --help             show this\n";

static const struct option long_options[] = {
	{ "any",	no_argument,		NULL, 'a' },
	{ "user",	required_argument,	NULL, 'u' },
	{ "domain",	required_argument,	NULL, 'd' },
	{ "keytab",	required_argument,	NULL, 'K' },
	{ "ccache",	required_argument,	NULL, 'c' },
	{ "stdin",	no_argument,		NULL, 's' },
	{ "credential",	required_argument,	NULL, 'C' },
	{ "timeout",	required_argument,	NULL, 't' },
	{ "keyring",	required_argument,	NULL, 'k' },
	{ "list",	no_argument,		NULL, 'l' },
	{ "json",	no_argument,		NULL, 'j' },
	{ "help",	no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

struct login {
	struct credential cred;
	char host[UNC_HOST_MAX + 1];
	bool any;
	bool from_stdin;
	const char *credential;		/* of systemd */
	bool list;
	bool json;
	unsigned int timeout;
	key_serial_t keyring;
};

/* ---- Arguments ---------------------------------------------------------- */

static bool set_keyring(struct login *login, const char *name)
{
	if (strcmp(name, "user") == 0)
		login->keyring = KEY_SPEC_USER_KEYRING;
	else if (strcmp(name, "session") == 0)
		login->keyring = KEY_SPEC_SESSION_KEYRING;
	else if (strcmp(name, "persistent") == 0)
		login->keyring = (key_serial_t)
			keyctl_get_persistent((uid_t)-1,
					      KEY_SPEC_SESSION_KEYRING);
	else
		login->keyring = 0;
	if (login->keyring == 0)
		log_error("there is no keyring \"%s\" (user, session, persistent)",
			  name);
	else if (login->keyring == -1)
		log_error("cannot get the persistent keyring: %s",
			  strerror(errno));
	return login->keyring != 0 && login->keyring != -1;
}

static bool set_timeout(struct login *login, const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end || end == text || !value || value > 1UL << 31) {
		log_error("\"%s\" is no number of seconds", text);
		return false;
	}
	login->timeout = (unsigned int)value;
	return true;
}

/* The agent's worker has another folder, but the same user. */
static bool set_keytab(struct login *login, const char *file)
{
	char *path = realpath(file, NULL);
	bool good = path && access(path, R_OK) == 0 &&
		    credential_set_keytab(&login->cred, path);

	if (!good)
		log_error("cannot use the keytab %s: %s", file,
			  path && errno == 0 ? "its path is too long" :
			  strerror(errno));
	free(path);
	return good;
}

static bool set_option(struct login *login, int option)
{
	switch (option) {
	case 'a':
		login->any = true;
		return true;
	case 'u':
		return credential_set_user(&login->cred, optarg);
	case 'd':
		return credential_set_domain(&login->cred, optarg);
	case 'K':
		return set_keytab(login, optarg);
	case 'c':
		if (credential_set_ccache(&login->cred, optarg))
			return true;
		log_error("the name of the cache is too long or empty");
		return false;
	case 's':
		login->from_stdin = true;
		return true;
	case 't':
		return set_timeout(login, optarg);
	case 'k':
		return set_keyring(login, optarg);
	case 'C':
		login->credential = optarg;
		return true;
	case 'l':
		login->list = true;
		return true;
	case 'j':
		login->json = true;
		return true;
	}
	return false;
}

/* [user@]host, //host/share too: the last @ parts them. */
static bool set_target(struct login *login, char *target)
{
	char *host = strrchr(target, '@');
	char *user = host ? target : NULL;

	if (host)
		*host++ = '\0';
	else
		host = target;
	if (user && !credential_set_user(&login->cred, user)) {
		log_error("the user name is too long");
		return false;
	}
	host += strspn(host, "/\\");
	host[strcspn(host, "/\\")] = '\0';
	if (!*host || strlen(host) > UNC_HOST_MAX) {
		log_error("the host name is %s", *host ? "too long" : "missing");
		return false;
	}
	strcpy(login->host, host);
	uncpath_host_fold(login->host);
	return true;
}

/* With --any what is left names the user. */
static bool set_any(struct login *login, char *user)
{
	size_t len;

	strcpy(login->host, "*");
	if (!user)
		return true;
	len = strlen(user);
	if (len && user[len - 1] == '@')
		user[len - 1] = '\0';
	return credential_set_user(&login->cred, user);
}

/* ---- Doing it ----------------------------------------------------------- */

static const char *expires(const struct key_entry *entry)
{
	return strcmp(entry->expires, "perm") == 0 ? "never" :
	       strcmp(entry->expires, "expd") == 0 ? "expired" :
	       entry->expires;
}

static void add_entry(const struct key_entry *entry, void *data)
{
	if (entry->uid == getuid())
		json_array_append_new(data, json_pack("{s:s, s:s, s:i}",
						      "host", entry->host,
						      "expires", expires(entry),
						      "key", entry->serial));
}

static void print_keys(const json_t *keys)
{
	const json_t *key;
	size_t i;

	printf("%-32s %-8s %s\n", "HOST", "EXPIRES", "KEY");
	json_array_foreach(keys, i, key) {
		const char *host = json_string_value(json_object_get(key,
								     "host"));

		printf("%-32s %-8s %d\n",
		       strcmp(host, "*") == 0 ? "(any)" : host,
		       json_string_value(json_object_get(key, "expires")),
		       (int)json_integer_value(json_object_get(key, "key")));
	}
}

static int list_keys(bool json)
{
	json_t *keys = json_array();
	bool good = keyring_list(add_entry, keys);

	if (!good)
		log_error("cannot read /proc/keys: %s", strerror(errno));
	else if (json)
		good = json_dumpf(keys, stdout, JSON_INDENT(2)) == 0 &&
		       putchar('\n') != EOF;
	else if (json_array_size(keys))
		print_keys(keys);
	else
		fputs("no passwords are kept\n", stderr);
	json_decref(keys);
	return good ? UNC_OK : UNC_FAILED;
}

static bool default_user(struct credential *cred)
{
	struct passwd *user = getpwuid(getuid());

	if (cred->has_user)
		return true;
	if (user)
		return credential_set_user(cred, user->pw_name);
	log_error("who are you?  Name the user with --user");
	return false;
}

/* Where systemd puts them only this service can look, and nothing is a path. */
static bool get_credential(struct login *login)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	enum password_source source;
	char path[4096];
	int fd;

	if (!folder || strchr(login->credential, '/')) {
		log_error(folder ? "\"%s\" is no name of a credential" :
			  "systemd has passed no credential \"%s\" (LoadCredential=)",
			  login->credential);
		return false;
	}
	snprintf(path, sizeof(path), "%s/%s", folder, login->credential);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		log_error("cannot read the credential \"%s\": %s",
			  login->credential, strerror(errno));
		return false;
	}
	source = password_from_fd(&login->cred, fd, "the credential");
	close(fd);
	return source == PASSWORD_FOUND;
}

static bool get_password(struct login *login)
{
	char question[UNC_USER_MAX + UNC_HOST_MAX + 32];
	enum password_source source;

	if (login->credential)
		return get_credential(login);
	if (login->from_stdin) {
		source = password_from_fd(&login->cred, STDIN_FILENO,
					  "standard input");
		return source == PASSWORD_FOUND;
	}
	snprintf(question, sizeof(question), "Password for %s%s%s: ",
		 login->cred.user, login->any ? "" : "@",
		 login->any ? "" : login->host);
	source = password_prompt(&login->cred, question);
	if (source == PASSWORD_NONE)
		log_error("there is no terminal to ask for the password (use --stdin)");
	return source == PASSWORD_FOUND;
}

static int add(struct login *login)
{
	key_serial_t key = key_add(login->host, &login->cred, login->keyring);

	if (key < 0) {
		log_error("cannot keep the password: %s", key_error(errno));
		return UNC_FAILED;
	}
	if (login->timeout && keyctl_set_timeout(key, login->timeout) < 0) {
		log_error("cannot set the time-out, so the password is not kept: %s",
			  strerror(errno));
		keyctl_revoke(key);
		return UNC_FAILED;
	}
	if (login->keyring == KEY_SPEC_USER_KEYRING)
		keyring_link_user();
	return UNC_OK;
}

static int login_run(struct login *login)
{
	int status = UNC_FAILED;

	if (default_user(&login->cred) &&
	    (*login->cred.store || get_password(login)))
		status = add(login);
	credential_wipe(&login->cred);
	return status;
}

int login_main(int argc, char **argv)
{
	static struct login login = { .keyring = KEY_SPEC_USER_KEYRING };
	int option, left;

	while ((option = getopt_long(argc, argv, "au:d:K:c:sC:t:k:ljh", long_options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		}
		if (!set_option(&login, option))
			return UNC_USAGE;
	}
	left = argc - optind;
	if (login.list && !left)
		return list_keys(login.json);
	if (left > 1 || (left < 1 && !login.any)) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	if (!(login.any ? set_any(&login, argv[optind]) :
			  set_target(&login, argv[optind])))
		return UNC_USAGE;
	return login_run(&login);
}
