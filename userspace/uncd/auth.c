// SPDX-License-Identifier: GPL-2.0-or-later
#include "auth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "mech.h"
#include "spnego_client.h"

struct auth {
	const struct request *req;
	struct mech *mech;
	struct spnego_client spnego;
	struct answer *answer;	/* of the leg that is under way */
};

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

/* Kerberos without a KDC in reach is only for a server that says it can. */
static bool offers_iakerb(const struct spnego_init *hint)
{
	return hint->mech_count && server_has(hint, SPNEGO_MECH_IAKERB);
}

/* In the order in which they are tried, by what sec= allows. */
static unsigned int wanted(const struct request *req,
			   const struct spnego_init *hint,
			   enum spnego_mech *list)
{
	bool krb5 = req->sec == UNC_SEC_KRB5 ||
		    (req->sec == UNC_SEC_ANY &&
		     (!req->cred.has_password || names_realm(&req->cred)));
	unsigned int n = 0;

	if (krb5)
		list[n++] = SPNEGO_MECH_KRB5;
	if (krb5 && req->cred.has_password && offers_iakerb(hint))
		list[n++] = SPNEGO_MECH_IAKERB;
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

/* ---- What SPNEGO asks of it ---------------------------------------------- */

static int code_of(const struct auth *auth, bool good)
{
	return good ? 0 : auth->answer->error ? auth->answer->error : -EPROTO;
}

static int op_start(void *who, enum spnego_mech id, struct der_bytes *token)
{
	const struct der_bytes none = { NULL, 0 };
	struct auth *auth = who;

	if (auth->mech)
		auth->mech->ops->free(auth->mech);
	auth->mech = mech_new(auth, id, auth->answer);
	if (!auth->mech)
		return code_of(auth, false);
	if (auth->mech->ops->step(auth->mech, none, token, auth->answer))
		return 0;
	auth->mech->ops->free(auth->mech);
	auth->mech = NULL;
	return code_of(auth, false);
}

static int op_step(void *who, struct der_bytes in, struct der_bytes *out)
{
	struct auth *auth = who;

	return code_of(auth, auth->mech->ops->step(auth->mech, in, out,
						   auth->answer));
}

static bool op_complete(void *who)
{
	const struct auth *auth = who;

	return auth->mech->complete;
}

static bool op_signs(void *who)
{
	const struct auth *auth = who;

	return auth->mech->ops->get_mic && auth->mech->ops->verify_mic;
}

static int op_get_mic(void *who, struct der_bytes data, struct der_bytes *mic)
{
	struct auth *auth = who;

	return code_of(auth, auth->mech->ops->get_mic(auth->mech, data, mic,
						      auth->answer));
}

static int op_verify_mic(void *who, struct der_bytes data, struct der_bytes mic)
{
	struct auth *auth = who;

	return code_of(auth, auth->mech->ops->verify_mic(auth->mech, data, mic,
							 auth->answer));
}

static int op_fail(void *who, int code, const char *what)
{
	struct auth *auth = who;

	answer_fail(auth->answer, -code, UNC_STAGE_MECHANISM, "%s", what);
	return code;
}

static const struct spnego_client_ops spnego_ops = {
	.start = op_start,
	.step = op_step,
	.complete = op_complete,
	.signs = op_signs,
	.get_mic = op_get_mic,
	.verify_mic = op_verify_mic,
	.fail = op_fail,
};

/* ---- Offers --------------------------------------------------------------- */

/* What the next mechanism says would be no better, and hide the reason. */
static bool is_final(const struct auth *auth, const struct answer *answer)
{
	return answer->final || (answer->error == -EKEYEXPIRED &&
				 !auth->req->cred.has_password);
}

/* Only for want of a KDC: what that says of the user, it says by any way. */
static bool is_worth_it(const struct auth *auth, enum spnego_mech id,
			const struct answer *answer)
{
	return id != SPNEGO_MECH_IAKERB ||
	       (!auth->mech && (!answer->error ||
				answer->error == -EHOSTUNREACH));
}

/*
 * Keep of the wanted mechanisms what the server has and what has a
 * credential.  The first that starts gives the optimistic token; those behind
 * it are offered too.  An error that no other mechanism mends is the end, so
 * that a wrong password counts once.  Otherwise the error is that of the last
 * one that failed, since the last resort is what the user would have got.
 */
static bool choose_offers(struct auth *auth, const struct spnego_init *hint,
			  struct answer *answer)
{
	enum spnego_mech list[SPNEGO_OFFERS_MAX];
	unsigned int count = wanted(auth->req, hint, list), tried = 0;

