// SPDX-License-Identifier: GPL-2.0-or-later
#include "doctor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth.h"
#include "fscc.h"
#include "logon.h"
#include "names.h"
#include "ntstatus.h"
#include "reason.h"
#include "smb.h"
#include "spnego.h"
#include "tickets.h"

#define RESOLVE_SECONDS	30
#define SKEW_SECONDS	300	/* what Kerberos allows for */
#define LEGS_MAX	16

/* What one stage leaves for the next. */
struct way {
	struct doctor *doctor;
	struct report *report;
	struct names_result found;
	struct smb smb;
	struct spnego_init hint;
	size_t token_len;
	uint8_t token[UNC_TOKEN_MAX];	/* the server's hint */
};

/* ---- Resolve and connect ------------------------------------------------ */

static bool resolve(struct way *way)
{
	struct names_result results[NAMES_SOURCES] = { 0 };
	struct names_question question;
	char why[NAMES_WHY_ROOM], text[NAMES_ADDRESS_ROOM];
	struct names_conf conf;
	int winner;

	if (!names_conf_load(&conf, way->doctor->config, why)) {
		report_fail(way->report, "resolve", "%s", why);
		return false;
	}
	names_question_init(&question, way->doctor->host);
	winner = names_resolve(&conf, &question, results, false,
			       names_deadline(RESOLVE_SECONDS));
	if (winner < 0) {
		report_fail(way->report, "resolve", "%s is not known",
			    way->doctor->host);
		report_remedy(way->report, "check the name; \"unc resolve\" shows what each source says, uncd.conf(5) which are asked");
		return false;
	}
	way->found = results[winner];
	for (unsigned int i = 0; i < way->found.address_count; i++)
		report_ok(way->report, "resolve", "%s is %s, by %s",
			  way->doctor->host,
			  names_address_format(&way->found.addresses[i], text),
			  names_source_name(way->found.source));
	return true;
}

static bool connect_server(struct way *way)
{
	char text[NAMES_ADDRESS_ROOM];
	int err = 0;

	for (unsigned int i = 0; i < way->found.address_count; i++) {
		const struct sockaddr_storage *address =
			&way->found.addresses[i];

		err = smb_connect(&way->smb, address, way->doctor->port);
		names_address_format(address, text);
		if (!err) {
			report_ok(way->report, "connect", "%s port %u", text,
				  way->doctor->port);
			return true;
		}
		if (i + 1 < way->found.address_count)
			report_note(way->report, "connect", "%s port %u: %s",
				    text, way->doctor->port, strerror(-err));
		else
			report_fail(way->report, "connect", "%s port %u: %s",
				    text, way->doctor->port, strerror(-err));
	}
	report_remedy(way->report, err == -ECONNREFUSED ?
		      reason_of(ECONNREFUSED) :
		      "is the machine up, and no firewall between?");
	return false;
}

/* ---- Negotiate ---------------------------------------------------------- */

static const char *dialect_name(uint16_t dialect)
{
	switch (dialect) {
	case SMB2_DIALECT_202: return "2.0.2";
	case SMB2_DIALECT_210: return "2.1";
	case SMB2_DIALECT_300: return "3.0";
	case SMB2_DIALECT_302: return "3.0.2";
	case SMB2_DIALECT_311: return "3.1.1";
	}
	return "?";
}

static const char *cipher_name(const struct wire_smb2_negotiate_rsp *rsp)
{
	static const char *const names[] = { "none", "AES-128-CCM",
		"AES-128-GCM", "AES-256-CCM", "AES-256-GCM" };

	if (rsp->dialect < SMB2_DIALECT_311)
		return rsp->capabilities & SMB2_GLOBAL_CAP_ENCRYPTION ?
		       names[1] : names[0];
	return rsp->cipher < 5 ? names[rsp->cipher] : "?";
}

static const char *signing_name(const struct wire_smb2_negotiate_rsp *rsp)
{
	static const char *const names[] = { "HMAC-SHA256", "AES-CMAC",
		"AES-GMAC" };

	if (rsp->has_signing && rsp->signing < 3)
		return names[rsp->signing];
	return rsp->dialect < SMB2_DIALECT_300 ? names[0] : names[1];
}

