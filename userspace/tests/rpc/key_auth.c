// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An authentication in one leg with a key that both know: what auth.h wants,
 * without GSSAPI, so that a conversation can be driven by a fuzzer. Two legs if
 * the user's name is "two".
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "auth.h"
#include "server.h"

struct rpc_auth {
	struct rpc_auth_want want;
	struct rpc_protect *protect;
	unsigned int legs;
	bool complete;
};

struct rpc_auth *rpc_auth_new(const struct rpc_auth_want *want,
			      struct rpc_error *err)
{
	struct rpc_auth *auth = calloc(1, sizeof(*auth));

	auth->want = *want;
	auth->legs = want->cred && strcmp(want->cred->user, "two") == 0 ? 2 : 1;
	return auth;
}

int rpc_auth_step(struct rpc_auth *auth, struct der_bytes in,
		  struct der_bytes *out, struct rpc_error *err)
{
	static const uint32_t first[2];

	*out = (struct der_bytes){ NULL, 0 };
	if (auth->legs) {
		auth->legs--;
		*out = (struct der_bytes){ (const uint8_t *)"token", 5 };
		return 0;
	}
	auth->complete = true;
	if (auth->want.level >= RPC_LEVEL_CALL && !auth->protect)
		auth->protect = rpc_ntlm_protect_new(
			(const uint8_t *)SERVER_KEY, first, false);
	return 0;
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
	return auth->want.provider;
}

enum rpc_level rpc_auth_level(const struct rpc_auth *auth)
{
	return auth->want.level;
}

void rpc_auth_free(struct rpc_auth *auth)
{
	if (auth && auth->protect)
		auth->protect->ops->free(auth->protect);
	free(auth);
}
