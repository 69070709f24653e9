// SPDX-License-Identifier: GPL-2.0-or-later
/* Codecs that concern messages, connections, sessions and trees. */
#include "../wire/smb2_transform.h"
#include "codec.h"
#include "mirror.h"
#include "vectors.h"

CODEC_BLOB(nbss_request, struct wire_nbss_request, mirror_nbss_request_decode,
	   wire_nbss_request_encode)
CODEC_BLOB(multi_req, struct wire_smb2_multi_req, mirror_smb2_multi_req_decode,
	   wire_smb2_multi_req_encode)
CODEC_BLOB(nbss_answer, struct wire_nbss_answer, wire_nbss_answer_decode,
	   mirror_nbss_answer_encode)

/* The header alone, with whatever follows it. */
static int run_hdr(struct codec_run *run)
{
	struct wire_blob body;
	int err = codec_pdu(run);

	if (err || !run->out)
		return err;
	body = wire_in_take(&run->pdu, wire_in_left(&run->pdu), "body");
	wire_out_blob(run->out, &body);
	return codec_pdu_done(run, 0);
}

/* All PDUs of a compound. */
static int run_compound(struct codec_run *run)
{
	struct wire_smb2_hdr hdr;
	struct wire_blob body;
	struct wire_in msg, pdu;
	int ret;

	wire_in_init(&msg, run->buf, run->len);
	while ((ret = wire_smb2_pdu_next(&msg, &pdu, &hdr)) > 0) {
		body = wire_in_take(&pdu, wire_in_left(&pdu), "body");
		codec_touch(run, &body);
		if (!run->out)
			continue;
		wire_smb2_pdu_begin(run->out, &hdr);
		wire_out_blob(run->out, &body);
		wire_smb2_pdu_end(run->out, hdr.next);
	}
	if (ret || !run->out)
		return ret;
	return wire_out_errno(run->out);
}

static int run_transform(struct codec_run *run)
{
	struct wire_smb2_transform hdr;
	struct wire_blob text;
	struct wire_in in;
	int err;

	wire_in_init(&in, run->buf, run->len);
	err = wire_smb2_transform_decode(&in, run->len, &hdr);
	if (err)
		return err;
	text = wire_in_take(&in, hdr.original_size, "text");
	codec_touch(run, &text);
	if (wire_in_errno(&in))
		run->outside = true;
	if (!run->out)
		return 0;
	wire_smb2_transform_encode(run->out, &hdr);
	wire_out_blob(run->out, &text);
	return wire_out_errno(run->out);
}

CODEC_PDU(negotiate_req, struct wire_smb2_negotiate_req,
	  mirror_smb2_negotiate_req_decode, wire_smb2_negotiate_req_encode,
	  CODEC_TOUCH(salt), CODEC_TOUCH(netname))
CODEC_PDU(negotiate_rsp, struct wire_smb2_negotiate_rsp,
	  wire_smb2_negotiate_rsp_decode, mirror_smb2_negotiate_rsp_encode,
	  CODEC_TOUCH(token), CODEC_TOUCH(salt))
CODEC_PDU(session_setup_req, struct wire_smb2_session_setup_req,
	  mirror_smb2_session_setup_req_decode,
	  wire_smb2_session_setup_req_encode, CODEC_TOUCH(token))
CODEC_PDU(session_setup_rsp, struct wire_smb2_session_setup_rsp,
	  wire_smb2_session_setup_rsp_decode,
	  mirror_smb2_session_setup_rsp_encode, CODEC_TOUCH(token))
CODEC_PDU(tree_connect_req, struct wire_smb2_tree_connect_req,
	  mirror_smb2_tree_connect_req_decode,
	  wire_smb2_tree_connect_req_encode, CODEC_TOUCH(path))
CODEC_PDU(tree_connect_rsp, struct wire_smb2_tree_connect_rsp,
	  wire_smb2_tree_connect_rsp_decode,
	  mirror_smb2_tree_connect_rsp_encode)
CODEC_PDU(error_rsp, struct wire_smb2_error_rsp, wire_smb2_error_rsp_decode,
	  mirror_smb2_error_rsp_encode, CODEC_TOUCH(data))

CODEC_EMPTY(logoff_req, mirror_smb2_empty_req_decode,
	    wire_smb2_logoff_req_encode)
CODEC_EMPTY(logoff_rsp, wire_smb2_logoff_rsp_decode,
	    mirror_smb2_empty_rsp_encode)
CODEC_EMPTY(tree_disconnect_req, mirror_smb2_empty_req_decode,
	    wire_smb2_tree_disconnect_req_encode)
