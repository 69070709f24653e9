// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_notify.h"

/**
 * wire_smb2_notify_req_encode - write the body of a CHANGE_NOTIFY request
 * @o: the writer, after the header
 * @req: what to watch
 *
 * [MS-SMB2] 2.2.35.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_notify_req_encode(struct wire_out *o,
				const struct wire_smb2_notify_req *req)
{
	wire_out_u16(o, 32);
	wire_out_u16(o, req->flags);
	wire_out_u32(o, req->max_output);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_u32(o, req->filter);
	wire_out_u32(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb2_notify_rsp_decode - read the body of a CHANGE_NOTIFY response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: what changed; empty: more than fitted, list the directory again
 *
 * [MS-SMB2] 2.2.36.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_notify_rsp_decode(struct wire_in *in,
				struct wire_smb2_notify_rsp *rsp)
{
	u16 off;
	u32 len;

	wire_in_struct_size(in, 9);
	off = wire_in_u16(in, "OutputBufferOffset");
	len = wire_in_u32(in, "OutputBufferLength");
	rsp->data = wire_in_blob(in, off, len, "OutputBuffer");
	return wire_in_errno(in);
}

/**
 * wire_fscc_notify_next - next change of a list
 * @list: a reader over the list alone
 * @ent: the change
 *
 * [MS-FSCC] 2.7.1.
 *
 * Return: 1 and a change, 0 at the end, -EBADMSG.
 */
int wire_fscc_notify_next(struct wire_in *list, struct wire_fscc_notify *ent)
{
	struct wire_in rec;
	u32 len;
	int ret;

	ret = wire_in_chain(list, &rec, 12, "NextEntryOffset");
	if (ret <= 0)
		return ret;
	ent->action = wire_in_u32(&rec, "Action");
	len = wire_in_u32(&rec, "FileNameLength");
	if (len & 1)
		wire_in_fail(&rec, "FileNameLength");
	ent->name = wire_in_take(&rec, len, "FileName");
	wire_in_join(list, &rec);
	return list->err ? -EBADMSG : 1;
}
