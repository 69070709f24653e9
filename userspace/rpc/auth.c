// SPDX-License-Identifier: GPL-2.0-or-later
#include "auth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mech.h"
#include "nrpc.h"
#include "secret.h"
#include "spnego.h"

#define OFFERS_MAX	2
#define TOKEN_MAX	UNC_TOKEN_MAX

/*
 * SPNEGO within DCE/RPC has the legs it has elsewhere; only Kerberos has one
 * more, since in DCE style the client answers the AP-REP ([MS-KILE] 3.4.5.1).
 */
struct rpc_auth {
	enum rpc_provider provider;
	enum rpc_level level;
	struct rpc_auth_want want;
	struct rpc_mech *mech;
	struct rpc_protect *protect;
	bool complete;
	struct rpc_netlogon netlogon;

	/* SPNEGO */
	enum spnego_mech offers[OFFERS_MAX];
	unsigned int offer_count;
	bool begun;		/* NegTokenInit is out */
	bool answered;		/* the server named its choice */
	bool mic_needed;	/* the negotiation itself must be proved */
	bool mic_sent;
	bool mic_seen;
	uint8_t list_room[64];
	struct der_bytes list;	/* DER of mechTypes as sent */
	uint8_t token[TOKEN_MAX];
};

static int broken(struct rpc_error *err, const char *what)
{
	return rpc_fail(err, -EPROTO, "SPNEGO: %s", what);
}

/* ---- Which mechanisms --------------------------------------------------- */

/*
 * A password goes to NTLM: with it Kerberos would need a realm and a KDC, of
 * which nothing was said unless the user has a realm.
 */
static unsigned int wanted(const struct rpc_auth_want *want,
			   enum spnego_mech list[OFFERS_MAX])
{
	const struct credential *cred = want->cred;
	unsigned int n = 0;

	if (!cred->has_password || strchr(cred->user, '@'))
		list[n++] = SPNEGO_MECH_KRB5;
	if (cred->has_password)
		list[n++] = SPNEGO_MECH_NTLM;
	return n;
}

static int mech_start(struct rpc_auth *auth, enum spnego_mech id,
		      struct der_bytes *token, struct rpc_error *err)
{
	const struct der_bytes none = { NULL, 0 };
	int ret;

	rpc_mech_free(auth->mech);
	auth->mech = rpc_mech_new(id, &auth->want, err);
	if (!auth->mech)
		return err->code;
	ret = rpc_mech_step(auth->mech, none, token, err);
	if (ret) {
		rpc_mech_free(auth->mech);
		auth->mech = NULL;
	}
	return ret;
}

/* The first that starts gives the optimistic token; those behind are offered. */
static int choose_offers(struct rpc_auth *auth, struct der_bytes *token,
			 struct rpc_error *err)
{
	enum spnego_mech list[OFFERS_MAX];
	unsigned int count = wanted(&auth->want, list);

	for (unsigned int i = 0; i < count; i++)
		if (auth->mech || mech_start(auth, list[i], token, err) == 0)
			auth->offers[auth->offer_count++] = list[i];
	return auth->mech ? 0 : err->code;
}

/* ---- SPNEGO legs -------------------------------------------------------- */

static int emit(struct rpc_auth *auth, struct der_bytes made,
		struct der_bytes *out, struct rpc_error *err)
{
	if (!made.data)
		return broken(err, "the token is too long to send");
	*out = made;
	return 0;
}

static int first_leg(struct rpc_auth *auth, struct der_bytes *out,
		     struct rpc_error *err)
{
	struct spnego_init init = { .mech_count = 0 };
	int ret = choose_offers(auth, &init.mech_token, err);

	if (ret)
		return ret;
	for (unsigned int i = 0; i < auth->offer_count; i++)
		init.mechs[init.mech_count++] =
			spnego_mech_oid(auth->offers[i]);
	auth->list = spnego_mech_list_encode(auth->list_room,
					     sizeof(auth->list_room), &init);
	auth->begun = true;
	return emit(auth, spnego_init_encode(auth->token, sizeof(auth->token),
					     &init), out, err);
}