static void check_clock(struct way *way, uint64_t filetime)
{
	int64_t theirs = wire_time_to_ns(filetime) / 1000000000;
	int64_t off = theirs - (int64_t)time(NULL);

	if (!filetime || llabs(off) <= SKEW_SECONDS)
		return;
	report_note(way->report, "negotiate", "the server's clock is %lld s %s ours",
		    llabs(off), off > 0 ? "ahead of" : "behind");
	report_remedy(way->report, "Kerberos allows for five minutes: set the time here or there");
}

static bool negotiate(struct way *way)
{
	struct wire_smb2_negotiate_rsp rsp;
	int err = smb_negotiate(&way->smb, way->doctor->host, &rsp);

	if (err) {
		report_fail(way->report, "negotiate", "%s",
			    way->smb.why ? way->smb.why : strerror(-err));
		report_remedy(way->report, "a server that only speaks SMB 1, or no SMB server at all?");
		return false;
	}
	report_ok(way->report, "negotiate", "SMB %s, signing %s%s, cipher %s, at most %u KiB a read, %u KiB a write",
		  dialect_name(rsp.dialect), signing_name(&rsp),
		  rsp.security_mode & SMB2_NEGOTIATE_SIGNING_REQUIRED ?
		  " (required)" : "", cipher_name(&rsp), rsp.max_read >> 10,
		  rsp.max_write >> 10);
	check_clock(way, rsp.system_time);
	if (rsp.token.len > sizeof(way->token))
		rsp.token.len = 0;
	memcpy(way->token, rsp.token.ptr, rsp.token.len);
	way->token_len = rsp.token.len;
	return true;
}

/* ---- Mechanisms and tickets --------------------------------------------- */

static bool server_has(const struct way *way, enum spnego_mech mech)
{
	for (size_t i = 0; i < way->hint.mech_count; i++) {
		enum spnego_mech theirs = spnego_mech_find(way->hint.mechs[i]);

		if (theirs == mech || (theirs == SPNEGO_MECH_MS_KRB5 &&
				       mech == SPNEGO_MECH_KRB5))
			return true;
	}
	return !way->hint.mech_count;
}

static bool mechanisms(struct way *way)
{
	bool krb5, ntlm;
	uint32_t sec = way->doctor->sec;

	if (way->token_len && !spnego_init_decode(way->token, way->token_len,
						  &way->hint)) {
		report_fail(way->report, "mechanism", "the server's list of mechanisms is malformed");
		return false;
	}
	krb5 = server_has(way, SPNEGO_MECH_KRB5);
	ntlm = server_has(way, SPNEGO_MECH_NTLM);
	if ((sec == UNC_SEC_KRB5 && !krb5) || (sec == UNC_SEC_NTLM && !ntlm)) {
		report_fail(way->report, "mechanism", "the server does not offer %s",
			    krb5 ? "NTLM" : "Kerberos");
		report_remedy(way->report, krb5 ? AUTH_NO_NTLM : AUTH_NO_KRB5);
		return false;
	}
	report_ok(way->report, "mechanism", "the server offers%s%s%s%s",
		  krb5 ? " Kerberos" : "", krb5 && ntlm ? "," : "",
		  ntlm ? " NTLM" : "",
		  way->hint.mech_count && server_has(way, SPNEGO_MECH_IAKERB) ?
		  " and asks a KDC for us (IAKERB)" : "");
	return true;
}

/* As the agent decides: auth.c. */
static bool wants_tickets(const struct way *way)
{
	const struct doctor *doctor = way->doctor;
	const struct credential *cred = doctor->cred;

	if (!server_has(way, SPNEGO_MECH_KRB5))
		return false;
	if (doctor->sec == UNC_SEC_KRB5 || *cred->store)
		return true;
	return doctor->sec == UNC_SEC_ANY &&
	       (!cred->has_password || strchr(cred->user, '@') ||
		strchr(cred->domain, '.'));
}

/* Without a KDC in reach the agent may ask the server to ask one: auth.c. */
static bool server_asks_kdc(const struct way *way)
{
	return way->doctor->cred->has_password && way->hint.mech_count &&
	       server_has(way, SPNEGO_MECH_IAKERB);
}

