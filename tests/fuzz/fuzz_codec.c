// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A libFuzzer target for every codec of kmod/tests/codec.h.
 *
 *	fuzz_codec --list		names of the targets
 *	fuzz_codec --seeds DIR		write the good vectors as DIR/TARGET/NAME
 *	UNC_FUZZ=TARGET fuzz_codec ...	run one, with libFuzzer's options
 *
 * A target is a decoder; it is named after its first good vector.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "../../kmod/tests/codec.h"

#define ROOM (1 << 17)

static const struct codec *target;

static void die(const char *what)
{
	fprintf(stderr, "fuzz_codec: %s\n", what);
	abort();
}

/* The first codec with the same decoder gives the target its name. */
static const struct codec *target_of(const struct codec *codec)
{
	u32 i = 0;

	while (codec_at(i)->run != codec->run)
		i++;
	return codec_at(i);
}

static void list(void)
{
	const struct codec *codec;
	u32 i;

	for (i = 0; (codec = codec_at(i)); i++)
		if (target_of(codec) == codec)
			puts(codec->name);
}

static void seeds(const char *folder)
{
	const struct codec *codec;
	char path[4096];
	FILE *file;
	u32 i;

	for (i = 0; (codec = codec_at(i)); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder,
			 target_of(codec)->name);
		mkdir(path, 0777);
		snprintf(path, sizeof(path), "%s/%s/%s", folder,
			 target_of(codec)->name, codec->name);
		file = fopen(path, "w");
		if (!file || fwrite(codec->good, codec->len, 1, file) != 1 ||
		    fclose(file))
			die("cannot write the seeds");
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("UNC_FUZZ");
	u32 i;

	if (*argc == 2 && !strcmp((*argv)[1], "--list")) {
		list();
		exit(0);
	}
	if (*argc == 3 && !strcmp((*argv)[1], "--seeds")) {
		seeds((*argv)[2]);
		exit(0);
	}
	for (i = 0; name && codec_at(i); i++)
		if (!strcmp(codec_at(i)->name, name))
			target = codec_at(i);
	if (!target)
		die("UNC_FUZZ must be one of --list");
	return 0;
}

/* Exactly @len bytes of the heap, so that reading beside them is found. */
static u8 *copy_of(const u8 *from, u32 len)
{
	u8 *copy = malloc(len ? len : 1);

	if (!copy)
		die("out of memory");
	memcpy(copy, from, len);
	return copy;
}

/* What was decoded is encoded; -1 where the encoder does not like it. */
static int encode(const u8 *buf, u32 len, u8 *out, u32 *out_len)
{
	struct wire_out o;

	wire_out_init(&o, out, ROOM);
	if (codec_encode(target, buf, len, &o))
		return -1;
	*out_len = o.pos;
	return 0;
}

/* What we encode we can decode, and it means the same. */
static void round_trip(const u8 *buf, u32 len)
{
	static u8 first[ROOM], second[ROOM];
	u32 first_len, second_len;
	u8 *copy;

	if (target->flags & CODEC_ONE_WAY || encode(buf, len, first, &first_len))
		return;
	copy = copy_of(first, first_len);
	if (encode(copy, first_len, second, &second_len))
		die("what was encoded cannot be decoded");
	if (first_len != second_len || memcmp(first, second, first_len))
		die("a second round trip yields something else");
	free(copy);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct codec_run run;

	if (codec_decode(target, &run, data, size))
		return 0;
	if (run.outside)
		die("the decoder returned bytes outside of its input");
	round_trip(data, size);
	return 0;
}
