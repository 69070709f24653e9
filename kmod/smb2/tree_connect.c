// SPDX-License-Identifier: GPL-2.0-only
/*
 * TREE_CONNECT ([MS-SMB2] 3.2.4.2.4, 3.2.5.5) and TREE_DISCONNECT.
 */
#include <linux/slab.h>
#include "../wire/smb2_simple.h"
#include "../wire/smb2_tree.h"
#include "../wire/utf16.h"
#include "setup.h"
#include "smb2.h"

#define GOODBYE		(2 * HZ)

static int encode(struct unc_tree *tree, struct unc_req *req)
{
	struct wire_smb2_tree_connect_req args = {};
	char *path;
	u8 *utf16;
	int err, len;

	path = kasprintf(GFP_KERNEL, "\\\\%s\\%s", tree->session->conn->host,
			 tree->share);
	if (!path)
		return -ENOMEM;
	utf16 = kmalloc(WIRE_UTF16_MAX(strlen(path)), GFP_KERNEL);
	err = utf16 ? 0 : -ENOMEM;
	if (!err) {
		len = wire_utf16_from_utf8(utf16, WIRE_UTF16_MAX(strlen(path)),
					   path, strlen(path), WIRE_UTF_STRICT);
		err = min(len, 0);
	}
	if (!err) {
		args.path = (struct wire_blob){ utf16, len };
		unc_req_part(req, SMB2_TREE_CONNECT, 0, 0);
		err = wire_smb2_tree_connect_req_encode(&req->out, &args);
	}
	kfree(utf16);
	kfree(path);
	return err;
}

static int take_id(struct unc_tree *tree, const struct unc_part *part)
{
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	wire_in_init(&in, part->rsp.base, part->rsp.len);
	if (wire_smb2_hdr_decode(&in, &hdr) ||
	    hdr.flags & SMB2_FLAGS_ASYNC_COMMAND)
		return -EPROTO;
	tree->id = hdr.tree_id;
	return 0;
}

static int finish(struct unc_tree *tree, const struct unc_part *part,
		  struct unc_failure *why)
{
	struct wire_smb2_tree_connect_rsp rsp;
	struct wire_in in;
	int err;

	if (unc_smb2_body(part, &in))
		return unc_tree_refused(tree, part->status,
					unc_smb2_status(part), why);
	err = unc_smb2_decoded(part, &in,
			       wire_smb2_tree_connect_rsp_decode(&in, &rsp));
	if (!err)
		err = take_id(tree, part);
	if (err)
		return err;
	tree->type = rsp.share_type;
	tree->share_flags = rsp.share_flags;
	tree->capabilities = rsp.capabilities;
	tree->maximal_access = rsp.maximal_access;
	tree->seal = rsp.share_flags & SMB2_SHAREFLAG_ENCRYPT_DATA;
	if (tree->seal && (!tree->session->conn->cipher ||
			   !tree->session->keys)) {
		unc_failure_set(why, UNC_STAGE_TREE,
				"the share demands encryption, which this session cannot do");
		return -EOPNOTSUPP;
	}
	return 0;
}

/**
 * unc_smb2_tree_connect - connect to a share
 * @tree: tree in state NEW, with @tree->setup held, on a READY session
 * @why: filled in on failure
 *
 * May sleep; killable; until the deadline of the policy.  The caller makes the
 * tree READY.
 *
 * Return: 0; -ENOENT for an unknown share, -EACCES, and what else the server's
 * status stands for; -EPROTO or -EIO for an answer that breaks the rules; or
 * why the connection was lost.
 */
int unc_smb2_tree_connect(struct unc_tree *tree, struct unc_failure *why)
{
	struct unc_session *s = tree->session;
	struct unc_req *req;
	int err;

	req = unc_req_new(s->conn, s, NULL, SMB2_HDR_SIZE + 16 +
			  2 * (strlen(s->conn->host) + strlen(tree->share) + 4));
	if (!req)
		return -ENOMEM;
	/* [MS-SMB2] 3.2.4.1.1: proves that the key follows from the preauth */
	req->signed_ = s->conn->dialect >= SMB2_DIALECT_311 && s->keys;
	err = encode(tree, req);
	if (!err)
		err = unc_req_call(req);
	if (!err)
		err = finish(tree, &req->parts[0], why);
	if (err)
		unc_failure_at_least(why, UNC_STAGE_TREE,
				     "connecting to the share failed");
	unc_req_put(req, unc_why_alloc);
	return err;
}

/**
 * unc_smb2_tree_disconnect - tell the server that a share is not used any more
 * @tree: the tree, which nobody can find any more
 *
 * May sleep for a short deadline.  A server that does not answer is not worth
 * waiting for: it will notice when the connection goes.
 */
void unc_smb2_tree_disconnect(struct unc_tree *tree)
{
	struct unc_session *s = tree->session;
	struct unc_req *req;

	req = unc_req_new(s->conn, s, tree, SMB2_HDR_SIZE + 8);
	if (!req)
		return;
	req->timeout = GOODBYE;
	unc_req_part(req, SMB2_TREE_DISCONNECT, 0, 0);
	wire_smb2_tree_disconnect_req_encode(&req->out);
	unc_req_call(req);
	unc_req_put(req, unc_why_alloc);
}
