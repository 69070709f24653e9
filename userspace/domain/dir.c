// SPDX-License-Identifier: GPL-2.0-or-later
#include "dir.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/time.h>

#include "dirseal.h"
#include "sid.h"
#include "unsent.h"
#include "utf16.h"

#define SECONDS		15
#define MODS_MAX	16
#define SEAL_SSF	56	/* of GSSAPI: with encryption, whatever the cipher */

/* ---- Results --------------------------------------------------------------- */

/*
 * Active Directory puts the Win32 code before its text, "00002071: UpdErr: ...",
 * which tells more than LDAP's own.
 */
static uint32_t win32_of(int code, const char *text)
{
	char *end = NULL;
	unsigned long found = text ? strtoul(text, &end, 16) : 0;

	if (found && end == text + 8 && *end == ':' && found <= 0xffff)
		return (uint32_t)found;
	switch (code) {
	case LDAP_SUCCESS:
		return 0;
	case LDAP_INSUFFICIENT_ACCESS:
		return 5;
	case LDAP_NO_SUCH_OBJECT:
		return 0x2030;
	case LDAP_ALREADY_EXISTS:
		return 0x2071;
	case LDAP_CONSTRAINT_VIOLATION:
		return 0x202f;
	case LDAP_UNWILLING_TO_PERFORM:
		return 0x2035;
	case LDAP_STRONG_AUTH_REQUIRED:
		return 0x2028;
	case LDAP_INVALID_CREDENTIALS:
		return 1326;
	case LDAP_SERVER_DOWN:
	case LDAP_CONNECT_ERROR:
	case LDAP_TIMEOUT:
	case LDAP_TIMELIMIT_EXCEEDED:
		return 0x203a;
	}
	return 0x2020;
}

static bool result(struct dir *dir, const char *name, const char *what, int code)
{
	char *text = NULL;
	bool good;

	if (code && dir->ldap)
		ldap_get_option(dir->ldap, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text);
	if (code)
		good = step_done(dir->steps, name, win32_of(code, text),
				 "%s: %s%s%s", what, ldap_err2string(code),
				 text && *text ? ": " : "", text ? text : "");
	else
		good = step_done(dir->steps, name, 0, "%s", what);
	ldap_memfree(text);
	return good;
}

/* ---- Connection ------------------------------------------------------------ */

