// SPDX-License-Identifier: GPL-2.0-only
/*
 * Durable handles ([MS-SMB2] 3.2.4.3.5 and 3.2.4.4): the server keeps what is open
 * for a while when the connection is lost, with its lease and its locks, and
 * gives it back to who names it rightly.  Of a continuously available share they
 * are persistent: they need no lease, and outlive the server itself.
 */
#include <linux/random.h>
#include "durable.h"
#include "verbs.h"

/* TreeConnect.IsCAShare, [MS-SMB2] 3.2.5.5 */
static bool is_available(const struct unc_tree *tree)
{
	return tree->session->conn->dialect >= SMB2_DIALECT_300 &&
	       tree->capabilities & SMB2_SHARE_CAP_CONTINUOUS_AVAILABILITY;
}

static bool has_handle_lease(const struct unc_open_args *how)
{
	return how->lease && how->lease_state & SMB2_LEASE_HANDLE_CACHING;
}

/**
 * unc_durable_wish - what to ask for with a CREATE
 * @tree: where it goes
 * @how: what it opens; other servers keep handles that hold HANDLE caching only
 * @wish: filled in; version 0 for nothing
 *
 * Any context.
 */
void unc_durable_wish(const struct unc_tree *tree,
		      const struct unc_open_args *how,
		      struct unc_durable *wish)
{
	const struct unc_conn *conn = tree->session->conn;

	*wish = (struct unc_durable){};
	wish->persistent = is_available(tree);
	if (tree->type != SMB2_SHARE_TYPE_DISK ||
	    how->options & SMB2_FILE_DIRECTORY_FILE ||
	    !(wish->persistent || has_handle_lease(how)))
		return;
	wish->version = unc_smb2_lease_version(conn);
	get_random_bytes(wish->create_guid, sizeof(wish->create_guid));
}

static u32 flags_of(const struct unc_durable *durable)
{
	return durable->persistent ? SMB2_DHANDLE_FLAG_PERSISTENT : 0;
}

static void claim(struct unc_open *open, struct unc_durable_ctx *ctx,
		  struct wire_smb2_create_req *args)
{
	const struct unc_durable *durable = &open->durable;

	ctx->claim = (struct wire_smb2_durable_reconnect){
		.fid = unc_open_fid(open),
		.flags = flags_of(durable),
	};
	memcpy(ctx->claim.create_guid, durable->create_guid,
	       sizeof(ctx->claim.create_guid));
	if (durable->version == 2)
		args->reconnect = &ctx->claim;
	else
		args->reconnect_v1 = &ctx->claim.fid;
	/* Nothing else but the lease may be with it. */
	args->want_disk_id = false;
}

/**
 * unc_durable_add - add what is asked for, or claimed, to a CREATE
 * @how: to open it
 * @ctx: kept until the CREATE is encoded
 * @args: changed
 *
 * Any context.
 */
void unc_durable_add(const struct unc_open_args *how,
		     struct unc_durable_ctx *ctx,
		     struct wire_smb2_create_req *args)
{
	const struct unc_durable *wish = how->durable;

	if (how->claim)
		return claim(how->claim, ctx, args);
	if (!wish || !wish->version)
		return;
	if (wish->version == 1) {
		args->durable_v1 = true;
		return;
	}
	ctx->ask = (struct wire_smb2_durable){ .flags = flags_of(wish) };
	memcpy(ctx->ask.create_guid, wish->create_guid,
	       sizeof(ctx->ask.create_guid));
	args->durable = &ctx->ask;
}

/**
 * unc_durable_granted - what the server made of the wish
 * @wish: what was asked for
 * @rsp: what CREATE was answered
 *
 * Any context.  Return: what the handle is.
 */
struct unc_durable unc_durable_granted(const struct unc_durable *wish,
				       const struct wire_smb2_create_rsp *rsp)
{
	bool granted = wish->version == 2 ? rsp->ctx.has_durable :
					    rsp->ctx.has_durable_v1;
	struct unc_durable durable = *wish;

	if (!granted)
		return (struct unc_durable){};
	/* Of a server that cannot do the one, the other is welcome. */
	durable.persistent = wish->persistent &&
		rsp->ctx.durable.flags & SMB2_DHANDLE_FLAG_PERSISTENT;
	return durable;
}
