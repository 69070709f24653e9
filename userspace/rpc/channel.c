// SPDX-License-Identifier: GPL-2.0-or-later
#include "channel.h"

#include <errno.h>
#include <nettle/memops.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "netlogon.h"
#include "secret.h"

/* [MS-NRPC] 3.1.4.2: what Windows offers since 2008; AES and secure RPC matter */
#define FLAGS_OFFER	0x612fffffu
#define FLAG_AES	0x01000000u
#define FLAG_SECURE_RPC	0x40000000u
#define FLAGS_NEEDED	(FLAG_AES | FLAG_SECURE_RPC)

#define STATUS_ACCESS_DENIED	0xc0000022u
#define STATUS_NO_TRUST_ACCOUNT	0xc000018bu

/* On the way to a key: names as calls want them, and both challenges. */
struct handshake {
	struct rpc_client *client;
	struct ndr_codec codec;
	char host[UNC_HOST_MAX + 3];	/* "\\\\dc1" */
	struct rpc_channel_account who;
	struct _NETLOGON_CREDENTIAL ours, theirs;
};

int rpc_channel_account(const struct credential *cred,
			struct rpc_channel_account *who, struct rpc_error *err)
{
	size_t len = strlen(cred->user);

	memset(who, 0, sizeof(*who));
	if (len < 2 || len > RPC_NETLOGON_NAME_MAX + 1 ||
	    cred->user[len - 1] != '$' || !cred->has_password)
		return rpc_fail(err, -EINVAL,
				"Netlogon: a machine's account (NAME$) and its password are needed");
	if (!*cred->domain || strlen(cred->domain) > RPC_NETLOGON_NAME_MAX)
		return rpc_fail(err, -EINVAL,
				"Netlogon: the NetBIOS name of the domain is needed (DOMAIN\\NAME$)");
	strcpy(who->account, cred->user);
	memcpy(who->computer, cred->user, len - 1);
	strcpy(who->domain, cred->domain);
	return rpc_netlogon_hash(cred->password, who->hash) ?
	       rpc_fail(err, -EINVAL, "Netlogon: the password is no UTF-8 or too long") :
	       0;
}

static int status_fail(struct rpc_error *err, const char *what, uint32_t status)
{
	return rpc_fail(err, -EACCES, "Netlogon: %s: %s (0x%08x)", what,
			status == STATUS_NO_TRUST_ACCOUNT ?
			"the domain does not know this machine" :
			status == STATUS_ACCESS_DENIED ?
			"the machine's password is wrong, or the machine is refused" :
			"the controller refuses", status);
}

static void handshake_init(struct handshake *shake, struct rpc_client *client,
			   const char *host)
{
	memset(shake, 0, sizeof(*shake));
	shake->client = client;
	shake->codec.arena = ndr_arena_new(0);
	snprintf(shake->host, sizeof(shake->host), "\\\\%s", host);
}

static void handshake_end(struct handshake *shake)
{
	ndr_arena_free(shake->codec.arena);
	secret_wipe(&shake->who, sizeof(shake->who));
}

static int challenge(struct handshake *shake, struct rpc_error *err)
{
	struct netlogon_NetrServerReqChallenge call = {
		.PrimaryName = shake->host,
		.ComputerName = shake->who.computer,
		.ClientChallenge = &shake->ours,
	};
	int ret;

	if (getrandom(&shake->ours, sizeof(shake->ours), 0) !=
	    sizeof(shake->ours))
		return rpc_fail(err, -EIO, "there are no random numbers");
	ret = rpc_client_call(shake->client, "NetrServerReqChallenge",
			      &shake->codec, &call, err);
	if (ret)
		return ret;
	if (call.Return || !call.ServerChallenge)
		return status_fail(err, "challenge", call.Return);
	shake->theirs = *call.ServerChallenge;
	return 0;
}

/* What the controller proves must be its own challenge under the same key. */
static int check_server(const struct handshake *shake,
			const struct rpc_netlogon *netlogon,
			const struct _NETLOGON_CREDENTIAL *proof,
			struct rpc_error *err)
{
	uint8_t want[RPC_NETLOGON_CRED_LEN];

	if ((netlogon->flags & FLAGS_NEEDED) != FLAGS_NEEDED)
		return rpc_fail(err, -EPROTONOSUPPORT,
				"Netlogon: the controller has no AES (flags 0x%08x)",
				netlogon->flags);
	rpc_netlogon_credential(netlogon->key,
				(const uint8_t *)shake->theirs.data, want);
	if (!proof || !memeql_sec(want, proof->data, sizeof(want)))
		return rpc_fail(err, -EACCES,
				"Netlogon: the controller does not know the machine's password");
	return 0;
}

