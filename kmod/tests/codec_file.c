// SPDX-License-Identifier: GPL-2.0-or-later
/* Codecs that concern files, directories and pipes. */
#include "codec.h"
#include "mirror.h"
#include "vectors.h"

static void create_req_touch(struct codec_run *run,
			     const struct wire_smb2_create_req *req)
{
	u32 i;

	codec_touch(run, &req->name);
	codec_touch(run, &req->security);
	for (i = 0; i < req->extra_count; i++) {
		codec_touch(run, &req->extra[i].name_bytes);
		codec_touch(run, &req->extra[i].data);
	}
}

static int run_create_req(struct codec_run *run)
{
	struct mirror_smb2_create_req v;
	int err = codec_pdu(run);

	if (!err)
		err = mirror_smb2_create_req_decode(&run->pdu, &v);
	if (err)
		return err;
	create_req_touch(run, &v.req);
	if (!run->out)
		return 0;
	return codec_pdu_done(run, wire_smb2_create_req_encode(run->out, &v.req));
}

/* The contexts by name, and all of them. */
static int create_rsp_touch(struct codec_run *run,
			    const struct wire_smb2_create_rsp *rsp)
{
	struct wire_smb2_create_ctx ctx;
	struct wire_in list;
	int ret;

	codec_touch(run, &rsp->raw_ctxs);
	if (rsp->ctx.has_posix) {
		codec_touch(run, &rsp->ctx.posix.owner);
		codec_touch(run, &rsp->ctx.posix.group);
	}
	wire_in_from(&list, &rsp->raw_ctxs);
	while ((ret = wire_smb2_create_ctx_next(&list, &ctx)) > 0) {
		codec_touch(run, &ctx.name_bytes);
		codec_touch(run, &ctx.data);
	}
	return ret;
}

static int run_create_rsp(struct codec_run *run)
{
	struct wire_smb2_create_rsp v;
	int err = codec_pdu(run);

	if (!err)
		err = wire_smb2_create_rsp_decode(&run->pdu, &v);
	if (!err)
		err = create_rsp_touch(run, &v);
	if (err || !run->out)
		return err;
	return codec_pdu_done(run, mirror_smb2_create_rsp_encode(run->out, &v));
}

static int run_write_req(struct codec_run *run)
{
	struct mirror_smb2_write_req v;
	int err = codec_pdu(run);

	if (!err)
		err = mirror_smb2_write_req_decode(&run->pdu, &v);
	if (err)
		return err;
	codec_touch(run, &v.data);
	if (!run->out)
		return 0;
	err = wire_smb2_write_req_encode(run->out, &v.req);
	wire_out_blob(run->out, &v.data);
	return codec_pdu_done(run, err);
}

static int run_lock_req(struct codec_run *run)
{
	struct mirror_smb2_lock_req v;
	int err = codec_pdu(run);

	if (!err)
		err = mirror_smb2_lock_req_decode(&run->pdu, &v);
	if (err || !run->out)
		return err;
	return codec_pdu_done(run, wire_smb2_lock_req_encode(run->out, &v.req));
}

/* The place that _peek() finds must be what _decode() finds. */
static int run_read_rsp_peek(struct codec_run *run)
{
	struct wire_smb2_read_place place;
	struct wire_smb2_read_rsp rsp;
	struct wire_in body;
	int err = codec_pdu(run);

	if (err)
		return err;
	body = run->pdu;
	err = wire_smb2_read_rsp_peek(&body, run->pdu.len, &place);
	if (err)
		return err;
	if (wire_smb2_read_rsp_decode(&run->pdu, &rsp) ||
	    rsp.data.len != place.length ||
	    (place.length && rsp.data.ptr != run->buf + place.offset))
		run->outside = true;
	return 0;
}

CODEC_PDU(close_req, struct wire_smb2_close_req, mirror_smb2_close_req_decode,
	  wire_smb2_close_req_encode)
CODEC_PDU(close_rsp, struct wire_smb2_close_rsp, wire_smb2_close_rsp_decode,
	  mirror_smb2_close_rsp_encode)
CODEC_PDU(flush_req, struct wire_smb2_flush_req, mirror_smb2_flush_req_decode,
	  wire_smb2_flush_req_encode)
CODEC_EMPTY(flush_rsp, wire_smb2_flush_rsp_decode, mirror_smb2_empty_rsp_encode)
CODEC_PDU(read_req, struct wire_smb2_read_req, mirror_smb2_read_req_decode,
	  wire_smb2_read_req_encode)
CODEC_PDU(read_rsp, struct wire_smb2_read_rsp, wire_smb2_read_rsp_decode,
	  mirror_smb2_read_rsp_encode, CODEC_TOUCH(data))
CODEC_PDU(write_rsp, struct wire_smb2_write_rsp, wire_smb2_write_rsp_decode,
	  mirror_smb2_write_rsp_encode)
CODEC_EMPTY(lock_rsp, wire_smb2_lock_rsp_decode, mirror_smb2_empty_rsp_encode)
CODEC_PDU(ioctl_req, struct wire_smb2_ioctl_req, mirror_smb2_ioctl_req_decode,
	  wire_smb2_ioctl_req_encode, CODEC_TOUCH(input))
CODEC_PDU(ioctl_rsp, struct wire_smb2_ioctl_rsp, wire_smb2_ioctl_rsp_decode,
	  mirror_smb2_ioctl_rsp_encode, CODEC_TOUCH(input), CODEC_TOUCH(output))
CODEC_PDU(query_dir_req, struct wire_smb2_query_dir_req,
	  mirror_smb2_query_dir_req_decode, wire_smb2_query_dir_req_encode,
	  CODEC_TOUCH(pattern))
