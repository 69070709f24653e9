// SPDX-License-Identifier: GPL-2.0-or-later
#include "inner.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "uncfs.h"

_Static_assert(UNCRPC_SESSION_KEY_LEN == RPC_SESSION_KEY_LEN,
	       "the library has the length of the pipes");
_Static_assert((int)UNCRPC_SEC_ANY == UNC_SEC_ANY &&
	       (int)UNCRPC_SEC_KRB5 == UNC_SEC_KRB5 &&
	       (int)UNCRPC_SEC_NTLM == UNC_SEC_NTLM &&
	       (int)UNCRPC_SEC_NONE == UNC_SEC_NONE,
	       "the library has the numbers of the kernel");

const char *uncrpc_version(void)
{
	return UNC_VERSION;
}

/* ---- Errors -------------------------------------------------------------- */

int uncrpc_fail(struct uncrpc_error *to, const struct rpc_error *from)
{
	to->code = from->code;
	to->status = from->status;
	snprintf(to->text, sizeof(to->text), "%s", from->text);
	return to->code;
}

int uncrpc_fail_codec(struct uncrpc_error *to, const struct ndr_codec *codec)
{
	return uncrpc_fail_text(to, codec->error.code, "%s", codec->error.text);
}

int uncrpc_fail_text(struct uncrpc_error *to, int code, const char *fmt, ...)
{
	va_list ap;

	to->code = code;
	to->status = 0;
	va_start(ap, fmt);
	vsnprintf(to->text, sizeof(to->text), fmt, ap);
	va_end(ap);
	return code;
}

/* ---- Options ------------------------------------------------------------- */

/* What the program's version of the structure does not have yet is zero. */
static int take_options(struct uncrpc_options *to,
			const struct uncrpc_options *from,
			struct uncrpc_error *err)
{
	memset(to, 0, sizeof(*to));
	if (!from)
		return 0;
	if (from->size < offsetof(struct uncrpc_options, domain) ||
	    from->size > 4096)
		return uncrpc_fail_text(err, -EINVAL,
					"the size of the options is wrong");
	memcpy(to, from, from->size < sizeof(*to) ? from->size : sizeof(*to));
	return 0;
}

static int take_user(struct credential *cred, const struct uncrpc_options *from,
		     struct uncrpc_error *err)
{
	memset(cred, 0, sizeof(*cred));
	if ((from->user && !credential_set_user(cred, from->user)) ||
	    (from->domain && !credential_set_domain(cred, from->domain)) ||
	    (from->password && !credential_set_password(cred, from->password)))
		return uncrpc_fail_text(err, -EINVAL,
					"user, domain or password is too long");
	return 0;
}

/* Somebody who says who they are wants that to count. */
static void default_level(struct rpc_binding *binding,
			  const struct credential *cred)
{
	if (binding->protseq != RPC_NCACN_IP_TCP || !cred->has_user ||
	    binding->level != RPC_LEVEL_NONE)
		return;
	binding->level = RPC_LEVEL_INTEGRITY;
	binding->provider = RPC_PROVIDER_SPNEGO;
}

/* ---- Connecting ---------------------------------------------------------- */

static int dial(struct uncrpc *rpc, const char *text,
		const struct ndr_interface *interface,
		struct rpc_client_options *options, struct uncrpc_error *err)
{
	struct rpc_binding binding;
	struct rpc_error why;

	if (rpc_binding_parse(text, &binding, &why))
		return uncrpc_fail(err, &why);
	default_level(&binding, options->cred);
	strcpy(rpc->host, binding.host);
	rpc->client = rpc_client_connect(&binding, interface, options, &why);
	return rpc->client ? 0 : uncrpc_fail(err, &why);
}

static int open_as(struct uncrpc *rpc, const char *binding,
		   const char *interface, const struct uncrpc_options *want,
		   struct uncrpc_error *err)
{
	const struct ndr_interface *i = ndr_interface_find(interface);
	struct credential cred;
	struct rpc_client_options options = {
		.cred = &cred, .sec = want->sec, .timeout_ms = want->timeout_ms,
		.conn = { .response_max = want->memory, .trace = want->trace,
			  .concurrent = want->concurrent },
	};
	int ret;

	if (!i)
		return uncrpc_fail_text(err, -EINVAL,
			"there is no interface \"%s\" (see unc rpc --list)",
			interface);
	ret = take_user(&cred, want, err);
	if (!ret)
		ret = dial(rpc, binding, i, &options, err);
	credential_wipe(&cred);
	return ret;
}

struct uncrpc *uncrpc_open(const char *binding, const char *interface,
			   const struct uncrpc_options *options,
			   struct uncrpc_error *err)
{
	struct uncrpc *rpc = calloc(1, sizeof(*rpc));
	struct uncrpc_options want;

	if (!rpc) {
		uncrpc_fail_text(err, -ENOMEM, "out of memory");
		return NULL;
	}
	if (take_options(&want, options, err) == 0 &&
	    open_as(rpc, binding, interface, &want, err) == 0) {
		rpc->memory = want.memory;
		rpc->trace = want.trace;
		return rpc;
	}
	free(rpc);
	return NULL;
}

const char *uncrpc_host(const struct uncrpc *rpc)
{
	return rpc->host;
}

uint32_t uncrpc_group(const struct uncrpc *rpc)
{
	return rpc_conn_group(rpc_client_conn(rpc->client));
}

int uncrpc_session_key(struct uncrpc *rpc, uint8_t key[UNCRPC_SESSION_KEY_LEN],
		       struct uncrpc_error *err)
{
	struct rpc_error why;

	if (rpc_conn_session_key(rpc_client_conn(rpc->client), key, &why))
		return uncrpc_fail(err, &why);
	return 0;
}

void uncrpc_release(struct uncrpc *rpc)
{
	struct uncrpc_results *results;

	while ((results = rpc->results)) {
		rpc->results = results->next;
		ndr_arena_free(results->arena);
		free(results);
	}
}

void uncrpc_close(struct uncrpc *rpc)
{
	if (!rpc)
		return;
	while (rpc->calls)
		uncrpc_abandon(rpc->calls);
	uncrpc_release(rpc);
	rpc_client_close(rpc->client);
	free(rpc);
}
