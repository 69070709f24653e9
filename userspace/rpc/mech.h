/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One bare GSSAPI mechanism on the client's side: Kerberos 5 or NTLM. */
#ifndef UNC_RPC_MECH_H
#define UNC_RPC_MECH_H

#include "auth.h"
#include "spnego.h"

struct rpc_mech;

/** rpc_mech_new - with its credential; NULL: @err says why */
struct rpc_mech *rpc_mech_new(enum spnego_mech id,
			      const struct rpc_auth_want *want,
			      struct rpc_error *err);

/* What these hand out stays until the next call of the same function. */
int rpc_mech_step(struct rpc_mech *mech, struct der_bytes in,
		  struct der_bytes *out, struct rpc_error *err);
int rpc_mech_get_mic(struct rpc_mech *mech, struct der_bytes data,
		     struct der_bytes *mic, struct rpc_error *err);
int rpc_mech_verify_mic(struct rpc_mech *mech, struct der_bytes data,
			struct der_bytes mic, struct rpc_error *err);

bool rpc_mech_complete(const struct rpc_mech *mech);
enum spnego_mech rpc_mech_id(const struct rpc_mech *mech);

/** rpc_mech_protect - of a complete mechanism; ends before it does */
struct rpc_protect *rpc_mech_protect(struct rpc_mech *mech,
				     struct rpc_error *err);
void rpc_mech_free(struct rpc_mech *mech);

/** rpc_gss_fail - an error with what GSSAPI and the mechanism say */
int rpc_gss_fail(struct rpc_error *err, const char *what, uint32_t major,
		 uint32_t minor, void *oid);

/** rpc_gss_protect_new - message security of a Kerberos context */
struct rpc_protect *rpc_gss_protect_new(void *context, void *oid);

#endif