static int authenticate(struct handshake *shake, struct rpc_netlogon *netlogon,
			struct rpc_error *err)
{
	struct _NETLOGON_CREDENTIAL proof;
	ULONG flags = FLAGS_OFFER;
	struct netlogon_NetrServerAuthenticate3 call = {
		.PrimaryName = shake->host,
		.AccountName = shake->who.account,
		.SecureChannelType = WorkstationSecureChannel,
		.ComputerName = shake->who.computer,
		.ClientCredential = &proof,
		.NegotiateFlags = &flags,
	};
	int ret;

	rpc_netlogon_key(shake->who.hash, (const uint8_t *)shake->ours.data,
			 (const uint8_t *)shake->theirs.data, netlogon->key);
	rpc_netlogon_credential(netlogon->key,
				(const uint8_t *)shake->ours.data,
				netlogon->stored);
	memcpy(proof.data, netlogon->stored, sizeof(proof.data));
	ret = rpc_client_call(shake->client, "NetrServerAuthenticate3",
			      &shake->codec, &call, err);
	if (ret)
		return ret;
	if (call.Return)
		return status_fail(err, "authentication", call.Return);
	netlogon->flags = *call.NegotiateFlags & FLAGS_OFFER;
	return check_server(shake, netlogon, call.ServerCredential, err);
}

int rpc_channel_negotiate(struct rpc_client *client, const char *host,
			  const struct rpc_channel_account *who,
			  struct rpc_netlogon *netlogon, struct rpc_error *err)
{
	struct handshake shake;
	int ret;

	memset(netlogon, 0, sizeof(*netlogon));
	strcpy(netlogon->domain, who->domain);
	strcpy(netlogon->computer, who->computer);
	handshake_init(&shake, client, host);
	shake.who = *who;
	ret = shake.codec.arena ? challenge(&shake, err) :
	      rpc_fail(err, -ENOMEM, "out of memory");
	if (!ret)
		ret = authenticate(&shake, netlogon, err);
	handshake_end(&shake);
	if (ret)
		secret_wipe(netlogon, sizeof(*netlogon));
	return ret;
}

/* 3.5.4.4.10: level 1 is what the controller negotiated. */
static int ask_capabilities(struct handshake *shake,
			    struct rpc_netlogon *netlogon,
			    struct rpc_error *err)
{
	uint32_t now = (uint32_t)time(NULL);
	struct _NETLOGON_AUTHENTICATOR ours = { .Timestamp = now };
	struct _NETLOGON_AUTHENTICATOR theirs = { .Timestamp = 0 };
	struct netlogon_NetrLogonGetCapabilities call = {
		.ServerName = shake->host, .ComputerName = netlogon->computer,
		.Authenticator = &ours, .ReturnAuthenticator = &theirs,
		.QueryLevel = 1,
	};
	uint8_t made[RPC_NETLOGON_CRED_LEN];
	int ret;

	rpc_netlogon_authenticator(netlogon, now, made);
	memcpy(ours.Credential.data, made, sizeof(made));
	ret = rpc_client_call(shake->client, "NetrLogonGetCapabilities",
			      &shake->codec, &call, err);
	if (ret)
		return ret;
	if (call.Return)
		return status_fail(err, "capabilities", call.Return);
	memcpy(made, call.ReturnAuthenticator->Credential.data, sizeof(made));
	if (!rpc_netlogon_verify(netlogon, made))
		return rpc_fail(err, -EACCES,
				"Netlogon: the controller's authenticator is wrong");
	if (call.ServerCapabilities->ServerCapabilities != netlogon->flags)
		return rpc_fail(err, -EACCES,
				"Netlogon: somebody between has changed what was agreed (0x%08x, 0x%08x)",
				call.ServerCapabilities->ServerCapabilities,
				netlogon->flags);
	return 0;
}

int rpc_channel_verify(struct rpc_client *client, const char *host,
		       struct rpc_netlogon *netlogon, struct rpc_error *err)
{
	struct handshake shake;
	int ret;

	handshake_init(&shake, client, host);
	ret = shake.codec.arena ? ask_capabilities(&shake, netlogon, err) :
	      rpc_fail(err, -ENOMEM, "out of memory");
	handshake_end(&shake);
	return ret;
}
