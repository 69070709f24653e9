// SPDX-License-Identifier: GPL-2.0-only
/*
 * Secure negotiate ([MS-SMB2] 3.2.5.5): before 3.1.1 NEGOTIATE itself is not
 * protected, so what it said is asked again, signed.  A man in the middle who
 * changed it is found out here.
 */
#include "../wire/ntstatus.h"
#include "../wire/smb2_fsctl.h"
#include "setup.h"
#include "smb2.h"

#define INPUT_MAX	(24 + 2 * UNC_SMB2_DIALECTS_MAX)
#define OUTPUT_LEN	24

static int encode(struct unc_conn *conn, struct unc_req *req)
{
	struct wire_validate_negotiate_req args = {};
	struct unc_smb2_offer offer;
	struct wire_out out;
	u8 input[INPUT_MAX];
	struct wire_smb2_ioctl_req ioctl = {
		.ctl_code = FSCTL_VALIDATE_NEGOTIATE_INFO,
		.fid = WIRE_SMB2_FID_RELATED,
		.max_output = OUTPUT_LEN,
		.flags = SMB2_IOCTL_IS_FSCTL,
	};
	int err;

	unc_smb2_offer(&conn->policy, &offer);
	args.capabilities = offer.capabilities;
	memcpy(args.guid, conn->client_guid, sizeof(args.guid));
	args.security_mode = offer.security_mode;
	args.dialect_count = offer.count;
	memcpy(args.dialects, offer.dialects, sizeof(offer.dialects));
	wire_out_init(&out, input, sizeof(input));
	err = wire_validate_negotiate_req_encode(&out, &args);
	if (err)
		return err;
	ioctl.input = (struct wire_blob){ input, out.pos };
	return unc_smb2_ioctl_add(req, &ioctl, 0);
}

static int check(const struct unc_conn *conn, const struct unc_part *part)
{
	struct wire_validate_negotiate_rsp rsp;
	struct wire_smb2_ioctl_rsp ioctl;
	int err;

	/* A server of 2.1 may not know the question; its "no" was signed. */
	if (conn->dialect < SMB2_DIALECT_300 &&
	    (part->status == NT_STATUS_INVALID_DEVICE_REQUEST ||
	     part->status == NT_STATUS_NOT_SUPPORTED ||
	     part->status == NT_STATUS_FILE_CLOSED))
		return 0;
	err = unc_smb2_ioctl_rsp(part, &ioctl);
	if (err)
		return err;
	err = wire_validate_negotiate_rsp_decode(&ioctl.output, &rsp);
	if (err)
		return err;
	if (rsp.capabilities != conn->capabilities ||
	    rsp.security_mode != conn->security_mode ||
	    rsp.dialect != conn->dialect ||
	    memcmp(rsp.guid, conn->server_guid, sizeof(rsp.guid)))
		return -EACCES;
	return 0;
}

/*
 * Of a NEGOTIATE of SMB 1 a server remembers nothing that could be compared
 * (3.3.5.3), and 2.0.2 alone was offered in it: nothing is below that.
 */
static bool nothing_to_validate(const struct unc_conn *conn)
{
	return conn->dialect >= SMB2_DIALECT_311 ||
	       (conn->policy.multi && conn->dialect == SMB2_DIALECT_202);
}

/**
 * unc_smb2_validate_negotiate - find out whether NEGOTIATE was tampered with
 * @tree: tree that is just connected, with @tree->setup held
 * @why: filled in on failure
 *
 * May sleep; killable; until the deadline of the policy.  Does nothing for
 * 3.1.1, which protects NEGOTIATE by itself, nor for guests, who have no key.
 *
 * Return: 0; -EACCES if the answers differ; or why it could not be asked.
 */
int unc_smb2_validate_negotiate(struct unc_tree *tree, struct unc_failure *why)
{
	struct unc_session *s = tree->session;
	struct unc_req *req;
	int err;

	if (nothing_to_validate(s->conn) || !s->keys)
		return 0;
	req = unc_req_new(s->conn, s, tree, UNC_SMB2_ROOM_IOCTL + INPUT_MAX);
	if (!req)
		return -ENOMEM;
	req->signed_ = true;
	err = encode(s->conn, req);
	if (!err)
		err = unc_req_call(req);
	if (!err)
		err = check(s->conn, &req->parts[0]);
	if (err)
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"secure negotiate failed: somebody may have changed the messages on their way");
	unc_req_put(req, unc_why_alloc);
	return err;
}