CODEC_PDU(query_dir_rsp, struct wire_smb2_query_dir_rsp,
	  wire_smb2_query_dir_rsp_decode, mirror_smb2_query_dir_rsp_encode,
	  CODEC_TOUCH(data))
CODEC_PDU(notify_req, struct wire_smb2_notify_req,
	  mirror_smb2_notify_req_decode, wire_smb2_notify_req_encode)
CODEC_PDU(notify_rsp, struct wire_smb2_notify_rsp,
	  wire_smb2_notify_rsp_decode, mirror_smb2_notify_rsp_encode,
	  CODEC_TOUCH(data))
CODEC_PDU(query_info_req, struct wire_smb2_query_info_req,
	  mirror_smb2_query_info_req_decode, wire_smb2_query_info_req_encode,
	  CODEC_TOUCH(input))
CODEC_PDU(query_info_rsp, struct wire_smb2_query_info_rsp,
	  wire_smb2_query_info_rsp_decode, mirror_smb2_query_info_rsp_encode,
	  CODEC_TOUCH(data))
CODEC_PDU(set_info_req, struct wire_smb2_set_info_req,
	  mirror_smb2_set_info_req_decode, wire_smb2_set_info_req_encode,
	  CODEC_TOUCH(data))
CODEC_EMPTY(set_info_rsp, wire_smb2_set_info_rsp_decode,
	    mirror_smb2_set_info_rsp_encode)
CODEC_PDU(break_notify, struct wire_smb2_break, wire_smb2_break_notify_decode,
	  mirror_smb2_break_notify_encode)
CODEC_PDU(oplock_ack, struct wire_smb2_oplock_break,
	  mirror_smb2_oplock_ack_decode, wire_smb2_oplock_ack_encode)
CODEC_PDU(oplock_ack_rsp, struct wire_smb2_oplock_break,
	  wire_smb2_oplock_ack_rsp_decode, mirror_smb2_oplock_ack_rsp_encode)
CODEC_PDU(lease_ack, struct wire_smb2_lease_ack, mirror_smb2_lease_ack_decode,
	  wire_smb2_lease_ack_encode)
CODEC_PDU(lease_ack_rsp, struct wire_smb2_lease_ack,
	  wire_smb2_lease_ack_rsp_decode, mirror_smb2_lease_ack_rsp_encode)

CODEC_BLOB(pipe_peek_rsp, struct wire_pipe_peek_rsp, wire_pipe_peek_rsp_decode,
	   mirror_pipe_peek_rsp_encode, CODEC_TOUCH(data))
CODEC_BLOB(pipe_wait_req, struct wire_pipe_wait_req, mirror_pipe_wait_req_decode,
	   wire_pipe_wait_req_encode, CODEC_TOUCH(name))

const struct codec codecs_file[] = {
	CODEC_CASE(create_req, create_req),
	/* contexts in another order than ours */
	CODEC_CASE(create_req, create_req_lease, .flags = CODEC_LOOSE),
	CODEC_CASE(create_req, create_req_reconnect, .flags = CODEC_LOOSE),
	CODEC_CASE(create_req, create_req_cifs, .flags = CODEC_LOOSE),
	CODEC_CASE(create_req, create_req_new),
	CODEC_CASE(create_rsp, create_rsp),
	CODEC_CASE(create_rsp, create_rsp_posix),
	CODEC_CASE(create_rsp, create_rsp_lease),
	CODEC_CASE(create_rsp, create_rsp_lease1),
	CODEC_CASE(create_rsp, create_rsp_mxac),
	CODEC_CASE(create_rsp, create_rsp_qfid, .flags = CODEC_LOOSE),
	CODEC_CASE(close_req, close_req),
	CODEC_CASE(close_rsp, close_rsp),
	CODEC_CASE(flush_req, flush_req),
	CODEC_CASE(flush_rsp, flush_rsp),
	/* offsets of nothing */
	CODEC_CASE(read_req, read_req, .flags = CODEC_LOOSE),
	CODEC_CASE(read_rsp, read_rsp),
	CODEC_CASE(read_rsp_peek, read_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(write_req, write_req),
	CODEC_CASE(write_rsp, write_rsp),
	CODEC_CASE(lock_req, lock_req),
	CODEC_CASE(lock_req, lock_req_2),
	CODEC_CASE(lock_rsp, lock_rsp),
	CODEC_CASE(ioctl_req, ioctl_req, .flags = CODEC_LOOSE),
	CODEC_CASE(ioctl_rsp, ioctl_rsp),
	CODEC_CASE(query_dir_req, query_dir_req),
	CODEC_CASE(query_dir_rsp, query_dir_rsp),
	CODEC_CASE(notify_req, notify_req),
	CODEC_CASE(notify_rsp, notify_rsp),
	CODEC_CASE(query_info_req, query_info_req, .min = 104,
		   .flags = CODEC_LOOSE),
	CODEC_CASE(query_info_rsp, query_info_rsp),
	CODEC_CASE(set_info_req, set_info_req),
	CODEC_CASE(set_info_rsp, set_info_rsp),
	CODEC_CASE(break_notify, oplock_break),
	CODEC_CASE(break_notify, lease_break),
	CODEC_CASE(oplock_ack, oplock_ack),
	CODEC_CASE(oplock_ack_rsp, oplock_ack_rsp),
	CODEC_CASE(lease_ack, lease_ack),
	CODEC_CASE(lease_ack_rsp, lease_ack_rsp),
	CODEC_CASE(pipe_peek_rsp, pipe_peek_rsp, .min = 16),
	CODEC_CASE(pipe_wait_req, pipe_wait_req),
};

const u32 codecs_file_count = ARRAY_SIZE(codecs_file);
