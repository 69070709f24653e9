// SPDX-License-Identifier: GPL-2.0-or-later
/* A password set by who may, not by its user ([MS-SAMR] 3.1.5.6.4). */
#include "sam.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "hex.h"
#include "sampassword.h"
#include "secret.h"

#define STATUS_INVALID_INFO_CLASS	0xc0000003u
#define STATUS_INVALID_PARAMETER	0xc000000du
#define STATUS_WRONG_PASSWORD		0xc000006au	/* it was not decrypted */
#define STATUS_NOT_SUPPORTED		0xc00000bbu
#define STATUS_NO_USER_SESSION_KEY	0xc0000202u
#define STATUS_NTLM_BLOCKED		0xc0000418u	/* Samba: no weak ciphers */
#define RPC_X_BAD_STUB_DATA		1783
#define NCA_INVALID_TAG			0x1c000006u	/* an unknown level */

static const char set_method[] = "SamrSetInformationUser2";

static json_t *hex_text(const uint8_t *bytes, size_t len)
{
	char *text = malloc(2 * len + 1);
	json_t *made = NULL;

	if (text) {
		hex_encode(bytes, len, text);
		made = json_string(text);
	}
	free(text);
	return made;
}

/* 31, UserInternal7Information */
static json_t *with_aes(const uint8_t key[SAM_KEY_LEN],
			const uint8_t salt[SAM_SALT_LEN], const char *password)
{
	struct sam_encrypted made;

	if (sam_encrypt_password(key, salt, password, &made))
		return NULL;
	return json_pack("{s:s, s:{s:{s:{s:o, s:o, s:o}}}}",
		"UserInformationClass", "UserInternal7Information",
		"Buffer", "Internal7", "UserPassword",
		"AuthData", hex_text(made.auth, sizeof(made.auth)),
		"Salt", hex_text(made.salt, sizeof(made.salt)),
		"Cipher", hex_text(made.cipher, sizeof(made.cipher)));
}

/* 26, UserInternal5InformationNew */
static json_t *with_rc4(const uint8_t key[SAM_KEY_LEN],
			const uint8_t salt[SAM_SALT_LEN], const char *password)
{
	uint8_t made[SAM_SALTED_LEN];

	if (sam_encrypt_salted(key, salt, password, made))
		return NULL;
	return json_pack("{s:s, s:{s:{s:{s:o}}}}",
		"UserInformationClass", "UserInternal5InformationNew",
		"Buffer", "Internal5New", "UserPassword",
		"Buffer", hex_text(made, sizeof(made)));
}

/* How the server says that it does not know the level, or cannot take it. */
static bool is_unknown(uint32_t code)
{
	switch (code) {
	case STATUS_INVALID_INFO_CLASS:
	case STATUS_INVALID_PARAMETER:
	case STATUS_WRONG_PASSWORD:
	case STATUS_NOT_SUPPORTED:
	case STATUS_NO_USER_SESSION_KEY:
	case STATUS_NTLM_BLOCKED:
	case RPC_X_BAD_STUB_DATA:
	case NCA_INVALID_TAG:
		return true;
	}
	return false;
}

static bool set_by(struct sam *sam, const uint8_t key[SAM_KEY_LEN],
		   const char *password, bool aes)
{
	const char *what = aes ? "31, AES" : "26, RC4";
	uint8_t salt[SAM_SALT_LEN];
	json_t *args = NULL;

	if (getrandom(salt, sizeof(salt), 0) == sizeof(salt))
		args = (aes ? with_aes : with_rc4)(key, salt, password);
	if (!args)
		return step_done(&sam->op->steps, set_method, 87,
				 "%s: the password cannot be encoded", what);
	json_object_set(args, "UserHandle", sam->account);
	return remote_call(&sam->remote, set_method, args, what);
}

/* False with nothing in op->steps: not in this way. */
static bool set_by_samr(struct sam *sam, const char *password)
{
	static const bool order[][2] = {
		[OP_AES] = { true, true }, [OP_RC4] = { false, false },
		[OP_ANY_CIPHER] = { true, false },
	};
	const bool *aes = order[sam->op->options->ciphers];
	const char *need = sam->op->steps.need;
	uint8_t key[UNCRPC_SESSION_KEY_LEN];
	struct uncrpc_error err;
	bool good;

	if (uncrpc_session_key(sam->remote.rpc, key, &err)) {
		step_note(&sam->op->steps, set_method, "%s", err.text);
		return false;
	}
	good = set_by(sam, key, password, aes[0]);
	if (!good && is_unknown(sam->op->steps.code) && aes[0] != aes[1]) {
		step_forget(&sam->op->steps);
		sam->op->steps.need = need;
		good = set_by(sam, key, password, aes[1]);
	}
	if (!good && is_unknown(sam->op->steps.code))
		step_forget(&sam->op->steps);
	secret_wipe(key, sizeof(key));
	return good;
}

/* A bind that is sealed may write it; without Kerberos there is no kpasswd. */
static bool set_by_ldap(struct op *op, const char *account,
			const char *password)
{
	static const char *const none[] = { "sAMAccountName", NULL };
	char filter[400], *escaped = dir_escape(account);
	struct dir_search search = { NULL, LDAP_SCOPE_SUBTREE, filter, none };
	uint8_t secret[1024];
	int len = dir_password(password, secret, sizeof(secret));
	struct dir_mod mods[2] = { { "unicodePwd", LDAP_MOD_REPLACE, NULL,
				     secret, (size_t)len } };
	const char *need = op->steps.need;
	json_t *found;
	bool good;

	snprintf(filter, sizeof(filter), "(sAMAccountName=%.350s)",
		 escaped ? escaped : "");
	free(escaped);
	found = dir_search(&op->dir, &search);
	op->steps.need = need;
	good = len > 0 && json_array_size(found) == 1 &&
	       dir_modify(&op->dir, dir_first(json_array_get(found, 0), "dn"),
			  mods);
	if (!good && !*op->steps.name)
		step_done(&op->steps, "ldap_modify", 87,
			  "%s: the password cannot be written", account);
	json_decref(found);
	secret_wipe(secret, sizeof(secret));
	return good;
}

bool sam_set_password(struct sam *sam, const char *account, const char *password)
{
	struct steps *steps = &sam->op->steps;
	const char *need = steps->need;

	if (sam->has_key) {
		if (set_by_samr(sam, password))
			return true;
		if (*steps->name)
			return false;
		steps->need = need;
	}
	return sam->op->ntlm ? set_by_ldap(sam->op, account, password) :
	       ticket_set_password(&sam->op->ticket, account, password, steps);
}