	for (unsigned int i = 0; i < count; i++) {
		if (!server_has(hint, list[i]) ||
		    !is_worth_it(auth, list[i], answer))
			continue;
		tried++;
		if (spnego_client_offer(&auth->spnego, list[i]) == 0)
			continue;
		if (is_final(auth, answer))
			return false;
		if (i + 1 < count && auth->req->cred.has_password)
			log_notice("authenticate to %s: trying another mechanism, since %s",
				   auth->req->host, answer->message);
	}
	if (!tried)
		answer_fail(answer, EPROTONOSUPPORT, UNC_STAGE_MECHANISM,
			    "the server does not offer %s",
			    count == 2 ? "Kerberos or NTLM" :
			    list[0] == SPNEGO_MECH_KRB5 ?
			    "Kerberos; " AUTH_NO_KRB5 : "NTLM; " AUTH_NO_NTLM);
	return auth->mech;
}

/* ---- First leg ---------------------------------------------------------- */

/* Put an encoded token, which is a window into it, at the front of the room. */
static void emit(struct answer *answer, struct der_bytes token)
{
	if (token.data)
		memmove(answer->token, token.data, token.len);
	answer->token_len = (uint32_t)token.len;
}

/* Whose token it is: a refusal means something else for each of them. */
static void name_mech(const struct auth *auth, struct answer *answer)
{
	strcpy(answer->mech, spnego_mech_name(auth->mech->id));
}

static bool first_leg(struct auth *auth, struct der_bytes hint_token,
		      struct answer *answer)
{
	struct spnego_init hint = { .mech_count = 0 };
	struct der_bytes out;

	if (hint_token.len &&
	    !spnego_init_decode(hint_token.data, hint_token.len, &hint))
		return protocol_error(answer, "the server's list of mechanisms is malformed");
	if (!choose_offers(auth, &hint, answer))
		return false;
	/* What led here may have failed first and left its words. */
	answer_clear(answer);
	if (spnego_client_first(&auth->spnego, &out))
		return false;
	emit(answer, out);
	name_mech(auth, answer);
	return true;
}

static bool later_leg(struct auth *auth, struct der_bytes token,
		      struct answer *answer)
{
	struct der_bytes out;

	if (spnego_client_next(&auth->spnego, token, &out))
		return false;
	emit(answer, out);
	name_mech(auth, answer);
	if (!auth->spnego.done)
		return true;
	if (!auth->mech->ops->result(auth->mech, answer))
		return false;
	answer->done = true;
	return true;
}

struct auth *auth_new(const struct request *req)
{
	struct auth *auth = calloc(1, sizeof(*auth));

	if (!auth)
		return NULL;
	auth->req = req;
	auth->spnego.ops = &spnego_ops;
	auth->spnego.who = auth;
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

void auth_leg(struct auth *auth, const uint8_t *token, size_t len,
	      struct answer *answer)
{
	struct der_bytes bytes = { token, len };

	answer_clear(answer);
	if (!auth) {
		answer_fail(answer, ENOMEM, UNC_STAGE_MECHANISM,
			    "out of memory");
		return;
	}
	auth->answer = answer;
	auth->spnego.room = answer->token;
	auth->spnego.room_len = sizeof(answer->token);
	if (!auth->spnego.begun)
		first_leg(auth, bytes, answer);
	else
		later_leg(auth, bytes, answer);
	auth->answer = NULL;
}
