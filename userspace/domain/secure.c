// SPDX-License-Identifier: GPL-2.0-or-later
#include "secure_inner.h"

#include <errno.h>
#include <nettle/aes.h>
#include <nettle/cfb.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "secret.h"
#include "system.h"
#include "utf16.h"

#define WIDE_MAX	512	/* bytes of a password in NL_TRUST_PASSWORD */

static bool set_credential(struct op *op, const char *password,
			   struct credential *cred)
{
	const json_t *m = op->machine;

	memset(cred, 0, sizeof(*cred));
	return credential_set_user(cred, machine_text(m, "account")) &&
	       credential_set_domain(cred, machine_text(m, "netbios_domain")) &&
	       credential_set_password(cred, password);
}

bool secure_open(struct secure *s, struct op *op, const char *password)
{
	struct rpc_client_options options = { 0 };
	struct rpc_error err = { 0 };
	struct credential cred;
	char binding[320];

	memset(s, 0, sizeof(*s));
	s->op = op;
	s->codec.arena = ndr_arena_new(0);
	snprintf(s->server, sizeof(s->server), "\\\\%s", op->dc->host);
	snprintf(binding, sizeof(binding), "ncacn_ip_tcp:%.255s[seal,schannel]",
		 op->dc->host);
	options.cred = &cred;
	if (s->codec.arena && set_credential(op, password, &cred))
		s->client = rpc_client_open(binding, "netlogon", &options,
					    &err);
	secret_wipe(&cred, sizeof(cred));
	if (!s->client)
		return step_done(&op->steps, "NetrServerAuthenticate3",
				 step_errno(-err.code), "%s: %s",
				 machine_text(op->machine, "account"),
				 err.text);
	s->netlogon = rpc_auth_netlogon(rpc_conn_auth(rpc_client_conn(s->client)));
	step_done(&op->steps, "NetrServerReqChallenge", 0, "%s", s->server);
	step_done(&op->steps, "NetrServerAuthenticate3", 0, "%s, flags 0x%x",
		  machine_text(op->machine, "account"), s->netlogon->flags);
	return step_done(&op->steps, "NetrLogonGetCapabilities", 0,
			 "the same flags, sealed");
}

void secure_close(struct secure *s)
{
	rpc_client_close(s->client);
	ndr_arena_free(s->codec.arena);
}

static void authenticator(struct secure *s)
{
	uint8_t made[RPC_NETLOGON_CRED_LEN];
	uint32_t now = (uint32_t)time(NULL);

	rpc_netlogon_authenticator(s->netlogon, now, made);
	s->ours.Timestamp = now;
	memcpy(s->ours.Credential.data, made, sizeof(made));
	memset(&s->theirs, 0, sizeof(s->theirs));
}

/* Every answer proves that it comes from who has the key, too. */
static bool answered(struct secure *s, const char *method, int ret,
		     const struct rpc_error *err, uint32_t code,
		     const struct _NETLOGON_AUTHENTICATOR *theirs)
{
	uint8_t proof[RPC_NETLOGON_CRED_LEN];
	const char *name = s->netlogon->computer;

	if (ret)
		return step_done(&s->op->steps, method, step_errno(-ret),
				 "%s: %s", name, err->text);
	memcpy(proof, theirs->Credential.data, sizeof(proof));
	if (!code && !rpc_netlogon_verify(s->netlogon, proof))
		return step_done(&s->op->steps, method, 5,
				 "%s: the controller's authenticator is wrong",
				 name);
	return step_done(&s->op->steps, method, code, "%s", name);
}

/* ---- The domain ------------------------------------------------------------ */

static void take_info(struct op *op, const struct _NETLOGON_DOMAIN_INFO *info)
{
	if (info)
		step_note(&op->steps, "NetrLogonGetDomainInfo",
			  "%u domains trusted, encryption types 0x%x",
			  info->TrustedDomainCount, info->SupportedEncTypes);
}

/* Samba refuses who does not tell; ASCII will do for the name of a system. */
static void set_system(struct secure *s, struct _NETLOGON_WORKSTATION_INFO *info)
{
	char name[SYSTEM_NAME_ROOM];
	size_t len;

	system_name(name);
	len = strlen(name);
	info->OsName.Buffer = ndr_arena_alloc(s->codec.arena, 2 * len);
	if (!info->OsName.Buffer)
		return;
	for (size_t i = 0; i < len; i++)
		info->OsName.Buffer[i] = (uint8_t)name[i];
	info->OsName.Length = (uint16_t)(2 * len);
	info->OsName.MaximumLength = info->OsName.Length;
}