static bool is_offered(const struct rpc_auth *auth, enum spnego_mech id)
{
	for (unsigned int i = 0; i < auth->offer_count; i++)
		if (auth->offers[i] == id)
			return true;
	return false;
}

static int follow_choice(struct rpc_auth *auth, const struct spnego_resp *in,
			 struct der_bytes *fresh, struct rpc_error *err)
{
	enum spnego_mech choice = spnego_mech_find(in->mech);

	if (choice == SPNEGO_MECH_MS_KRB5)
		choice = SPNEGO_MECH_KRB5;
	if (!in->mech.data || choice == rpc_mech_id(auth->mech)) {
		auth->answered = true;
		return 0;
	}
	if (auth->answered || !is_offered(auth, choice))
		return broken(err, "the server chose a mechanism that was not offered");
	auth->answered = true;
	auth->mic_needed = true;
	return mech_start(auth, choice, fresh, err);
}

static int mech_leg(struct rpc_auth *auth, const struct spnego_resp *in,
		    struct der_bytes *out, struct rpc_error *err)
{
	int ret;

	if (out->data || (rpc_mech_complete(auth->mech) && !in->token.len))
		return 0;
	if (rpc_mech_complete(auth->mech))
		return broken(err, "the server sent a token after the last one");
	if (!in->token.data)
		return broken(err, "the server sent no token");
	ret = rpc_mech_step(auth->mech, in->token, out, err);
	if (!out->len)
		out->data = NULL;
	return ret;
}

static int check_mic(struct rpc_auth *auth, const struct spnego_resp *in,
		     struct rpc_error *err)
{
	if (!in->mic.data)
		return 0;
	if (!rpc_mech_complete(auth->mech))
		return broken(err, "the server signed the list of mechanisms too early");
	auth->mic_seen = true;
	return rpc_mech_verify_mic(auth->mech, auth->list, in->mic, err);
}

/*
 * Windows and Samba want ours for NTLM always. With Kerberos it is left out
 * unless it is needed, since an acceptor that ignores it would miss its
 * sequence number: when the server made one and waits for ours.
 */
static int make_mic(struct rpc_auth *auth, const struct spnego_resp *in,
		    struct der_bytes *mic, struct rpc_error *err)
{
	bool asked = auth->mic_needed ||
		     (in->mic.data && in->state != SPNEGO_STATE_COMPLETED);

	if (!rpc_mech_complete(auth->mech) || auth->mic_sent)
		return 0;
	if (rpc_mech_id(auth->mech) == SPNEGO_MECH_KRB5 && !asked)
		return 0;
	auth->mic_sent = true;
	return rpc_mech_get_mic(auth->mech, auth->list, mic, err);
}

static int finish(struct rpc_auth *auth, struct rpc_error *err)
{
	if (!rpc_mech_complete(auth->mech))
		return broken(err, "the server ended the authentication half way");
	if (auth->mic_needed && !auth->mic_seen)
		return broken(err, "the server did not prove which mechanisms it was offered");
	auth->complete = true;
	return 0;
}

static int resp_leg(struct rpc_auth *auth, const struct spnego_resp *in,
		    struct der_bytes *out, struct rpc_error *err)
{
	struct spnego_resp reply = { .state = SPNEGO_STATE_ABSENT };
	int ret = follow_choice(auth, in, &reply.token, err);

	if (!ret)
		ret = mech_leg(auth, in, &reply.token, err);
	if (!ret)
		ret = check_mic(auth, in, err);
	if (!ret)
		ret = make_mic(auth, in, &reply.mic, err);
	if (!ret && (reply.token.data || reply.mic.data))
		ret = emit(auth, spnego_resp_encode(auth->token,
						    sizeof(auth->token),
						    &reply), out, err);
	if (!ret && in->state == SPNEGO_STATE_COMPLETED)
		ret = finish(auth, err);
	return ret;
}

static int spnego_step(struct rpc_auth *auth, struct der_bytes in,
		       struct der_bytes *out, struct rpc_error *err)
{
	struct spnego_resp resp;

	if (!auth->begun)
		return first_leg(auth, out, err);
	if (!in.len)
		return finish(auth, err);
	if (!spnego_resp_decode(in.data, in.len, &resp))
		return broken(err, "the server's token is malformed");
	if (resp.state == SPNEGO_STATE_REJECT)
		return rpc_fail(err, -EACCES,
				"the server rejected the authentication");
	if (resp.state == SPNEGO_STATE_REQUEST_MIC)
		auth->mic_needed = true;
	return resp_leg(auth, &resp, out, err);
}

