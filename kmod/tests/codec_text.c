// SPDX-License-Identifier: GPL-2.0-or-later
/* Names, from UTF-16 and to it. */
#include "../wire/gmt.h"
#include "../wire/name_map.h"
#include "../wire/utf16.h"
#include "codec.h"
#include "vectors.h"

enum {
	/* Longer texts are cut: the limit is of the test, not of the codec. */
	TEXT_MAX	= 256,
};

/* UTF-16 to UTF-8; encoded again from there. */
static int run_utf16(struct codec_run *run)
{
	u32 len = run->len < TEXT_MAX ? run->len : TEXT_MAX;
	char utf8[WIRE_UTF8_MAX(TEXT_MAX)];
	u8 utf16[TEXT_MAX];
	int n, m;

	n = wire_utf16_to_utf8(NULL, 0, run->buf, len, WIRE_UTF_LONE);
	m = wire_utf16_to_utf8(utf8, sizeof(utf8), run->buf, len, WIRE_UTF_LONE);
	if (n != m)
		run->outside = true;
	if (m < 0)
		return -EBADMSG;
	/* what came out goes in again, and yields the same */
	n = wire_utf16_from_utf8(utf16, sizeof(utf16), utf8, m, WIRE_UTF_LONE);
	if (n != (int)len || memcmp(utf16, run->buf, len))
		run->outside = true;
	if (run->out)
		wire_out_bytes(run->out, utf16, len);
	return run->out ? wire_out_errno(run->out) : 0;
}

/* The other way. */
static int run_utf8(struct codec_run *run)
{
	u32 len = run->len < TEXT_MAX ? run->len : TEXT_MAX;
	const char *text = (const char *)run->buf;
	u8 utf16[WIRE_UTF16_MAX(TEXT_MAX)];
	char utf8[TEXT_MAX];
	int n, m;

	n = wire_utf16_from_utf8(NULL, 0, text, len, WIRE_UTF_LONE);
	m = wire_utf16_from_utf8(utf16, sizeof(utf16), text, len, WIRE_UTF_LONE);
	if (n != m)
		run->outside = true;
	if (m < 0)
		return -EBADMSG;
	n = wire_utf16_to_utf8(utf8, sizeof(utf8), utf16, m, WIRE_UTF_LONE);
	if (n != (int)len || memcmp(utf8, text, len))
		run->outside = true;
	if (run->out)
		wire_out_bytes(run->out, utf8, len);
	return run->out ? wire_out_errno(run->out) : 0;
}

/* Mapped, and back; what is refused is so for its private characters. */
static int run_name_map(struct codec_run *run, enum wire_name_map map)
{
	u32 len = run->len < TEXT_MAX ? run->len : TEXT_MAX;
	char mapped[TEXT_MAX * 3];
	const char *text = (const char *)run->buf;
	int n, m;

	n = wire_name_map(NULL, 0, text, len, map);
	m = wire_name_map(mapped, sizeof(mapped), text, len, map);
	if (n != m)
		run->outside = true;
	if (m < 0)
		return -EBADMSG;
	n = wire_name_unmap(mapped, m, map);
	if (n != (int)len || memcmp(mapped, text, len))
		run->outside = true;
	if (run->out)
		wire_out_bytes(run->out, mapped, len);
	return run->out ? wire_out_errno(run->out) : 0;
}

static int run_name_sfm(struct codec_run *run)
{
	return run_name_map(run, WIRE_NAMES_SFM);
}

static int run_name_sfu(struct codec_run *run)
{
	return run_name_map(run, WIRE_NAMES_SFU);
}

/* A list of snapshots; encoded again name by name. */
static int run_snapshots(struct codec_run *run)
{
	struct wire_blob blob = { .ptr = run->buf, .len = run->len };
	struct wire_snapshots list;
	char text[WIRE_GMT_LEN + 1];
	struct wire_in names;
	u64 when;
	u32 i;
	int ret;

	ret = wire_snapshots_decode(&blob, &list);
	if (ret)
		return ret;
	codec_touch(run, &list.names);
	if (run->out) {
		wire_out_u32(run->out, list.total);
		wire_out_u32(run->out, list.returned);
		wire_out_u32(run->out, list.size);
	}
	wire_in_from(&names, &list.names);
	while ((ret = wire_snapshot_next(&names, &when)) > 0) {
		wire_gmt_format(when, text);
		if (strlen(text) != WIRE_GMT_LEN)
			run->outside = true;
		for (i = 0; run->out && i <= WIRE_GMT_LEN; i++)
			wire_out_u16(run->out, text[i]);
	}
	if (ret || !run->out)
		return ret;
	wire_out_zero(run->out, wire_in_left(&names) + 2);
	return wire_out_errno(run->out);
}

const struct codec codecs_text[] = {
	CODEC_CASE(utf16, utf16_name, .flags = CODEC_TEXT),
	CODEC_CASE(utf8, utf8_name, .flags = CODEC_TEXT),
	CODEC_CASE(name_sfm, name_map, .flags = CODEC_TEXT),
	CODEC_CASE(name_sfu, name_map_sfu, .flags = CODEC_TEXT),
	CODEC_CASE(snapshots, snapshots),
};

const u32 codecs_text_count = ARRAY_SIZE(codecs_text);
