// SPDX-License-Identifier: GPL-2.0-or-later
#include "passthrough.h"

#include <nettle/memops.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "secret.h"
#include "secure_inner.h"
#include "sid.h"
#include "utf16.h"

#define EPOCH_SECONDS	11644473600ull	/* from 1601 to 1970 */
#define SECOND		10000000ull	/* of 100 ns */
#define METHOD		"NetrLogonSamLogonEx"
#define ACCEPT_MACHINES	0x820	/* accounts of servers and workstations, too */

/* ---- What is asked --------------------------------------------------------- */

static bool set_text(struct secure *s, struct _RPC_UNICODE_STRING *out,
		     const char *text)
{
	size_t len = strlen(text);
	int used;

	out->Buffer = ndr_arena_alloc(s->codec.arena, WIRE_UTF16_MAX(len) + 2);
	if (!out->Buffer || len > UNC_USER_MAX)
		return false;
	used = wire_utf16_from_utf8((u8 *)out->Buffer, WIRE_UTF16_MAX((u32)len),
				    text, (u32)len, WIRE_UTF_STRICT);
	if (used < 0)
		return false;
	for (int i = 0; i < used / 2; i++) {
		const uint8_t *at = (const uint8_t *)&out->Buffer[i];

		out->Buffer[i] = (uint16_t)(at[0] | at[1] << 8);
	}
	out->Length = (uint16_t)used;
	out->MaximumLength = (uint16_t)used;
	return true;
}

static bool set_bytes(struct secure *s, struct _STRING *out,
		      const uint8_t *bytes, size_t len)
{
	out->Buffer = ndr_arena_alloc(s->codec.arena, len + 1);
	if (!out->Buffer || len > UINT16_MAX)
		return false;
	if (len)
		memcpy(out->Buffer, bytes, len);
	out->Length = (uint16_t)len;
	out->MaximumLength = (uint16_t)len;
	return true;
}

static bool set_question(struct secure *s, const struct passthrough *logon,
			 struct _NETLOGON_NETWORK_INFO *info)
{
	memset(info, 0, sizeof(*info));
	info->Identity.ParameterControl = ACCEPT_MACHINES;
	memcpy(info->LmChallenge.data, logon->challenge,
	       NTLMV2_CHALLENGE_LEN);
	return (set_text(s, &info->Identity.LogonDomainName, logon->domain) &&
		set_text(s, &info->Identity.UserName, logon->user) &&
		set_text(s, &info->Identity.Workstation, logon->workstation) &&
		set_bytes(s, &info->NtChallengeResponse, logon->nt,
			  logon->nt_len) &&
		set_bytes(s, &info->LmChallengeResponse, logon->lm,
			  logon->lm_len)) ||
	       step_done(&s->op->steps, METHOD, 87,
			 "%s: a name or an answer cannot be encoded",
			 logon->user);
}

/* ---- What is answered ------------------------------------------------------ */

static json_t *text_of(const struct _RPC_UNICODE_STRING *from)
{
	uint8_t wide[512];
	char text[WIRE_UTF8_MAX(sizeof(wide))];
	size_t len = from->Buffer ? from->Length : 0;
	int used;

	if (len > sizeof(wide))
		len = sizeof(wide);
	for (size_t i = 0; i < len / 2; i++) {
		wide[2 * i] = (uint8_t)from->Buffer[i];
		wide[2 * i + 1] = (uint8_t)(from->Buffer[i] >> 8);
	}
	used = wire_utf16_to_utf8(text, sizeof(text), wide, (u32)len, 0);
	return json_stringn(text, used < 0 ? 0 : (size_t)used);
}

static json_t *groups_of(const struct _NETLOGON_VALIDATION_SAM_INFO4 *info)
{
	json_t *groups = json_array();

	for (uint32_t i = 0; info->GroupIds && i < info->GroupCount; i++)
		json_array_append_new(groups,
				      json_integer(info->GroupIds[i].RelativeId));
	return groups;
}

static json_t *who(const struct _NETLOGON_VALIDATION_SAM_INFO4 *info)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:I}",
			 "user", text_of(&info->EffectiveName),
			 "full_name", text_of(&info->FullName),
			 "domain", text_of(&info->LogonDomainName),
			 "dns_domain", text_of(&info->DnsLogonDomainName),
			 "controller", text_of(&info->LogonServer),
			 "rid", (json_int_t)info->UserId,
			 "primary_group", (json_int_t)info->PrimaryGroupId,
			 "groups", groups_of(info),
			 "flags", (json_int_t)info->UserFlags);
}

