// SPDX-License-Identifier: GPL-2.0-or-later
#include "sampassword.h"

#include <errno.h>
#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/hmac.h>
#include <nettle/pbkdf2.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "nrpc.h"
#include "samr.h"
#include "secret.h"
#include "uncrpc.h"
#include "utf16.h"

#define ROUNDS		10000	/* of the derivation; 5000 to 1000000 are allowed */
#define WIDE_MAX	512
#define PLAIN_LEN	(2 + WIDE_MAX)
#define VERSION		1
#define ERROR_LOGON_FAILURE 1326

/* 3.2.2.4: with the zero at their ends */
static const char enc_label[] =
	"Microsoft SAM encryption key AEAD-AES-256-CBC-HMAC-SHA512 16";
static const char mac_label[] =
	"Microsoft SAM MAC key AEAD-AES-256-CBC-HMAC-SHA512 16";

static void derive(const uint8_t key[16], const char *label, size_t len,
		   uint8_t out[64])
{
	struct hmac_sha512_ctx hmac;

	hmac_sha512_set_key(&hmac, 16, key);
	hmac_sha512_update(&hmac, len, (const uint8_t *)label);
	hmac_sha512_digest(&hmac, 64, out);
	secret_wipe(&hmac, sizeof(hmac));
}

/* Length, text, and random bytes so that all have the same length; PKCS #7. */
static int make_plain(const char *new, uint8_t plain[SAM_CIPHER_LEN])
{
	int len = wire_utf16_from_utf8(plain + 2, WIDE_MAX, new,
				       (u32)strlen(new), WIRE_UTF_STRICT);
	size_t rest;

	if (len < 0)
		return len;
	rest = WIDE_MAX - (size_t)len;
	if (getrandom(plain + 2 + len, rest, 0) != (ssize_t)rest)
		return -EIO;
	plain[0] = (uint8_t)len;
	plain[1] = (uint8_t)(len >> 8);
	memset(plain + PLAIN_LEN, SAM_CIPHER_LEN - PLAIN_LEN,
	       SAM_CIPHER_LEN - PLAIN_LEN);
	return 0;
}

static void authenticate(const uint8_t key[64], struct sam_encrypted *out)
{
	static const uint8_t version = VERSION, version_len = 1;
	struct hmac_sha512_ctx hmac;

	hmac_sha512_set_key(&hmac, 64, key);
	hmac_sha512_update(&hmac, 1, &version);
	hmac_sha512_update(&hmac, SAM_SALT_LEN, out->salt);
	hmac_sha512_update(&hmac, SAM_CIPHER_LEN, out->cipher);
	hmac_sha512_update(&hmac, 1, &version_len);
	hmac_sha512_digest(&hmac, SAM_AUTH_LEN, out->auth);
	secret_wipe(&hmac, sizeof(hmac));
}

int sam_encrypt_password(const uint8_t key[16],
			 const uint8_t salt[SAM_SALT_LEN], const char *new,
			 struct sam_encrypted *out)
{
	uint8_t plain[SAM_CIPHER_LEN], derived[64], iv[SAM_SALT_LEN];
	struct aes256_ctx aes;
	int ret = make_plain(new, plain);

	if (!ret) {
		memcpy(out->salt, salt, SAM_SALT_LEN);
		memcpy(iv, salt, SAM_SALT_LEN);
		derive(key, enc_label, sizeof(enc_label), derived);
		aes256_set_encrypt_key(&aes, derived);
		cbc_encrypt(&aes, (nettle_cipher_func *)aes256_encrypt,
			    AES_BLOCK_SIZE, iv, SAM_CIPHER_LEN, out->cipher,
			    plain);
		derive(key, mac_label, sizeof(mac_label), derived);
		authenticate(derived, out);
		secret_wipe(&aes, sizeof(aes));
		secret_wipe(derived, sizeof(derived));
	}
	secret_wipe(plain, sizeof(plain));
	return ret;
}

