// SPDX-License-Identifier: GPL-2.0-or-later
#include "codec.h"

/**
 * codec_at - all codecs, one after the other
 * @index: counts from 0
 *
 * Return: a codec, or NULL after the last one.
 */
const struct codec *codec_at(u32 index)
{
	if (index < codecs_conn_count)
		return &codecs_conn[index];
	index -= codecs_conn_count;
	if (index < codecs_file_count)
		return &codecs_file[index];
	index -= codecs_file_count;
	if (index < codecs_fscc_count)
		return &codecs_fscc[index];
	index -= codecs_fscc_count;
	if (index < codecs_data_count)
		return &codecs_data[index];
	index -= codecs_data_count;
	if (index < codecs_smb1_count)
		return &codecs_smb1[index];
	index -= codecs_smb1_count;
	if (index < codecs_text_count)
		return &codecs_text[index];
	return NULL;
}

/**
 * codec_decode - decode and look at all that comes out
 * @codec: which decoder
 * @run: filled in
 * @buf: memory of exactly @len bytes
 * @len: how many
 *
 * Return: what the decoder said.
 */
int codec_decode(const struct codec *codec, struct codec_run *run,
		 const u8 *buf, u32 len)
{
	memset(run, 0, sizeof(*run));
	run->buf = buf;
	run->len = len;
	return codec->run(run);
}

/**
 * codec_encode - decode, then encode what came out
 * @codec: which
 * @buf: memory of exactly @len bytes
 * @len: how many
 * @out: gets the encoded bytes
 *
 * Return: what the decoder or the encoder said.
 */
int codec_encode(const struct codec *codec, const u8 *buf, u32 len,
		 struct wire_out *out)
{
	struct codec_run run = { .buf = buf, .len = len, .out = out };

	return codec->run(&run);
}

/**
 * codec_touch - read bytes that a decoder returned
 * @run: the decoding
 * @blob: the bytes
 */
void codec_touch(struct codec_run *run, const struct wire_blob *blob)
{
	u32 i;

	if (!blob->len && !blob->ptr)
		return;
	if (blob->ptr < run->buf || blob->ptr > run->buf + run->len ||
	    blob->len > run->buf + run->len - blob->ptr) {
		run->outside = true;
		return;
	}
	for (i = 0; i < blob->len; i++)
		run->sum += blob->ptr[i];
}

/**
 * codec_pdu - take the first PDU of a message
 * @run: gets the PDU and its header
 *
 * Return: 0 or -EBADMSG.
 */
int codec_pdu(struct codec_run *run)
{
	struct wire_in msg;
	int err;

	wire_in_init(&msg, run->buf, run->len);
	err = wire_smb2_pdu_next(&msg, &run->pdu, &run->hdr);
	if (err < 0)
		return err;
	if (!err)
		return -EBADMSG;
	return run->out ? wire_smb2_pdu_begin(run->out, &run->hdr) : 0;
}

/**
 * codec_pdu_done - end a PDU that codec_pdu() began to encode again
 * @run: the decoding
 * @err: what the encoder of the body said
 *
 * Return: @err, or -EMSGSIZE.
 */
int codec_pdu_done(struct codec_run *run, int err)
{
	if (err)
		return err;
	wire_smb2_pdu_end(run->out, false);
	return wire_out_errno(run->out);
}
