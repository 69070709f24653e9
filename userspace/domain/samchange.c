// SPDX-License-Identifier: GPL-2.0-or-later
#include "samchange.h"

#include <errno.h>
#include <nettle/pbkdf2.h>
#include <string.h>
#include <sys/random.h>

#include "nrpc.h"
#include "remote.h"
#include "sampassword.h"
#include "samr.h"
#include "secret.h"
#include "utf16.h"

#define ROUNDS		10000	/* of the derivation; 5000 to 1000000 are allowed */
#define NAME_ROOM	256
#define ERROR_LOGON_FAILURE 1326
#define NCA_OP_RNG_ERROR 0x1c010002u	/* there is no such method */

static const char change4[] = "SamrUnicodeChangePasswordUser4";
static const char change2[] = "SamrUnicodeChangePasswordUser2";

/**
 * struct change - whose, from what to what
 * @server, @name: and their text
 */
struct change {
	struct op *op;
	struct uncrpc *rpc;
	char user[NAME_ROOM];
	const char *old, *new;
	struct _RPC_UNICODE_STRING server, name;
	uint16_t server_room[NAME_ROOM], name_room[NAME_ROOM];
};

static bool set_wide(struct _RPC_UNICODE_STRING *to, uint16_t room[NAME_ROOM],
		     const char *text)
{
	int len = wire_utf16_from_utf8((uint8_t *)room, 2 * NAME_ROOM, text,
				       (u32)strlen(text), WIRE_UTF_STRICT);

	to->Buffer = room;
	to->Length = (uint16_t)(len > 0 ? len : 0);
	to->MaximumLength = to->Length;
	return len > 0;
}

/* ---- Calls ------------------------------------------------------------------ */

static bool called(struct change *c, const char *method, int ret,
		   const struct uncrpc_error *err, long code)
{
	/* Of NTLM a server looks at the last leg with the first call. */
	if (ret)
		return step_done(&c->op->steps, method, err->code == -EACCES ?
				 ERROR_LOGON_FAILURE : err->status ?
				 err->status : step_errno(-err->code),
				 "%s: %s", c->user, err->text);
	return step_done(&c->op->steps, method, (uint32_t)code, "%s, %s",
			 c->user, method == change4 ? "AES" : "RC4");
}

static bool not_encoded(struct change *c, const char *method, int ret)
{
	return step_done(&c->op->steps, method, step_errno(-ret),
			 "the password cannot be encoded");
}

static int encrypt(const struct change *c, struct sam_encrypted *out)
{
	uint8_t hash[SAM_KEY_LEN], key[SAM_KEY_LEN], salt[SAM_SALT_LEN];
	int ret = rpc_netlogon_hash(c->old, hash);

	if (!ret && getrandom(salt, sizeof(salt), 0) != sizeof(salt))
		ret = -EIO;
	if (!ret) {
		pbkdf2_hmac_sha512(sizeof(hash), hash, ROUNDS, sizeof(salt),
				   salt, sizeof(key), key);
		ret = sam_encrypt_password(key, salt, c->new, out);
	}
	secret_wipe(hash, sizeof(hash));
	secret_wipe(key, sizeof(key));
	return ret;
}

static bool by_aes(struct change *c)
{
	struct sam_encrypted made;
	SAMPR_ENCRYPTED_PASSWORD_AES sent = {
		.cbCipher = SAM_CIPHER_LEN, .Cipher = made.cipher,
		.PBKDF2Iterations = ROUNDS,
	};
	struct samr_SamrUnicodeChangePasswordUser4 args = {
		.ServerName = &c->server, .UserName = &c->name,
		.EncryptedPassword = &sent,
	};
	struct uncrpc_error err = { 0 };
	int ret = encrypt(c, &made);

	if (ret)
		return not_encoded(c, change4, ret);
	memcpy(sent.AuthData, made.auth, sizeof(sent.AuthData));
	memcpy(sent.Salt, made.salt, sizeof(sent.Salt));
	ret = uncrpc_call(c->rpc, change4, &args, sizeof(args), &err);
	return called(c, change4, ret, &err, args.Return);
}

/* The old hash, too, encrypted by the new one, proves that both are known. */
static bool by_rc4(struct change *c)
{
	uint8_t old[SAM_KEY_LEN], new[SAM_KEY_LEN];
	SAMPR_ENCRYPTED_USER_PASSWORD sent;
	struct _ENCRYPTED_LM_OWF_PASSWORD proof;
	struct samr_SamrUnicodeChangePasswordUser2 args = {
		.ServerName = &c->server, .UserName = &c->name,
		.NewPasswordEncryptedWithOldNt = &sent,
		.OldNtOwfPasswordEncryptedWithNewNt = &proof,
	};
	struct uncrpc_error err = { 0 };
	int ret = rpc_netlogon_hash(c->old, old);

	if (!ret)
		ret = rpc_netlogon_hash(c->new, new);
	if (!ret)
		ret = sam_encrypt_old(old, c->new, sent.Buffer);
	if (!ret)
		sam_encrypt_hash(new, old, (uint8_t *)proof.data);
	secret_wipe(old, sizeof(old));
	secret_wipe(new, sizeof(new));
	if (ret)
		return not_encoded(c, change2, ret);
	ret = uncrpc_call(c->rpc, change2, &args, sizeof(args), &err);
	return called(c, change2, ret, &err, args.Return);
}

/* ---- The choice ------------------------------------------------------------- */

static bool by_either(struct change *c)
{
	struct steps *steps = &c->op->steps;
	enum op_ciphers may = c->op->options->ciphers;

	if (may == OP_RC4)
		return by_rc4(c);
	if (by_aes(c))
		return true;
	if (steps->code != NCA_OP_RNG_ERROR)
		return false;
	if (may != OP_ANY_CIPHER)
		return step_done(steps, change4, NCA_OP_RNG_ERROR,
				 "%s: the controller knows no AES for that, and RC4 is not allowed (--ciphers)",
				 c->user);
	step_note(steps, change2, "the controller knows no AES for that");
	step_forget(steps);
	return by_rc4(c);
}

bool sam_change_password(struct op *op, const char *new)
{
	struct change c = { .op = op, .old = op->options->password,
			    .new = new };
	struct remote remote;
	bool good;

	/* SAM knows names without a realm. */
	snprintf(c.user, sizeof(c.user), "%.*s",
		 (int)strcspn(op->options->user, "@"), op->options->user);
	if (!op_login(op))
		return false;
	if (!set_wide(&c.server, c.server_room, op->dc->host) ||
	    !set_wide(&c.name, c.name_room, c.user))
		return step_done(&op->steps, change4, 87, "%s", c.user);
	good = remote_open(&remote, op, "samr");
	c.rpc = remote.rpc;
	good = good && by_either(&c);
	remote_close(&remote);
	return good;
}
