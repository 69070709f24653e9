// SPDX-License-Identifier: GPL-2.0-only
/*
 * TREE_CONNECT_ANDX and TREE_DISCONNECT, [MS-SMB] 3.2.4.2.5, 3.2.5.4.
 */
#include <linux/slab.h>
#include "../wire/smb1_setup.h"
#include "../wire/utf16.h"
#include "smb1.h"

#define GOODBYE		(2 * HZ)

/* "\\server\share" in UTF-16; freed by kfree(). */
static int path_make(const struct unc_tree *tree, struct wire_blob *path)
{
	char *text = kasprintf(GFP_KERNEL, "\\\\%s\\%s",
			       tree->session->conn->host, tree->share);
	size_t max = text ? WIRE_UTF16_MAX(strlen(text)) : 0;
	u8 *utf16 = text ? kmalloc(max, GFP_KERNEL) : NULL;
	int len = -ENOMEM;

	if (utf16)
		len = wire_utf16_from_utf8(utf16, max, text, strlen(text),
					   WIRE_UTF_STRICT);
	kfree(text);
	if (len < 0) {
		kfree(utf16);
		return len;
	}
	*path = (struct wire_blob){ utf16, len };
	return 0;
}

static int call(struct unc_tree *tree, struct unc_req *req)
{
	struct wire_blob path;
	int err = path_make(tree, &path);

	if (err)
		return err;
	if (smb1_part_begin(req, SMB2_TREE_CONNECT, SMB1_TREE_CONNECT_ANDX,
			    path.len + 32))
		err = wire_smb1_tree_req_encode(&req->out, &path) ?:
		      unc_req_call(req);
	else
		err = -ENOMEM;
	kfree(path.ptr);
	return err;
}

static bool is_service(const struct wire_blob *service, const char *name)
{
	return service->len == strlen(name) &&
	       !memcmp(service->ptr, name, service->len);
}

static u8 share_type(const struct wire_blob *service)
{
	if (is_service(service, "IPC"))
		return SMB2_SHARE_TYPE_PIPE;
	if (is_service(service, "LPT1:"))
		return SMB2_SHARE_TYPE_PRINT;
	return SMB2_SHARE_TYPE_DISK;
}

static int take_tid(struct unc_tree *tree, const struct unc_part *part)
{
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	wire_in_init(&in, part->rx->msg, part->rx->len);
	if (wire_smb1_hdr_decode(&in, &hdr))
		return -EPROTO;
	tree->id = hdr.tid;
	return 0;
}

static int finish(struct unc_tree *tree, const struct unc_part *part,
		  struct unc_failure *why)
{
	struct wire_smb1_tree_rsp rsp;
	struct wire_in in;
	int err = smb1_body(part, &in);

	if (err)
		return unc_tree_refused(tree, part->status, err, why);
	err = smb1_decoded(part, wire_smb1_tree_rsp_decode(&in, &rsp));
	if (err)
		return err;
	tree->type = share_type(&rsp.service);
	tree->maximal_access = U32_MAX;
	return take_tid(tree, part);
}

/**
 * smb1_tree_connect - connect to a share
 * @tree: tree in state NEW, with its setup mutex held, on a READY session
 * @why: filled in on failure
 *
 * May sleep; killable; until the deadline of the policy.
 *
 * Return: 0; -ENOENT for an unknown share, -EACCES, and what else the server's
 * status stands for; -EPROTO or -EIO for an answer that breaks the rules; or
 * why the connection was lost.
 */
int smb1_tree_connect(struct unc_tree *tree, struct unc_failure *why)
{
	struct unc_session *s = tree->session;
	struct unc_req *req = unc_req_new(s->conn, s, NULL, SMB1_HDR_SIZE);
	int err;

	if (!req)
		return -ENOMEM;
	err = call(tree, req);
	if (!err)
		err = finish(tree, &req->parts[0], why);
	if (err)
		unc_failure_at_least(why, UNC_STAGE_TREE,
				     "connecting to the share failed");
	unc_req_put(req, unc_why_alloc);
	return err;
}

/**
 * smb1_tree_disconnect - tell the server that a share is not used any more
 * @tree: the tree, which nobody can find any more
 *
 * May sleep for a short deadline.
 */
void smb1_tree_disconnect(struct unc_tree *tree)
{
	struct unc_session *s = tree->session;
	struct unc_req *req = unc_req_new(s->conn, s, tree, SMB1_HDR_SIZE + 3);

	if (!req)
		return;
	req->timeout = GOODBYE;
	if (smb1_part_begin(req, SMB2_TREE_DISCONNECT, SMB1_TREE_DISCONNECT,
			    3)) {
		wire_smb1_empty(&req->out);
		unc_req_call(req);
	}
	unc_req_put(req, unc_why_alloc);
}