static bool tickets(struct way *way)
{
	struct doctor *doctor = way->doctor;
	bool needed = !server_asks_kdc(way) &&
		      (doctor->sec == UNC_SEC_KRB5 || *doctor->cred->store ||
		       !doctor->cred->has_password);

	if (!wants_tickets(way)) {
		report_skip(way->report, "kdc", "NTLM is used, which needs no KDC");
		return true;
	}
	switch (tickets_get(way->report, doctor->cred, doctor->host, needed)) {
	case TICKETS_GOT:
		/* And nothing else, or it would be tried behind our back. */
		doctor->sec = UNC_SEC_KRB5;
		return true;
	case TICKETS_MISSING:
		if (!server_asks_kdc(way))
			doctor->sec = UNC_SEC_NTLM;
		return !needed;
	case TICKETS_REFUSED:
		break;
	}
	return false;
}

/* ---- Session ------------------------------------------------------------ */

static bool session_refused(struct way *way, const char *mech)
{
	uint32_t status = way->smb.status;
	struct wire_logon words = wire_logon_refused(status, mech);
	const char *name = wire_ntstatus_name(status);

	report_fail(way->report, "session", "server refused the session: %s (%s, %#x)",
		    words.text, name ? name : "NTSTATUS", status);
	report_remedy(way->report, words.remedy);
	return false;
}

static bool session_failed(struct way *way, const struct answer *answer)
{
	static const char *const stages[] = { "mechanism", "kdc" };

	report_fail(way->report, stages[answer->stage == UNC_STAGE_KDC], "%s",
		    answer->message);
	return false;
}

static bool session_done(struct way *way, const struct answer *answer)
{
	struct doctor *doctor = way->doctor;

	/* As take_guest() in the kernel, for the same users. */
	if (doctor->sec != UNC_SEC_NONE && way->smb.session_flags &
	    (SMB2_SESSION_FLAG_IS_GUEST | SMB2_SESSION_FLAG_IS_NULL)) {
		report_fail(way->report, "session", WIRE_LOGON_GUEST);
		return false;
	}
	memcpy(doctor->mech, answer->mech, sizeof(doctor->mech));
	memcpy(doctor->principal, answer->principal,
	       sizeof(doctor->principal));
	report_ok(way->report, "session", "%s by %s", doctor->principal,
		  doctor->mech);
	return true;
}

/* Legs until both sides are content, as smb2/session_setup.c in the kernel. */
static bool session_legs(struct way *way, struct auth *auth,
			 struct answer *answer)
{
	struct wire_blob token = { way->token, (u32)way->token_len };
	int err;

	for (int leg = 0; leg < LEGS_MAX; leg++) {
		auth_leg(auth, token.ptr, token.len, answer);
		if (answer->error)
			return session_failed(way, answer);
		if (answer->done && !answer->token_len)
			return session_done(way, answer);
		token = (struct wire_blob){ answer->token, answer->token_len };
		err = smb_session_setup(&way->smb, &token);
		if (err) {
			report_fail(way->report, "session", "%s", way->smb.why ?
				    way->smb.why : strerror(-err));
			return false;
		}
		if (way->smb.status &&
		    way->smb.status != NT_STATUS_MORE_PROCESSING_REQUIRED)
			return session_refused(way, answer->mech);
		if (!way->smb.status && answer->done && !token.len)
			return session_done(way, answer);
	}
	report_fail(way->report, "session", "authentication came to no end");
	return false;
}

static bool session(struct way *way)
{
	static struct request req;
	static struct answer answer;
	struct auth *auth;
	bool good;

	if (strlen(way->doctor->host) > UNC_HOST_MAX) {
		report_fail(way->report, "session", "the name is too long");
		return false;
	}
	strcpy(req.host, way->doctor->host);
	req.sec = way->doctor->sec;
	req.cred = *way->doctor->cred;
	auth = auth_new(&req);
	good = session_legs(way, auth, &answer);
	auth_free(auth);
	request_forget_password(&req);
	answer_clear(&answer);
	return good;
}

static bool log_on(struct way *way)
{
	if (doctor_is_kept(way->doctor))
		return doctor_kept_session(way->doctor);
	return tickets(way) && session(way);
}

void doctor_run(struct doctor *doctor)
{
	static bool (*const stages[])(struct way *way) = {
		resolve, connect_server, negotiate, mechanisms, log_on,
	};
	static struct way way;
	bool good = true;

	way = (struct way){ .doctor = doctor, .report = &doctor->report,
			    .smb.fd = -1 };
	for (size_t i = 0; good && i < sizeof(stages) / sizeof(*stages); i++)
		good = stages[i](&way);
	smb_close(&way.smb);
	if (good && *doctor->share)
		doctor_share(doctor);
}