static int connect_to(struct dir *dir, const char *host)
{
	struct timeval wait = { SECONDS, 0 };
	int version = LDAP_VERSION3, code;
	char url[300];

	snprintf(url, sizeof(url), "ldap://%s", host);
	code = ldap_initialize(&dir->ldap, url);
	if (code)
		return code;
	ldap_set_option(dir->ldap, LDAP_OPT_PROTOCOL_VERSION, &version);
	ldap_set_option(dir->ldap, LDAP_OPT_NETWORK_TIMEOUT, &wait);
	ldap_set_option(dir->ldap, LDAP_OPT_TIMEOUT, &wait);
	ldap_set_option(dir->ldap, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
	ldap_set_option(dir->ldap, LDAP_OPT_X_SASL_NOCANON, LDAP_OPT_ON);
	return LDAP_SUCCESS;
}

static bool read_rootdse(struct dir *dir, json_t **rootdse)
{
	static const char *const wanted[] = {
		"defaultNamingContext", "configurationNamingContext",
		"dnsHostName", "currentTime", "supportedSASLMechanisms",
		"domainFunctionality", "domainControllerFunctionality", NULL,
	};
	struct dir_search search = { "", LDAP_SCOPE_BASE, NULL, wanted };
	json_t *found = dir_search(dir, &search);

	*rootdse = json_incref(json_array_get(found, 0));
	json_decref(found);
	snprintf(dir->base, sizeof(dir->base), "%s",
		 dir_first(*rootdse, "defaultNamingContext"));
	snprintf(dir->configuration, sizeof(dir->configuration), "%s",
		 dir_first(*rootdse, "configurationNamingContext"));
	return *rootdse;
}

bool dir_open(struct dir *dir, const char *host, struct steps *steps,
	      json_t **rootdse)
{
	*dir = (struct dir){ .steps = steps };
	*rootdse = NULL;
	return result(dir, "ldap_initialize", host, connect_to(dir, host)) &&
	       read_rootdse(dir, rootdse);
}

/*
 * struct sasl_interact of Cyrus SASL, which libldap hands through: a list that
 * ends with id 0. Nothing else of that library is used here, so its header need
 * not be there to build.
 */
struct interact {
	unsigned long id;
	const char *challenge, *prompt, *preset;
	const void *result;
	unsigned int len;
};

static int answer_sasl(LDAP *ldap, unsigned int flags, void *data, void *in)
{
	/* GSSAPI has its answers in the ticket; an empty one means that. */
	for (struct interact *ask = in; ask->id; ask++) {
		ask->result = "";
		ask->len = 0;
	}
	return LDAP_SUCCESS;
}

bool dir_bind(struct dir *dir)
{
	ber_len_t least = SEAL_SSF;
	char properties[] = "minssf=56,noplain,noanonymous";
	int code;

	ldap_set_option(dir->ldap, LDAP_OPT_X_SASL_SSF_MIN, &least);
	ldap_set_option(dir->ldap, LDAP_OPT_X_SASL_SECPROPS, properties);
	code = ldap_sasl_interactive_bind_s(dir->ldap, NULL, "GSSAPI", NULL,
					    NULL, LDAP_SASL_QUIET, answer_sasl,
					    NULL);
	return result(dir, "ldap_sasl_bind", "GSSAPI, sealed", code);
}

bool dir_bind_ntlm(struct dir *dir, const char *host,
		   const struct credential *cred)
{
	char why[DIRSEAL_WHY_ROOM], what[DIRSEAL_WHY_ROOM + 320];
	int code = dirseal_bind(dir->ldap, host, cred, why);

	snprintf(what, sizeof(what), "GSS-SPNEGO (NTLM), sealed, %s%s%s",
		 cred->user, *why ? ": " : "", why);
	return result(dir, "ldap_sasl_bind", what, code);
}

void dir_close(struct dir *dir)
{
	int fd = -1;

	/* Before there is an UNBIND, which is never answered. */
	if (dir->ldap && ldap_get_option(dir->ldap, LDAP_OPT_DESC, &fd) ==
	    LDAP_OPT_SUCCESS && fd >= 0)
		unsent_forget(fd);
	if (dir->ldap)
		ldap_unbind_ext_s(dir->ldap, NULL, NULL);
	dir->ldap = NULL;
}

/* ---- Reading --------------------------------------------------------------- */

static json_t *hex_value(const struct berval *value)
{
	char *text = malloc(2 * value->bv_len + 1);
	json_t *made;

	if (!text)
		return NULL;
	for (size_t i = 0; i < value->bv_len; i++)
		sprintf(text + 2 * i, "%02x", (uint8_t)value->bv_val[i]);
	made = json_stringn(text, 2 * value->bv_len);
	free(text);
	return made;
}

static json_t *one_value(const char *name, const struct berval *value)
{
	char text[SID_TEXT_ROOM];
	json_t *made = NULL;

	if ((strcasecmp(name, "objectSid") == 0 ||
	     strcasecmp(name, "tokenGroups") == 0) &&
	    sid_format(value->bv_val, value->bv_len, text))
		return json_string(text);
	if (strcasecmp(name, "objectGUID") == 0 && value->bv_len == 16) {
		guid_format((const uint8_t *)value->bv_val, text);
		return json_string(text);
	}
	if (!memchr(value->bv_val, 0, value->bv_len))
		made = json_stringn(value->bv_val, value->bv_len);
	return made ? made : hex_value(value);
}

static json_t *values_of(LDAP *ldap, LDAPMessage *entry, const char *name)
{
	struct berval **values = ldap_get_values_len(ldap, entry, name);
	json_t *list = json_array();

	for (int i = 0; values && values[i]; i++)
		json_array_append_new(list, one_value(name, values[i]));
	ldap_value_free_len(values);
	return list;
}

static json_t *object_of(LDAP *ldap, LDAPMessage *entry)
{
	json_t *object = json_object();
	char *dn = ldap_get_dn(ldap, entry), *name;
	BerElement *at = NULL;

	json_object_set_new(object, "dn", json_string(dn ? dn : ""));
	ldap_memfree(dn);
	for (name = ldap_first_attribute(ldap, entry, &at); name;
	     name = ldap_next_attribute(ldap, entry, at)) {
		json_object_set_new(object, name,
				    values_of(ldap, entry, name));
		ldap_memfree(name);
	}
	ber_free(at, 0);
	return object;
}

/* LDAP_SERVER_SD_FLAGS_OID ([MS-ADTS] 3.1.1.3.4.1.11): SEQUENCE { INTEGER 4 } */
static LDAPControl dacl_only = {
	(char *)"1.2.840.113556.1.4.801", { 5, (char *)"\x30\x03\x02\x01\x04" }, 1
};

static bool wants_descriptor(const char *const *names)
{
	for (; names && *names; names++)
		if (strcmp(*names, "nTSecurityDescriptor") == 0)
			return true;
	return false;
}

json_t *dir_search(struct dir *dir, const struct dir_search *search)
{
	const char *base = search->base ? search->base : dir->base;
	const char *filter = search->filter ? search->filter :
					      "(objectClass=*)";
	struct timeval wait = { SECONDS, 0 };
	LDAPControl *controls[] = {
		wants_descriptor(search->attributes) ? &dacl_only : NULL, NULL
	};
	LDAPMessage *found = NULL;
	json_t *list = NULL;
	char what[400];
	int code = ldap_search_ext_s(dir->ldap, base, search->scope, filter,
				     (char **)(uintptr_t)search->attributes, 0,
				     controls, NULL, &wait, LDAP_NO_LIMIT,
				     &found);

	snprintf(what, sizeof(what), "'%s', %s", base, filter);
	if (code == LDAP_NO_SUCH_OBJECT) {
		step_expected(dir->steps, "ldap_search", 0x2030, "%s", what);
		list = json_array();
	} else if (result(dir, "ldap_search", what, code)) {
		list = json_array();
		for (LDAPMessage *entry = ldap_first_entry(dir->ldap, found);
		     entry; entry = ldap_next_entry(dir->ldap, entry))
			json_array_append_new(list,
					      object_of(dir->ldap, entry));
	}
	ldap_msgfree(found);
	return list;
}

const char *dir_first(const json_t *object, const char *attribute)
{
	const char *name, *text;
	json_t *value;

	/* The server writes names as its schema has them, not as we asked. */
	json_object_foreach((json_t *)(uintptr_t)object, name, value) {
		if (strcasecmp(name, attribute) != 0)
			continue;
		text = json_string_value(json_is_array(value) ?
					 json_array_get(value, 0) : value);
		return text ? text : "";
	}
	return "";
}

/* ---- Writing --------------------------------------------------------------- */

/* LDAPMod as libldap wants them, over what the caller has. */
struct mods {
	LDAPMod mod[MODS_MAX];
	struct berval value[MODS_MAX];
	struct berval *values[MODS_MAX][2];
	LDAPMod *list[MODS_MAX + 1];
};

static void make_mods(struct mods *mods, const struct dir_mod *from)
{
	memset(mods, 0, sizeof(*mods));
	for (int i = 0; from[i].name && i < MODS_MAX; i++) {
		LDAPMod *mod = &mods->mod[i];

		mod->mod_type = (char *)(uintptr_t)from[i].name;
		mod->mod_op = from[i].operation;
		mod->mod_values = (char **)(uintptr_t)from[i].values;
		if (from[i].bytes) {
			mods->value[i].bv_val = (char *)(uintptr_t)from[i].bytes;
			mods->value[i].bv_len = from[i].len;
			mods->values[i][0] = &mods->value[i];
			mod->mod_op |= LDAP_MOD_BVALUES;
			mod->mod_bvalues = mods->values[i];
		}
		mods->list[i] = mod;
	}
}

/* Names of what is written; values are in no log, one may be a password. */
static void describe(char text[512], const char *dn, const struct dir_mod *mods)
{
	size_t used = (size_t)snprintf(text, 512, "'%.300s'", dn);

	for (; mods->name && used < 500; mods++)
		used += (size_t)snprintf(text + used, 512 - used, " %s",
					 mods->name);
}

bool dir_add(struct dir *dir, const char *dn, const struct dir_mod *mods)
{
	struct mods made;
	char what[512];

	make_mods(&made, mods);
	describe(what, dn, mods);
	return result(dir, "ldap_add", what,
		      ldap_add_ext_s(dir->ldap, dn, made.list, NULL, NULL));
}

bool dir_modify(struct dir *dir, const char *dn, const struct dir_mod *mods)
{
	struct mods made;
	char what[512];

	make_mods(&made, mods);
	describe(what, dn, mods);
	return result(dir, "ldap_modify", what,
		      ldap_modify_ext_s(dir->ldap, dn, made.list, NULL, NULL));
}

bool dir_delete(struct dir *dir, const char *dn)
{
	/* LDAP_SERVER_TREE_DELETE_OID: a computer may have printers below it. */
	LDAPControl tree = { (char *)"1.2.840.113556.1.4.805", { 0, NULL }, 1 };
	LDAPControl *controls[] = { &tree, NULL };

	return result(dir, "ldap_delete", dn,
		      ldap_delete_ext_s(dir->ldap, dn, controls, NULL));
}

int dir_password(const char *password, uint8_t *room, size_t len)
{
	char quoted[600];
	int ret;

	if (snprintf(quoted, sizeof(quoted), "\"%s\"", password) >=
	    (int)sizeof(quoted))
		return -EMSGSIZE;
	ret = wire_utf16_from_utf8(room, (u32)len, quoted, (u32)strlen(quoted),
				   WIRE_UTF_STRICT);
	explicit_bzero(quoted, sizeof(quoted));
	return ret;
}

char *dir_escape(const char *value)
{
	char *text = malloc(3 * strlen(value) + 1), *at = text;

	if (!text)
		return NULL;
	for (; *value; value++) {
		if (strchr("*()\\", *value))
			at += sprintf(at, "\\%02x", (uint8_t)*value);
		else
			*at++ = *value;
	}
	*at = '\0';
	return text;
}
