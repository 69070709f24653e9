// SPDX-License-Identifier: GPL-2.0-or-later
#include "auth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "mech.h"
#include "spnego.h"

#define OFFERS_MAX 2

/*
 * Legs, for NTLM:
 *
 *	hint			-> NegTokenInit { list, NEGOTIATE }
 *	incomplete, CHALLENGE	-> NegTokenResp { AUTHENTICATE, our MIC }
 *	completed, its MIC	-> done
 *
 * and for Kerberos, where the server likes our first choice:
 *
 *	hint			-> NegTokenInit { list, AP-REQ }
 *	completed, AP-REP	-> done
 */
struct auth {
	const struct request *req;
	enum spnego_mech offers[OFFERS_MAX];
	unsigned int offer_count;
	struct mech *mech;
	bool begun;		/* our NegTokenInit is out */
	bool answered;		/* the server has named its choice */
	bool mic_needed;	/* the negotiation itself must be proved */
	bool mic_sent;
	bool mic_seen;
	uint8_t list_room[64];
	struct der_bytes list;	/* DER of mechTypes as we sent it */
};

struct auth *auth_new(const struct request *req)
{
	struct auth *auth = calloc(1, sizeof(*auth));

	if (auth)
		auth->req = req;
	return auth;
}

void auth_free(struct auth *auth)
{
	if (!auth)
		return;
	if (auth->mech)
		auth->mech->ops->free(auth->mech);
	free(auth);
}

static bool protocol_error(struct answer *answer, const char *what)
{
	answer_fail(answer, EPROTO, UNC_STAGE_MECHANISM, "%s", what);
	return false;
}

/* ---- Which mechanisms --------------------------------------------------- */

/* No hint: a server that says nothing takes what it is offered. */
static bool server_has(const struct spnego_init *hint, enum spnego_mech mech)
{
	for (size_t i = 0; i < hint->mech_count; i++) {
		enum spnego_mech theirs = spnego_mech_find(hint->mechs[i]);

		if (theirs == mech)
			return true;
		if (theirs == SPNEGO_MECH_MS_KRB5 && mech == SPNEGO_MECH_KRB5)
			return true;
	}
	return !hint->mech_count;
}

/*
 * With a password Kerberos needs a realm and its KDC.  One of "user@REALM" or of
 * a domain by its DNS name says so; for others NTLM is the way.
 */
static bool names_realm(const struct credential *cred)
{
	return strchr(cred->user, '@') || strchr(cred->domain, '.');
}

/* In the order in which they are tried, by what sec= allows. */
static unsigned int wanted(const struct request *req, enum spnego_mech *list)
{
	unsigned int n = 0;

	if (req->sec == UNC_SEC_KRB5 ||
	    (req->sec == UNC_SEC_ANY &&
	     (!req->cred.has_password || names_realm(&req->cred))))
		list[n++] = SPNEGO_MECH_KRB5;
	if (req->sec != UNC_SEC_KRB5 && !*req->cred.store)
		list[n++] = SPNEGO_MECH_NTLM;
	return n;
}

static struct mech *mech_new(struct auth *auth, enum spnego_mech id,
			     struct answer *answer)
{
	if (auth->req->sec == UNC_SEC_NONE)
		return anonymous_mech_new(answer);
	return gss_mech_new(id, auth->req, answer);
}

/* Replace the mechanism; its first token goes to @token. */
static bool mech_start(struct auth *auth, enum spnego_mech id,
		       struct der_bytes *token, struct answer *answer)
{
	const struct der_bytes none = { NULL, 0 };

	if (auth->mech)
		auth->mech->ops->free(auth->mech);
	auth->mech = mech_new(auth, id, answer);
	if (!auth->mech)
		return false;
	if (auth->mech->ops->step(auth->mech, none, token, answer))
		return true;
	auth->mech->ops->free(auth->mech);
	auth->mech = NULL;
	return false;
}

/* What the next mechanism says would be no better, and hide the reason. */
static bool is_final(const struct auth *auth, const struct answer *answer)
{
	return answer->final || (answer->error == -EKEYEXPIRED &&
				 !auth->req->cred.has_password);
}