static bool ask_domain(struct secure *s)
{
	struct _NETLOGON_WORKSTATION_INFO info = {
		.DnsHostName = (char *)(uintptr_t)machine_text(s->op->machine,
							       "host"),
		.WorkstationFlags = 2,		/* we write our own SPNs */
		.KerberosSupportedEncryptionTypes = 24,
	};
	union _NETLOGON_WORKSTATION_INFORMATION about = {
		.WorkstationInfo = &info,
	};
	struct netlogon_NetrLogonGetDomainInfo call = {
		.ServerName = s->server, .ComputerName = s->netlogon->computer,
		.Authenticator = &s->ours, .ReturnAuthenticator = &s->theirs,
		.Level = 1, .WkstaBuffer = &about,
	};
	struct rpc_error err = { 0 };
	int ret;

	set_system(s, &info);
	authenticator(s);
	ret = rpc_client_call(s->client, "NetrLogonGetDomainInfo", &s->codec,
			      &call, &err);
	if (!answered(s, "NetrLogonGetDomainInfo", ret, &err,
		      (uint32_t)call.Return, call.ReturnAuthenticator))
		return false;
	take_info(s->op, call.DomBuffer ? call.DomBuffer->DomainInfo : NULL);
	return true;
}

bool secure_check(struct op *op, const char *password)
{
	struct secure s;
	bool good = secure_open(&s, op, password) && ask_domain(&s);

	secure_close(&s);
	return good;
}

/* ---- Password -------------------------------------------------------------- */

/* 2.2.1.3.7: at the end of the buffer, what is before it random; all encrypted */
static bool encrypt(const struct secure *s, const char *new,
		    struct _NL_TRUST_PASSWORD *out)
{
	uint8_t plain[WIDE_MAX + 4], wide[WIDE_MAX], iv[AES_BLOCK_SIZE] = { 0 };
	struct aes128_ctx aes;
	int len = wire_utf16_from_utf8(wide, sizeof(wide), new,
				       (u32)strlen(new), WIRE_UTF_STRICT);
	uint8_t made[sizeof(plain)];

	if (len <= 0 || getrandom(plain, WIDE_MAX, 0) != WIDE_MAX)
		return false;
	memcpy(plain + WIDE_MAX - len, wide, (size_t)len);
	for (int i = 0; i < 4; i++)
		plain[WIDE_MAX + i] = (uint8_t)(len >> (8 * i));
	aes128_set_encrypt_key(&aes, s->netlogon->key);
	cfb8_encrypt(&aes, (nettle_cipher_func *)aes128_encrypt, AES_BLOCK_SIZE,
		     iv, sizeof(made), made, plain);
	for (int i = 0; i < WIDE_MAX / 2; i++)
		out->Buffer[i] = (uint16_t)(made[2 * i] | made[2 * i + 1] << 8);
	out->Length = made[WIDE_MAX] | (uint32_t)made[WIDE_MAX + 1] << 8 |
		      (uint32_t)made[WIDE_MAX + 2] << 16 |
		      (uint32_t)made[WIDE_MAX + 3] << 24;
	secret_wipe(plain, sizeof(plain));
	secret_wipe(wide, sizeof(wide));
	secret_wipe(&aes, sizeof(aes));
	return true;
}

static bool set_password(struct secure *s, const char *new)
{
	struct _NL_TRUST_PASSWORD password;
	struct netlogon_NetrServerPasswordSet2 call = {
		.PrimaryName = s->server,
		.AccountName = (char *)(uintptr_t)machine_text(s->op->machine,
							       "account"),
		.SecureChannelType = WorkstationSecureChannel,
		.ComputerName = s->netlogon->computer,
		.Authenticator = &s->ours, .ReturnAuthenticator = &s->theirs,
		.ClearNewPassword = &password,
	};
	struct rpc_error err = { 0 };
	int ret;

	if (!encrypt(s, new, &password))
		return step_done(&s->op->steps, "NetrServerPasswordSet2", 87,
				 "the password cannot be encoded");
	authenticator(s);
	ret = rpc_client_call(s->client, "NetrServerPasswordSet2", &s->codec,
			      &call, &err);
	return answered(s, "NetrServerPasswordSet2", ret, &err,
			(uint32_t)call.Return, call.ReturnAuthenticator);
}

bool secure_set_password(struct op *op, const char *password, const char *new)
{
	struct secure s;
	bool good = secure_open(&s, op, password) && set_password(&s, new);

	secure_close(&s);
	return good;
}