/* Of a validation of this kind the key is in no other cipher than the channel's. */
static json_t *answer(struct op *op, struct passthrough *logon,
		      const struct netlogon_NetrLogonSamLogonEx *call)
{
	const struct _NETLOGON_VALIDATION_SAM_INFO4 *info = NULL;

	if (!step_done(&op->steps, METHOD, (uint32_t)call->Return, "%s\\%s",
		       logon->domain, logon->user))
		return NULL;
	if (call->ValidationInformation)
		info = call->ValidationInformation->ValidationSam4;
	if (!info) {
		step_done(&op->steps, METHOD, 1784, "an answer without a user");
		return NULL;
	}
	memcpy(logon->key, &info->UserSessionKey, sizeof(logon->key));
	return who(info);
}

static json_t *ask(struct secure *s, struct passthrough *logon)
{
	struct _NETLOGON_NETWORK_INFO info;
	union _NETLOGON_LEVEL level = { .LogonNetwork = &info };
	uint32_t flags = 0;
	struct netlogon_NetrLogonSamLogonEx call = {
		.LogonServer = s->server, .ExtraFlags = &flags,
		.ComputerName = s->netlogon->computer,
		.LogonLevel = NetlogonNetworkInformation,
		.LogonInformation = &level,
		.ValidationLevel = NetlogonValidationSamInfo4,
	};
	struct rpc_error err = { 0 };
	int ret;

	if (!set_question(s, logon, &info))
		return NULL;
	ret = rpc_client_call(s->client, METHOD, &s->codec, &call, &err);
	if (!ret)
		return answer(s->op, logon, &call);
	step_done(&s->op->steps, METHOD, step_errno(-ret), "%s: %s",
		  logon->user, err.text);
	return NULL;
}

json_t *passthrough_logon(struct op *op, struct passthrough *logon)
{
	json_t *found = NULL;
	struct secure s;

	if (secure_open(&s, op, machine_text(op->machine, "password")))
		found = ask(&s, logon);
	secure_close(&s);
	return found;
}

/* ---- Both sides ------------------------------------------------------------ */

static bool make_answer(struct op *op, struct ntlmv2 *ntlm,
			struct passthrough *logon, uint8_t *response,
			uint8_t key[NTLMV2_KEY_LEN])
{
	int len = -1;

	ntlm->time = ((uint64_t)time(NULL) + EPOCH_SECONDS) * SECOND;
	if (getrandom(ntlm->server, sizeof(ntlm->server), 0) ==
	    sizeof(ntlm->server) &&
	    getrandom(ntlm->client, sizeof(ntlm->client), 0) ==
	    sizeof(ntlm->client))
		len = ntlmv2_answer(ntlm, response, key);
	if (len < 0)
		return step_done(&op->steps, "NtlmV2", 87,
				 "name or password cannot be encoded");
	memcpy(logon->challenge, ntlm->server, sizeof(ntlm->server));
	logon->nt = response;
	logon->nt_len = (size_t)len;
	return true;
}

json_t *passthrough_check(struct op *op)
{
	const char *user = op->options->user ? op->options->user : "";
	struct ntlmv2 ntlm = {
		.user = user, .password = op->options->password,
		/* NAME@DOMAIN is in no other domain than it says. */
		.domain = strchr(user, '@') ? "" :
			  machine_text(op->machine, "netbios_domain"),
	};
	struct passthrough logon = {
		.user = user, .domain = ntlm.domain,
		.workstation = machine_text(op->machine, "computer"),
	};
	uint8_t response[NTLMV2_ROOM], key[NTLMV2_KEY_LEN];
	json_t *found = NULL;

	if (!machine_is(op->machine, "joined"))
		step_done(&op->steps, METHOD, 2692,
			  "this machine is in no domain");
	else if (op_locate(op, NULL) &&
		 make_answer(op, &ntlm, &logon, response, key))
		found = passthrough_logon(op, &logon);
	if (found && !memeql_sec(key, logon.key, sizeof(key))) {
		step_done(&op->steps, METHOD, 5,
			  "the controller's session key is another");
		json_decref(found);
		found = NULL;
	}
	secret_wipe(key, sizeof(key));
	secret_wipe(&logon, sizeof(logon));
	return found;
}
