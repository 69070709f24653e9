// SPDX-License-Identifier: GPL-2.0-or-later
/* Codecs of SMB 1: what a client reads. */
#include "../wire/smb1_ea.h"
#include "../wire/smb1_file.h"
#include "../wire/smb1_pipe.h"
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

/* Pipes: [MS-FSCC] in one direction, [MS-CIFS] 2.2.5 in the other */
static int run_smb1_wait(struct codec_run *run)
{
	struct wire_blob input = { run->buf, run->len };
	struct wire_smb1_wait v;
	int err = wire_smb1_wait_decode(&input, &v);

	if (err)
		return err;
	CODEC_TOUCH(name);
	return 0;
}

static int run_smb1_peek(struct codec_run *run)
{
	struct wire_blob params = { run->buf, run->len };
	u8 wide[WIRE_SMB1_PEEK_WIDE];
	struct wire_out o;

	wire_out_init(&o, wide, sizeof(wide));
	return wire_smb1_peek_widen(&params, &o);
}

static int run_smb1_state(struct codec_run *run)
{
	struct wire_blob info = { run->buf, run->len };
	u16 state;

	return wire_smb1_pipe_state(&info, &state);
}

/* Extended attributes: the new form always has room, and can be read. */
static int run_smb1_eas(struct codec_run *run)
{
	struct wire_blob list = { run->buf, run->len < 512 ? run->len : 512 };
	u8 wide[WIRE_SMB1_EA_WIDE(512)];
	struct wire_fscc_ea ea;
	struct wire_out o;
	struct wire_in in;
	int err;

	wire_out_init(&o, wide, sizeof(wide));
	err = wire_smb1_ea_widen(&list, &o);
	if (err)
		return err;
	wire_in_init(&in, wide, o.pos);
	while ((err = wire_fscc_ea_next(&in, &ea)) > 0)
		run->sum += ea.value.len;
	/* a name with a NUL is refused by whoever reads it */
	return err;
}

static int run_smb1_ea_set(struct codec_run *run)
{
	struct wire_blob full = { run->buf, run->len < 512 ? run->len : 512 };
	struct wire_out o;
	u8 list[512 + 4];

	wire_out_init(&o, list, sizeof(list));
	return wire_smb1_ea_narrow(&full, &o);
}

static const u8 vec_smb1_wait[] = {
	0x10, 0x27, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 'a', 0, 'b', 0,
};

static const u8 vec_smb1_peek[] = { 100, 0, 60, 0, 3, 0 };
static const u8 vec_smb1_state[] = { 1, 0, 0, 0, 0, 0, 0, 0 };

static const u8 vec_smb1_eas[] = {
	25, 0, 0, 0, 0, 1, 2, 0, 'A', 0, 'x', 'y',
	0, 6, 2, 0, 'C', 'O', 'L', 'O', 'U', 'R', 0, 'z', 'z',
};

static const u8 vec_smb1_ea_set[] = {
	0, 0, 0, 0, 0, 1, 2, 0, 'A', 0, 'x', 'y',
};

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
	CODEC_CASE(smb1_wait, smb1_wait, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_peek, smb1_peek, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_state, smb1_state, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_eas, smb1_eas, .flags = CODEC_ONE_WAY),
	CODEC_CASE(smb1_ea_set, smb1_ea_set,
		   .flags = CODEC_ONE_WAY | CODEC_LIST),
};

const u32 codecs_smb1_count = ARRAY_SIZE(codecs_smb1);
