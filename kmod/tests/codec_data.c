// SPDX-License-Identifier: GPL-2.0-or-later
/* Codecs of ranges, copies, extended attributes and streams. */
#include "codec.h"
#include "mirror_data.h"
#include "vectors.h"

static int run_ranges(struct codec_run *run)
{
	struct wire_fscc_range range;
	struct wire_in list;
	int ret;

	wire_in_init(&list, run->buf, run->len);
	while ((ret = wire_fscc_range_next(&list, &range)) > 0)
		if (run->out)
			wire_fscc_range_encode(run->out, &range);
	if (ret || !run->out)
		return ret;
	return wire_out_errno(run->out);
}

static int run_eas(struct codec_run *run)
{
	struct wire_fscc_ea ea;
	struct wire_in list;
	u32 prev = U32_MAX;
	int ret;

	wire_in_init(&list, run->buf, run->len);
	while ((ret = wire_fscc_ea_next(&list, &ea)) > 0) {
		codec_touch(run, &ea.name);
		codec_touch(run, &ea.value);
		if (run->out)
			mirror_fscc_ea_encode(run->out, &prev, &ea);
	}
	if (ret || !run->out)
		return ret;
	return wire_out_errno(run->out);
}

/* What we send is a list of one. */
static int run_ea_set(struct codec_run *run)
{
	struct wire_fscc_ea ea = {};
	struct wire_in list;
	int ret;

	wire_in_init(&list, run->buf, run->len);
	ret = wire_fscc_ea_next(&list, &ea);
	if (ret <= 0)
		return -EBADMSG;
	codec_touch(run, &ea.name);
	codec_touch(run, &ea.value);
	return run->out ? wire_fscc_ea_encode(run->out, &ea) : 0;
}

static int run_streams(struct codec_run *run)
{
	struct wire_fscc_stream stream;
	struct wire_in list;
	u32 prev = U32_MAX;
	int ret;

	wire_in_init(&list, run->buf, run->len);
	while ((ret = wire_fscc_stream_next(&list, &stream)) > 0) {
		codec_touch(run, &stream.name);
		if (run->out)
			mirror_fscc_stream_encode(run->out, &prev, &stream);
	}
	if (ret || !run->out)
		return ret;
	return wire_out_errno(run->out);
}

static int sparse_encode(struct wire_out *o, const bool *sparse)
{
	return wire_fscc_sparse_encode(o, *sparse);
}

struct resume_key {
	u8 key[WIRE_SMB2_RESUME_KEY_SIZE];
};

static int resume_key_decode(const struct wire_blob *b, struct resume_key *key)
{
	return wire_smb2_resume_key_decode(b, key->key);
}

static int resume_key_encode(struct wire_out *o, const struct resume_key *key)
{
	return mirror_smb2_resume_key_encode(o, key->key);
}

static int copychunk_encode(struct wire_out *o,
			    const struct mirror_smb2_copychunk *copy)
{
	return wire_smb2_copychunk_encode(o, &copy->copy);
}

CODEC_BLOB(zero_data, struct wire_fscc_zero_data, mirror_fscc_zero_data_decode,
	   wire_fscc_zero_data_encode)
CODEC_BLOB(sparse, bool, mirror_fscc_sparse_decode, sparse_encode)
CODEC_BLOB(duplicate, struct wire_fscc_duplicate, mirror_fscc_duplicate_decode,
	   wire_fscc_duplicate_encode)
CODEC_BLOB(resume_key, struct resume_key, resume_key_decode, resume_key_encode)
CODEC_BLOB(copychunk, struct mirror_smb2_copychunk,
	   mirror_smb2_copychunk_decode, copychunk_encode)
CODEC_BLOB(copychunk_rsp, struct wire_smb2_copychunk_rsp,
	   wire_smb2_copychunk_rsp_decode, mirror_smb2_copychunk_rsp_encode)

const struct codec codecs_data[] = {
	/* whole ranges are good, too */
	CODEC_CASE(ranges, fscc_range, .flags = CODEC_LIST),
	CODEC_CASE(ranges, fscc_ranges, .flags = CODEC_LIST | CODEC_TEXT),
	CODEC_CASE(zero_data, fscc_zero_data),
	CODEC_CASE(sparse, fscc_sparse),
	CODEC_CASE(duplicate, fscc_duplicate),
	/* the context is not looked at */
	CODEC_CASE(resume_key, resume_key_rsp, .min = 28),
	CODEC_CASE(copychunk, copychunk_req),
	CODEC_CASE(copychunk_rsp, copychunk_rsp),
	CODEC_CASE(eas, fscc_eas, .flags = CODEC_LIST),
	CODEC_CASE(ea_set, fscc_ea_set),
	CODEC_CASE(streams, fscc_streams, .flags = CODEC_LIST),
};

const u32 codecs_data_count = ARRAY_SIZE(codecs_data);