/*
 * Keep of the wanted mechanisms what the server has and what has a
 * credential.  The first that starts gives the optimistic token; those behind
 * it are offered too.  An error that no other mechanism mends is the end, so
 * that a wrong password counts once.  Otherwise the error is that of the last
 * one that failed, since the last resort is what the user would have got.
 */
static bool choose_offers(struct auth *auth, const struct spnego_init *hint,
			  struct der_bytes *token, struct answer *answer)
{
	enum spnego_mech list[OFFERS_MAX];
	unsigned int count = wanted(auth->req, list), tried = 0;

	for (unsigned int i = 0; i < count; i++) {
		if (!server_has(hint, list[i]))
			continue;
		tried++;
		if (auth->mech || mech_start(auth, list[i], token, answer))
			auth->offers[auth->offer_count++] = list[i];
		else if (is_final(auth, answer))
			return false;
		else if (i + 1 < count && auth->req->cred.has_password)
			log_notice("authenticate to %s: trying NTLM, since %s",
				   auth->req->host, answer->message);
	}
	if (!tried)
		answer_fail(answer, EPROTONOSUPPORT, UNC_STAGE_MECHANISM,
			    "the server does not offer %s",
			    count == 2 ? "Kerberos or NTLM" :
			    list[0] == SPNEGO_MECH_KRB5 ? "Kerberos" : "NTLM");
	return auth->mech;
}

/* ---- First leg ---------------------------------------------------------- */

/* Put an encoded token, which is a window into it, at the front of the room. */
static bool emit(struct answer *answer, struct der_bytes token)
{
	if (!token.data)
		return protocol_error(answer, "the token is too long to send");
	memmove(answer->token, token.data, token.len);
	answer->token_len = (uint32_t)token.len;
	return true;
}

static bool first_leg(struct auth *auth, struct der_bytes hint_token,
		      struct answer *answer)
{
	struct spnego_init hint = { .mech_count = 0 }, init = { .mech_count = 0 };

	if (hint_token.len &&
	    !spnego_init_decode(hint_token.data, hint_token.len, &hint))
		return protocol_error(answer, "the server's list of mechanisms is malformed");
	if (!choose_offers(auth, &hint, &init.mech_token, answer))
		return false;
	/* What led here may have failed first and left its words. */
	answer_clear(answer);
	for (unsigned int i = 0; i < auth->offer_count; i++)
		init.mechs[init.mech_count++] =
			spnego_mech_oid(auth->offers[i]);
	auth->list = spnego_mech_list_encode(auth->list_room,
					     sizeof(auth->list_room), &init);
	if (!auth->list.data)
		return protocol_error(answer, "too many mechanisms");
	auth->begun = true;
	return emit(answer, spnego_init_encode(answer->token,
					       sizeof(answer->token), &init));
}

/* ---- Later legs --------------------------------------------------------- */

static bool is_offered(const struct auth *auth, enum spnego_mech mech)
{
	for (unsigned int i = 0; i < auth->offer_count; i++)
		if (auth->offers[i] == mech)
			return true;
	return false;
}

/*
 * The server's first answer names its choice; when that is not our first, our
 * optimistic token was for nothing and the other mechanism begins anew.
 */
static bool follow_choice(struct auth *auth, const struct spnego_resp *resp,
			  struct der_bytes *fresh, struct answer *answer)
{
	enum spnego_mech choice = spnego_mech_find(resp->mech);

	if (choice == SPNEGO_MECH_MS_KRB5)
		choice = SPNEGO_MECH_KRB5;
	if (!resp->mech.data || choice == auth->mech->id) {
		auth->answered = true;
		return true;
	}
	if (auth->answered || !is_offered(auth, choice))
		return protocol_error(answer, "the server chose a mechanism that was not offered");
	auth->answered = true;
	auth->mic_needed = true;
	return mech_start(auth, choice, fresh, answer);
}

/*
 * RFC 4178 section 5: our MIC goes out with the mechanism's last token unless
 * that is the whole exchange.  Windows and Samba want it for NTLM always.
 */
