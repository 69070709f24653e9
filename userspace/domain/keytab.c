// SPDX-License-Identifier: GPL-2.0-or-later
#include "keytab.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "machine.h"

#define KEPT	1	/* passwords before the current one */
#define NAMES	5

/* One keytab while it is written. */
struct keytab {
	krb5_context context;
	krb5_keytab keys;
	krb5_principal names[NAMES];
	krb5_data salt;
	char salt_text[512];
};

/* The principals of a machine: its account, and SPNs for both of its names. */
static krb5_error_code make_names(struct keytab *kt, const json_t *machine)
{
	const char *realm = machine_text(machine, "realm");
	const char *name = machine_text(machine, "computer");
	const char *host = machine_text(machine, "host");
	char text[NAMES][600];
	krb5_error_code code = 0;

	snprintf(text[0], sizeof(text[0]), "%s@%s",
		 machine_text(machine, "account"), realm);
	snprintf(text[1], sizeof(text[1]), "host/%s@%s", name, realm);
	snprintf(text[2], sizeof(text[2]), "host/%s@%s", host, realm);
	snprintf(text[3], sizeof(text[3]), "RestrictedKrbHost/%s@%s", name,
		 realm);
	snprintf(text[4], sizeof(text[4]), "RestrictedKrbHost/%s@%s", host,
		 realm);
	for (int i = 0; i < NAMES && !code; i++)
		code = krb5_parse_name(kt->context, text[i], &kt->names[i]);
	return code;
}

/* [MS-KILE] 3.1.1.2: of a computer REALMhostname.domain, in small letters */
static void make_salt(struct keytab *kt, const json_t *machine)
{
	const char *realm = machine_text(machine, "realm");
	int used = snprintf(kt->salt_text, sizeof(kt->salt_text), "%.250shost%s.",
			    realm, machine_text(machine, "computer"));

	snprintf(kt->salt_text + used, sizeof(kt->salt_text) - (size_t)used,
		 "%.200s", machine_text(machine, "domain"));
	for (char *p = kt->salt_text + strlen(realm); *p; p++)
		*p = (char)tolower((unsigned char)*p);
	kt->salt.data = kt->salt_text;
	kt->salt.length = (unsigned int)strlen(kt->salt_text);
}

static krb5_error_code open_keytab(struct keytab *kt, struct ticket *ticket,
				   const char *path, const json_t *machine)
{
	char name[4200];
	krb5_error_code code;

	memset(kt, 0, sizeof(*kt));
	kt->context = ticket->context;
	snprintf(name, sizeof(name), "WRFILE:%.4100s", path);
	code = krb5_kt_resolve(kt->context, name, &kt->keys);
	if (!code)
		code = make_names(kt, machine);
	make_salt(kt, machine);
	return code;
}

static void close_keytab(struct keytab *kt)
{
	for (int i = 0; i < NAMES; i++)
		krb5_free_principal(kt->context, kt->names[i]);
	if (kt->keys)
		krb5_kt_close(kt->context, kt->keys);
}

/* ---- Removing -------------------------------------------------------------- */

static bool is_ours(const struct keytab *kt, krb5_const_principal who)
{
	for (int i = 0; i < NAMES; i++)
		if (krb5_principal_compare(kt->context, kt->names[i], who))
			return true;
	return false;
}

/*
 * Those that stay: of @from up to @to, not @to itself.  A number behind it is
 * that of a membership before this one.
 */
static bool is_old(unsigned int kvno, unsigned int from, unsigned int to)
{
	return kvno < from || kvno >= to;
}

/* The next that is to go; an open sequence forbids removing at once. */
static krb5_error_code find_old(struct keytab *kt, unsigned int from,
				unsigned int to, krb5_keytab_entry *found)
{
	krb5_kt_cursor cursor;
	krb5_error_code code = krb5_kt_start_seq_get(kt->context, kt->keys,
						     &cursor);

	if (code)
		return code == ENOENT ? KRB5_KT_END : code;
	while (!(code = krb5_kt_next_entry(kt->context, kt->keys, found,
					   &cursor))) {
		if (is_ours(kt, found->principal) &&
		    is_old(found->vno, from, to))
			break;
		krb5_kt_free_entry(kt->context, found);
	}
	krb5_kt_end_seq_get(kt->context, kt->keys, &cursor);
	return code;
}

/* Keys of passwords before @from, and of @to and later ones. */
static krb5_error_code remove_old(struct keytab *kt, unsigned int from,
				  unsigned int to)
{
	krb5_keytab_entry found;
	krb5_error_code code;

	while (!(code = find_old(kt, from, to, &found))) {
		code = krb5_kt_remove_entry(kt->context, kt->keys, &found);
		krb5_kt_free_entry(kt->context, &found);
		if (code)
			return code;
	}
	return code == KRB5_KT_END ? 0 : code;
}

/* ---- Adding ---------------------------------------------------------------- */

static krb5_error_code add_keys(struct keytab *kt, const char *password,
				unsigned int kvno, krb5_enctype type)
{
	krb5_data secret = { .data = (char *)(uintptr_t)password,
			     .length = (unsigned int)strlen(password) };
	krb5_keytab_entry entry = { .vno = kvno };
	krb5_error_code code = krb5_c_string_to_key(kt->context, type, &secret,
						    &kt->salt, &entry.key);

	for (int i = 0; i < NAMES && !code; i++) {
		entry.principal = kt->names[i];
		code = krb5_kt_add_entry(kt->context, kt->keys, &entry);
	}
	krb5_free_keyblock_contents(kt->context, &entry.key);
	return code;
}

static bool result(struct ticket *ticket, struct steps *steps, const char *name,
		   krb5_error_code code, const char *what)
{
	const char *text = krb5_get_error_message(ticket->context, code);
	bool good = code ?
		step_done(steps, name, step_errno(code == ENOENT ||
						  code == EACCES ?
						  (int)code : EIO),
			  "%s: %s", what, text) :
		step_done(steps, name, 0, "%s", what);

	krb5_free_error_message(ticket->context, text);
	return good;
}

bool keytab_write(struct ticket *ticket, const char *path, const json_t *machine,
		  const char *password, unsigned int kvno, struct steps *steps)
{
	unsigned int from = kvno > KEPT ? kvno - KEPT : 0;
	mode_t mask = umask(0077);
	struct keytab kt;
	krb5_error_code code;
	char what[400];

	folder_make(path);
	code = open_keytab(&kt, ticket, path, machine);
	if (!code)
		code = remove_old(&kt, from, kvno);
	if (!code)
		code = add_keys(&kt, password, kvno,
				ENCTYPE_AES256_CTS_HMAC_SHA1_96);
	if (!code)
		code = add_keys(&kt, password, kvno,
				ENCTYPE_AES128_CTS_HMAC_SHA1_96);
	close_keytab(&kt);
	umask(mask);
	snprintf(what, sizeof(what), "%.200s: %d names, kvno %u, AES", path,
		 NAMES, kvno);
	return result(ticket, steps, "KeytabWrite", code, what);
}

bool keytab_remove(struct ticket *ticket, const char *path,
		   const json_t *machine, struct steps *steps)
{
	struct keytab kt;
	krb5_error_code code = 0;

	if (access(path, F_OK) == 0) {
		code = open_keytab(&kt, ticket, path, machine);
		if (!code)
			code = remove_old(&kt, 0, 0);
		close_keytab(&kt);
	}
	return result(ticket, steps, "KeytabRemove", code, path);
}
