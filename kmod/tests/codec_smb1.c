// SPDX-License-Identifier: GPL-2.0-or-later
/* Codecs of SMB 1: what a client reads. */
#include "../wire/smb1_file.h"
#include "../wire/smb1_setup.h"
#include "../wire/smb1_trans.h"
#include "codec.h"
#include "vectors.h"

/* A reader behind the header. */
static int begin(struct codec_run *run, struct wire_smb1_hdr *hdr)
{
	wire_in_init(&run->pdu, run->buf, run->len);
	return wire_smb1_hdr_decode(&run->pdu, hdr);
}

#define SMB1_RSP(id, type, decode, ...) \
static int run_smb1_##id(struct codec_run *run) \
{ \
	struct wire_smb1_hdr hdr; \
	type v; \
	int err = begin(run, &hdr); \
\
	if (!err) \
		err = decode; \
	if (err) \
		return err; \
	__VA_ARGS__; \
	return 0; \
}

SMB1_RSP(negotiate, struct wire_smb1_negotiate_rsp,
	 wire_smb1_negotiate_rsp_decode(&run->pdu, &v), CODEC_TOUCH(token))
SMB1_RSP(session, struct wire_smb1_session_rsp,
	 wire_smb1_session_rsp_decode(&run->pdu, &v), CODEC_TOUCH(token))
SMB1_RSP(tree, struct wire_smb1_tree_rsp,
	 wire_smb1_tree_rsp_decode(&run->pdu, &v), CODEC_TOUCH(service))
SMB1_RSP(create, struct wire_smb2_create_rsp,
	 wire_smb1_create_rsp_decode(&run->pdu, &v), run->sum += v.attributes)
SMB1_RSP(read, struct wire_smb2_read_rsp,
	 wire_smb1_read_rsp_decode(&run->pdu, &v), CODEC_TOUCH(data))
SMB1_RSP(write, struct wire_smb2_write_rsp,
	 wire_smb1_write_rsp_decode(&run->pdu, &v), run->sum += v.count)
SMB1_RSP(trans, struct wire_smb1_trans_rsp,
	 wire_smb1_trans_rsp_decode(&run->pdu, false, &v),
	 CODEC_TOUCH(params); CODEC_TOUCH(data))
SMB1_RSP(nt_trans, struct wire_smb1_trans_rsp,
	 wire_smb1_trans_rsp_decode(&run->pdu, true, &v),
	 CODEC_TOUCH(params); CODEC_TOUCH(data))

static int run_smb1_plain(struct codec_run *run)
{
	struct wire_smb1_hdr hdr;
	int err = begin(run, &hdr);

	return err ?: wire_smb1_plain_rsp_decode(&run->pdu);
}

static int run_smb1_found(struct codec_run *run)
{
	struct wire_blob params = { run->buf, run->len };
	struct wire_smb1_found found;

	return wire_smb1_found_decode(&params, true, &found);
}

/* The entries of a search, of which as many as SearchCount says. */
static int run_smb1_entries(struct codec_run *run)
{
	u8 copy[256];
	u32 len = run->len < sizeof(copy) ? run->len : sizeof(copy);

	memcpy(copy, run->buf, len);
	return wire_smb1_found_end(copy, len, 3);
}

/* [MS-CIFS] 2.2.8.3.8, and the form that it is turned into */
static int run_smb1_all(struct codec_run *run)
{
	struct wire_blob data = { run->buf, run->len };
	struct wire_out o;
	u8 wide[100];

	wire_out_init(&o, wide, sizeof(wide));
	return wire_smb1_all_widen(&data, &o);
}

static const u8 vec_smb1_entries[] = {
	8, 0, 0, 0, 1, 1, 1, 1, 8, 0, 0, 0, 2, 2, 2, 2, 8, 0, 0, 0,
};

static const u8 vec_smb1_found[] = { 0x00, 0x04, 0x02, 0x00, 0x01, 0x00 };

/* Times, attributes, sizes, links, flags, EaSize */
static const u8 vec_smb1_all[68] = {
	[32] = 0x20, [40] = 0x00, 0x10, [48] = 0x06, [56] = 0x01, [64] = 0x07,
};

/* Of four bytes of parameters and of data each, as laid out by hand. */
static const u8 vec_smb1_nt_trans[] = {
	0xff, 'S', 'M', 'B', 0xa0, 0, 0, 0, 0, 0x88, 0x03, 0xc8,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 7, 0,
	18, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 72, 0, 0, 0,
	0, 0, 0, 0, 4, 0, 0, 0, 76, 0, 0, 0, 0, 0, 0, 0, 0,
	11, 0, 0, 'p', 'p', 'p', 'p', 'd', 'd', 'd', 'd',
};

const struct codec codecs_smb1[] = {
	CODEC_CASE(smb1_negotiate, smb1_negotiate_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_session, smb1_session_rsp_more, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_session, smb1_session_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_tree, smb1_tree_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_tree, smb1_tree_rsp_pipe, .flags = CODEC_ONE_WAY),
	/* without ByteCount, which some servers get wrong, they are good, too */
	CODEC_CASE(smb1_create, smb1_create_rsp, .min = 101,
		   .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_write, smb1_write_rsp, .min = 45,
		   .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_read, smb1_read_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_trans, smb1_find_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_trans, smb1_query_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_nt_trans, smb1_nt_trans, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_plain, smb1_close_rsp, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_found, smb1_found, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_entries, smb1_entries, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_all, smb1_all, .flags = CODEC_ONE_WAY),
};

const u32 codecs_smb1_count = ARRAY_SIZE(codecs_smb1);
