// SPDX-License-Identifier: GPL-2.0-or-later
#include "auth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mech.h"
#include "nrpc.h"
#include "secret.h"
#include "spnego_client.h"

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
	bool begun;
	struct rpc_netlogon netlogon;
	struct spnego_client spnego;
	struct rpc_error *err;		/* of the step that is under way */
	uint8_t token[TOKEN_MAX];
};

static int broken(struct rpc_error *err, const char *what)
{
	return rpc_fail(err, -EPROTO, "SPNEGO: %s", what);
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

/* ---- SPNEGO -------------------------------------------------------------- */

static int op_start(void *who, enum spnego_mech id, struct der_bytes *token)
{
	struct rpc_auth *auth = who;

	return mech_start(auth, id, token, auth->err);
}

static int op_step(void *who, struct der_bytes in, struct der_bytes *out)
{
	struct rpc_auth *auth = who;

	return rpc_mech_step(auth->mech, in, out, auth->err);
}

static bool op_complete(void *who)
{
	struct rpc_auth *auth = who;

	return rpc_mech_complete(auth->mech);
}

static bool op_signs(void *who)
{
	return true;
}

static int op_get_mic(void *who, struct der_bytes data, struct der_bytes *mic)
{
	struct rpc_auth *auth = who;

	return rpc_mech_get_mic(auth->mech, data, mic, auth->err);
}

static int op_verify_mic(void *who, struct der_bytes data, struct der_bytes mic)
{
	struct rpc_auth *auth = who;

	return rpc_mech_verify_mic(auth->mech, data, mic, auth->err);
}

static int op_fail(void *who, int code, const char *what)
{
	struct rpc_auth *auth = who;

	return rpc_fail(auth->err, code, "SPNEGO: %s", what);
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

/*
 * A password goes to NTLM: with it Kerberos would need a realm and a KDC, of
 * which nothing was said unless the user has a realm.
 */
static int offer(struct rpc_auth *auth, struct rpc_error *err)
{
	const struct credential *cred = auth->want.cred;
	int ret = 0;

	if (!cred->has_password || strchr(cred->user, '@'))
		ret = spnego_client_offer(&auth->spnego, SPNEGO_MECH_KRB5);
	if (cred->has_password)
		ret = spnego_client_offer(&auth->spnego, SPNEGO_MECH_NTLM);
	return auth->spnego.offer_count ? 0 : ret;
}

static int spnego_step(struct rpc_auth *auth, struct der_bytes in,
		       struct der_bytes *out, struct rpc_error *err)
{
	struct spnego_client *spnego = &auth->spnego;
	int ret;

	auth->err = err;
	if (spnego->begun) {
		ret = spnego_client_next(spnego, in, out);
	} else {
		ret = offer(auth, err);
		if (!ret)
			ret = spnego_client_first(spnego, out);
	}
	auth->complete = !ret && spnego->done;
	auth->err = NULL;
	return ret;
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
	auth->spnego.ops = &spnego_ops;
	auth->spnego.who = auth;
	auth->spnego.room = auth->token;
	auth->spnego.room_len = sizeof(auth->token);
	auth->spnego.quiet = true;
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