/* ---- The call --------------------------------------------------------------- */

static bool set_wide(struct _RPC_UNICODE_STRING *to, uint16_t room[256],
		     const char *text)
{
	int len = wire_utf16_from_utf8((uint8_t *)room, 512, text,
				       (u32)strlen(text), WIRE_UTF_STRICT);

	to->Buffer = room;
	to->Length = (uint16_t)(len > 0 ? len : 0);
	to->MaximumLength = to->Length;
	return len > 0;
}

static int encrypt(const char *old, const char *new, struct sam_encrypted *out)
{
	uint8_t hash[16], key[16], salt[SAM_SALT_LEN];
	int ret = rpc_netlogon_hash(old, hash);

	if (!ret && getrandom(salt, sizeof(salt), 0) != sizeof(salt))
		ret = -EIO;
	if (!ret) {
		pbkdf2_hmac_sha512(sizeof(hash), hash, ROUNDS, sizeof(salt),
				   salt, sizeof(key), key);
		ret = sam_encrypt_password(key, salt, new, out);
	}
	secret_wipe(hash, sizeof(hash));
	secret_wipe(key, sizeof(key));
	return ret;
}

static bool call(struct op *op, struct uncrpc *rpc, const char *user,
		 struct sam_encrypted *password)
{
	SAMPR_ENCRYPTED_PASSWORD_AES sent = {
		.cbCipher = SAM_CIPHER_LEN, .Cipher = password->cipher,
		.PBKDF2Iterations = ROUNDS,
	};
	struct _RPC_UNICODE_STRING server, name;
	uint16_t server_room[256], name_room[256];
	struct samr_SamrUnicodeChangePasswordUser4 args = {
		.ServerName = &server, .UserName = &name,
		.EncryptedPassword = &sent,
	};
	struct uncrpc_error err;

	memcpy(sent.AuthData, password->auth, sizeof(sent.AuthData));
	memcpy(sent.Salt, password->salt, sizeof(sent.Salt));
	if (!set_wide(&server, server_room, op->dc->host) ||
	    !set_wide(&name, name_room, user))
		return step_done(&op->steps, "SamrUnicodeChangePasswordUser4",
				 87, "%s", user);
	/* The server looks at the last leg of NTLM with the first call. */
	if (uncrpc_call(rpc, "SamrUnicodeChangePasswordUser4", &args,
			sizeof(args), &err))
		return step_done(&op->steps, "SamrUnicodeChangePasswordUser4",
				 err.code == -EACCES ? ERROR_LOGON_FAILURE :
				 err.status ? err.status :
				 step_errno(-err.code), "%s: %s", user,
				 err.text);
	return step_done(&op->steps, "SamrUnicodeChangePasswordUser4",
			 (uint32_t)args.Return, "%s, AES", user);
}

bool sam_change_password(struct op *op, const char *user, const char *old,
			 const char *new)
{
	struct uncrpc_options as_user = {
		.size = sizeof(as_user), .user = user,
		.domain = op->dc->netbios_domain, .password = old,
	};
	struct sam_encrypted password;
	struct uncrpc_error err;
	char binding[300];
	struct uncrpc *rpc;
	int ret = encrypt(old, new, &password);
	bool good;

	if (ret)
		return step_done(&op->steps, "SamrUnicodeChangePasswordUser4",
				 step_errno(-ret),
				 "the password cannot be encoded");
	snprintf(binding, sizeof(binding), "ncacn_ip_tcp:%.255s[seal,ntlm]",
		 op->dc->host);
	rpc = uncrpc_open(binding, "samr", &as_user, &err);
	if (!step_done(&op->steps, "RpcBind", rpc ? 0 : err.code == -EACCES ?
		       ERROR_LOGON_FAILURE : step_errno(-err.code),
		       "samr, %s%s%s", binding, rpc ? "" : ": ",
		       rpc ? "" : err.text))
		return false;
	good = call(op, rpc, user, &password);
	uncrpc_close(rpc);
	return good;
}
