/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Durable handles, for those who open: open.c, reopen.c and plan.c.
 */
#ifndef _UNC_OP_DURABLE_H
#define _UNC_OP_DURABLE_H

#include "../conn/session.h"
#include "../wire/smb2_create.h"

struct unc_open_args;

/**
 * struct unc_durable_ctx - what a CREATE says of durable handles
 * @ask: DH2Q
 * @claim: DH2C; its FileId is that of DHnC, too
 */
struct unc_durable_ctx {
	struct wire_smb2_durable		ask;
	struct wire_smb2_durable_reconnect	claim;
};

void unc_durable_wish(const struct unc_tree *tree,
		      const struct unc_open_args *how,
		      struct unc_durable *wish);
void unc_durable_add(const struct unc_open_args *how,
		     struct unc_durable_ctx *ctx,
		     struct wire_smb2_create_req *args);
struct unc_durable unc_durable_granted(const struct unc_durable *wish,
				       const struct wire_smb2_create_rsp *rsp);

#endif /* _UNC_OP_DURABLE_H */