CODEC_EMPTY(tree_disconnect_rsp, wire_smb2_tree_disconnect_rsp_decode,
	    mirror_smb2_empty_rsp_encode)
CODEC_EMPTY(cancel_req, mirror_smb2_empty_req_decode,
	    wire_smb2_cancel_req_encode)
CODEC_EMPTY(echo_req, mirror_smb2_empty_req_decode, wire_smb2_echo_req_encode)
CODEC_EMPTY(echo_rsp, wire_smb2_echo_rsp_decode, mirror_smb2_empty_rsp_encode)

static int run_symlink(struct codec_run *run)
{
	struct wire_smb2_error_rsp rsp;
	struct wire_smb2_symlink link;
	int err = codec_pdu(run);

	if (!err)
		err = wire_smb2_error_rsp_decode(&run->pdu, &rsp);
	if (!err)
		err = wire_smb2_symlink_decode(&rsp, &link);
	if (err)
		return err;
	codec_touch(run, &rsp.data);
	codec_touch(run, &link.substitute);
	codec_touch(run, &link.print);
	return 0;
}

static int run_validate_req(struct codec_run *run)
{
	struct wire_blob input = { .ptr = run->buf, .len = run->len };
	struct wire_validate_negotiate_req req;
	int err = mirror_validate_negotiate_req_decode(&input, &req);

	if (err || !run->out)
		return err;
	return wire_validate_negotiate_req_encode(run->out, &req);
}

CODEC_BLOB(validate_rsp, struct wire_validate_negotiate_rsp,
	   wire_validate_negotiate_rsp_decode,
	   mirror_validate_negotiate_rsp_encode)

const struct codec codecs_conn[] = {
	CODEC_CASE(nbss_request, nbss_request),
	CODEC_CASE(nbss_answer, nbss_positive),
	CODEC_CASE(nbss_answer, nbss_negative),
	CODEC_CASE(nbss_answer, nbss_retarget),
	CODEC_CASE(hdr, echo_rsp, .min = SMB2_HDR_SIZE),
	CODEC_CASE(hdr, error_rsp_pending, .min = SMB2_HDR_SIZE),
	/* the last body may be cut short: nobody has looked into it yet */
	CODEC_CASE(compound, compound_req, .min = 320, .flags = CODEC_LOOSE),
	CODEC_CASE(compound, compound_rsp, .min = 448, .flags = CODEC_LOOSE),
	CODEC_CASE(transform, transform),
	/* with contexts that we do not send */
	CODEC_CASE(negotiate_req, negotiate_req, .flags = CODEC_LOOSE),
	CODEC_CASE(negotiate_req, negotiate_req_cifs, .flags = CODEC_LOOSE),
	CODEC_CASE(negotiate_req, negotiate_req_30),
	CODEC_CASE(multi_req, multi_req, .flags = CODEC_LOOSE),
	CODEC_CASE(negotiate_rsp, negotiate_rsp),
	CODEC_CASE(negotiate_rsp, negotiate_rsp_21),
	CODEC_CASE(session_setup_req, session_setup_req),
	CODEC_CASE(session_setup_req, session_setup_req_2),
	CODEC_CASE(session_setup_rsp, session_setup_rsp),
	CODEC_CASE(session_setup_rsp, session_setup_rsp_2),
	CODEC_CASE(logoff_req, logoff_req),
	CODEC_CASE(logoff_rsp, logoff_rsp),
	CODEC_CASE(tree_connect_req, tree_connect_req),
	CODEC_CASE(tree_connect_rsp, tree_connect_rsp),
	CODEC_CASE(tree_connect_rsp, tree_connect_rsp_disk),
	CODEC_CASE(tree_disconnect_req, tree_disconnect_req),
	CODEC_CASE(tree_disconnect_rsp, tree_disconnect_rsp),
	CODEC_CASE(cancel_req, cancel_req),
	CODEC_CASE(echo_req, echo_req),
	CODEC_CASE(echo_rsp, echo_rsp),
	/* ErrorData has at least one byte, which says nothing */
	CODEC_CASE(error_rsp, error_rsp, .min = 72),
	CODEC_CASE(error_rsp, error_rsp_pending, .min = 72,
		   .flags = CODEC_LOOSE),
	CODEC_CASE(error_rsp, error_rsp_symlink),
	CODEC_CASE(symlink, error_rsp_symlink, .flags = CODEC_ONE_WAY),
	CODEC_CASE(symlink, error_rsp_symlink_311, .flags = CODEC_ONE_WAY),
	CODEC_CASE(validate_req, validate_negotiate_req),
	CODEC_CASE(validate_rsp, validate_negotiate_rsp),
};

const u32 codecs_conn_count = ARRAY_SIZE(codecs_conn);