static bool make_mic(struct auth *auth, const struct spnego_resp *resp,
		     struct der_bytes *mic, struct answer *answer)
{
	const struct mech_ops *ops = auth->mech->ops;

	if (!auth->mech->complete || auth->mic_sent || !ops->get_mic)
		return true;
	if (resp->state == SPNEGO_STATE_COMPLETED && !auth->mic_needed)
		return true;
	auth->mic_sent = true;
	return ops->get_mic(auth->mech, auth->list, mic, answer);
}

static bool check_mic(struct auth *auth, const struct spnego_resp *resp,
		      struct answer *answer)
{
	const struct mech_ops *ops = auth->mech->ops;

	/* Anonymous has no key to check with, and nothing worth protecting. */
	if (!resp->mic.data || !ops->verify_mic)
		return true;
	if (!auth->mech->complete)
		return protocol_error(answer, "the server signed the list of mechanisms too early");
	auth->mic_seen = true;
	return ops->verify_mic(auth->mech, auth->list, resp->mic, answer);
}

/* The server is satisfied; are we? */
static bool finish(struct auth *auth, struct answer *answer)
{
	if (!auth->mech->complete)
		return protocol_error(answer, "the server ended the authentication half way");
	if (auth->mic_needed && !auth->mic_seen && auth->mech->ops->verify_mic)
		return protocol_error(answer, "the server did not prove which mechanisms it was offered");
	if (!auth->mech->ops->result(auth->mech, answer))
		return false;
	strcpy(answer->mech, spnego_mech_name(auth->mech->id));
	answer->done = true;
	return true;
}

static bool reply(struct auth *auth, struct spnego_resp *out,
		  struct answer *answer)
{
	if (!out->token.data && !out->mic.data)
		return true;
	out->state = SPNEGO_STATE_ABSENT;
	return emit(answer, spnego_resp_encode(answer->token,
					       sizeof(answer->token), out));
}

/*
 * Give the mechanism its token.  One that has completed may get a MIC but no
 * token more; one just begun anew has already made its own.
 */
static bool mech_leg(struct auth *auth, const struct spnego_resp *in,
		     struct der_bytes *out, struct answer *answer)
{
	bool good;

	if (out->data)
		return true;
	if (!in->token.len && auth->mech->complete)
		return true;
	if (auth->mech->complete)
		return protocol_error(answer, "the server sent a token after the last one");
	if (!in->token.data && in->state == SPNEGO_STATE_COMPLETED)
		return true;	/* finish() complains */
	good = auth->mech->ops->step(auth->mech, in->token, out, answer);
	if (good && !out->len)
		out->data = NULL;
	return good;
}

static bool later_leg(struct auth *auth, struct der_bytes token,
		      struct answer *answer)
{
	struct spnego_resp in, out = { .state = SPNEGO_STATE_ABSENT };

	/* Some servers have nothing to say with their success. */
	if (!token.len)
		return finish(auth, answer);
	if (!spnego_resp_decode(token.data, token.len, &in))
		return protocol_error(answer, "the server's SPNEGO token is malformed");
	if (in.state == SPNEGO_STATE_REJECT) {
		answer_fail(answer, EACCES, UNC_STAGE_MECHANISM,
			    "the server rejected the authentication");
		return false;
	}
	if (in.state == SPNEGO_STATE_REQUEST_MIC)
		auth->mic_needed = true;
	if (!follow_choice(auth, &in, &out.token, answer) ||
	    !mech_leg(auth, &in, &out.token, answer) ||
	    !check_mic(auth, &in, answer) ||
	    !make_mic(auth, &in, &out.mic, answer) ||
	    !reply(auth, &out, answer))
		return false;
	return in.state != SPNEGO_STATE_COMPLETED || finish(auth, answer);
}

void auth_leg(struct auth *auth, const uint8_t *token, size_t len,
	      struct answer *answer)
{
	struct der_bytes bytes = { token, len };

	answer_clear(answer);
	if (!auth)
		answer_fail(answer, ENOMEM, UNC_STAGE_MECHANISM,
			    "out of memory");
	else if (!auth->begun)
		first_leg(auth, bytes, answer);
	else
		later_leg(auth, bytes, answer);
}
