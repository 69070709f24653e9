// SPDX-License-Identifier: GPL-2.0-only
/*
 * Breaks of leases: the owner is told and does what follows from it, then the
 * server is, if it waits.
 */
#include <linux/random.h>
#include "verbs.h"

const struct unc_ours unc_not_ours = {};

/**
 * struct broken - one break, taken out of its lease
 * @owner: pinned, or NULL
 * @old: a lost tree to let go of (unc_why_lease), or NULL
 * @tree: to acknowledge on, with a reference (unc_why_lease), or NULL if the
 *	server does not wait
 * @gone: bits that were taken away
 * @left: bits that are left
 * @lost: T if the connection is lost
 */
struct broken {
	void		*owner;
	struct unc_tree	*old;
	struct unc_tree	*tree;
	u32		gone;
	u32		left;
	bool		lost;
};

static void take(struct unc_lease *lease, struct broken *broken)
{
	*broken = (struct broken){};
	spin_lock(&lease->lock);
	broken->gone = lease->gone;
	broken->left = lease->limit;
	broken->lost = lease->lost;
	if (broken->gone && lease->owner && lease->ops->hold(lease->owner))
		broken->owner = lease->owner;
	if (lease->ack && lease->tree) {
		broken->tree = unc_tree_get(lease->tree, unc_why_lease);
		lease->ack = false;
	}
	if (!lease->opens)
		swap(broken->old, lease->tree);
	lease->gone = 0;
	lease->lost = false;
	spin_unlock(&lease->lock);
}

/* An acknowledgment that came too late, or for nothing, does no harm. */
static void ack_complete(struct unc_req *req)
{
	unc_req_put(req, unc_why_alloc);
}

static int ack_send(struct unc_lease *lease, struct unc_tree *tree, u32 left)
{
	struct wire_smb2_lease_ack args = { .state = left };
	struct unc_session *session = tree->session;
	struct unc_req *req;
	int err;

	memcpy(args.key, lease->key, sizeof(args.key));
	req = unc_req_new(session->conn, session, tree,
			  UNC_SMB2_ROOM_LEASE_ACK);
	if (!req)
		return -ENOMEM;
	req->complete = ack_complete;
	err = unc_smb2_lease_ack_add(req, &args, 0);
	if (!err)
		err = unc_req_send(req);
	if (err)
		unc_req_put(req, unc_why_alloc);
	return err;
}

/* Handles that its owner has just closed may have been the last ones. */
static bool is_held(struct unc_lease *lease)
{
	return READ_ONCE(lease->opens);
}

static void lease_work(struct work_struct *work)
{
	struct unc_lease *lease = container_of(work, struct unc_lease, work);
	struct broken broken;

	take(lease, &broken);
	if (broken.old)
		unc_tree_put(broken.old, unc_why_lease);
	if (broken.owner)
		lease->ops->broken(broken.owner, broken.gone, broken.lost);
	if (broken.tree && broken.gone & SMB2_LEASE_HANDLE_CACHING)
		unc_parting_send(broken.tree);
	if (broken.tree && is_held(lease) && unc_tree_usable(broken.tree))
		ack_send(lease, broken.tree, broken.left);
	if (broken.tree)
		unc_tree_put(broken.tree, unc_why_lease);
	unc_lease_put(lease);
}

/**
 * unc_op_lease_new - make a lease to be asked for
 * @ops: of @owner
 * @owner: who relies on it, or NULL; see unc_lease_own()
 *
 * May sleep.  Return: a lease with one reference, or NULL.
 */
struct unc_lease *unc_op_lease_new(const struct unc_lease_ops *ops,
				   void *owner)
{
	return unc_lease_new(lease_work, ops, owner);
}

/**
 * unc_lease_ask - add a lease to what a CREATE asks for
 * @conn: where it goes
 * @how: which lease, and that of the directory
 * @lease: filled in
 *
 * What only must not break leases of ours asks for none: it names the key.
 * Without the file's own one it takes any.
 *
 * Return: @lease, or NULL if the CREATE goes without.
 */
const struct wire_smb2_lease *unc_lease_ask(const struct unc_conn *conn,
					    const struct unc_open_args *how,
					    struct wire_smb2_lease *lease)
{
	u8 version = unc_smb2_lease_version(conn);

	if (!version || (!how->lease && (!how->parent || version < 2)))
		return NULL;
	*lease = (struct wire_smb2_lease){
		.version = version,
		.state = how->lease ? how->lease_state : 0,
	};
	if (how->lease)
		memcpy(lease->key, how->lease->key, sizeof(lease->key));
	else
		get_random_bytes(lease->key, sizeof(lease->key));
	if (how->lease && version == 2)
		lease->epoch = READ_ONCE(how->lease->epoch);
	if (how->parent && version == 2) {
		lease->flags = SMB2_LEASE_FLAG_PARENT_LEASE_KEY_SET;
		memcpy(lease->parent_key, how->parent->key,
		       sizeof(lease->parent_key));
	}
	return lease;
}

/**
 * unc_lease_take - a handle holds what the server granted with it
 * @lease: the lease that was asked for, or NULL
 * @open: the handle
 * @rsp: what CREATE was answered
 * @notices: unc_lease_notices() from before asking
 *
 * May sleep.
 */
void unc_lease_take(struct unc_lease *lease, struct unc_open *open,
		    const struct wire_smb2_create_rsp *rsp, u32 notices)
{
	if (!lease || rsp->oplock_level != SMB2_OPLOCK_LEVEL_LEASE ||
	    !rsp->ctx.has_lease ||
	    memcmp(lease->key, rsp->ctx.lease.key, sizeof(lease->key)))
		return;
	unc_lease_granted(lease, open, &rsp->ctx.lease, notices);
}