/* ---- One mechanism alone ------------------------------------------------ */

static int bare_step(struct rpc_auth *auth, struct der_bytes in,
		     struct der_bytes *out, struct rpc_error *err)
{
	int ret;

	if (!auth->mech)
		ret = mech_start(auth, auth->provider == RPC_PROVIDER_KRB5 ?
				 SPNEGO_MECH_KRB5 : SPNEGO_MECH_NTLM, out, err);
	else if (rpc_mech_complete(auth->mech))
		ret = in.len ? broken(err, "the server sent a token after the last one") : 0;
	else
		ret = rpc_mech_step(auth->mech, in, out, err);
	auth->complete = !ret && rpc_mech_complete(auth->mech);
	return ret;
}

/* ---- The Netlogon secure channel ---------------------------------------- */

static int netlogon_step(struct rpc_auth *auth, struct der_bytes in,
			 struct der_bytes *out, struct rpc_error *err)
{
	int ret;

	if (!auth->begun) {
		auth->begun = true;
		out->len = rpc_netlogon_token(&auth->netlogon, auth->token);
		out->data = auth->token;
		return 0;
	}
	ret = rpc_netlogon_answer(in.data, in.len, err);
	auth->complete = !ret;
	return ret;
}

static struct rpc_protect *make_protect(struct rpc_auth *auth,
					struct rpc_error *err)
{
	struct rpc_protect *protect;

	if (auth->provider != RPC_PROVIDER_NETLOGON)
		return rpc_mech_protect(auth->mech, err);
	protect = rpc_netlogon_protect_new(auth->netlogon.key, false);
	if (!protect)
		rpc_fail(err, -ENOMEM, "out of memory");
	return protect;
}

int rpc_auth_step(struct rpc_auth *auth, struct der_bytes in,
		  struct der_bytes *out, struct rpc_error *err)
{
	int ret;

	*out = (struct der_bytes){ NULL, 0 };
	if (auth->provider == RPC_PROVIDER_SPNEGO)
		ret = spnego_step(auth, in, out, err);
	else if (auth->provider == RPC_PROVIDER_NETLOGON)
		ret = netlogon_step(auth, in, out, err);
	else
		ret = bare_step(auth, in, out, err);
	if (ret || !auth->complete || auth->protect ||
	    auth->level < RPC_LEVEL_CALL)
		return ret;
	auth->protect = make_protect(auth, err);
	return auth->protect ? 0 : err->code;
}

/* ---- Life --------------------------------------------------------------- */

struct rpc_auth *rpc_auth_new(const struct rpc_auth_want *want,
			      struct rpc_error *err)
{
	struct rpc_auth *auth = calloc(1, sizeof(*auth));

	if (!auth) {
		rpc_fail(err, -ENOMEM, "out of memory");
		return NULL;
	}
	auth->want = *want;
	auth->provider = want->provider;
	auth->level = want->level;
	if (want->netlogon)
		auth->netlogon = *want->netlogon;
	return auth;
}

bool rpc_auth_complete(const struct rpc_auth *auth)
{
	return auth->complete;
}

struct rpc_protect *rpc_auth_protect(struct rpc_auth *auth)
{
	return auth->protect;
}

enum rpc_provider rpc_auth_provider(const struct rpc_auth *auth)
{
	return auth->provider;
}

enum rpc_level rpc_auth_level(const struct rpc_auth *auth)
{
	return auth->level;
}

void rpc_auth_free(struct rpc_auth *auth)
{
	if (!auth)
		return;
	if (auth->protect)
		auth->protect->ops->free(auth->protect);
	rpc_mech_free(auth->mech);
	secret_wipe(&auth->netlogon, sizeof(auth->netlogon));
	free(auth);
}

struct rpc_netlogon *rpc_auth_netlogon(struct rpc_auth *auth)
{
	return auth && auth->provider == RPC_PROVIDER_NETLOGON ?
	       &auth->netlogon : NULL;
}
