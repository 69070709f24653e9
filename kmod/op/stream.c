// SPDX-License-Identifier: GPL-2.0-only
/*
 * stream: named streams of a file, read and written as a whole.
 */
#include <linux/completion.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include "../wire/fscc_ea.h"
#include "../wire/utf16.h"
#include "verbs.h"

/* What an extended attribute of Linux can hold. */
#define STREAM_MAX	65536

/* Their names with ':' and ":$DATA" around, in a list of the file. */
#define STREAMS_MAX	UNC_CREDIT_BYTES

static const struct unc_query query = {
	.how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	},
	.type = SMB2_0_INFO_FILE,
	.class = FSCC_FILE_STREAM,
	.max = STREAMS_MAX,
};

static void moved(struct unc_io *io)
{
	complete(io->priv);
}

static ssize_t move(struct unc_open *open, struct kvec *vec, u64 pos,
		    bool write)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct unc_io io = {
		.open = open,
		.pos = pos,
		.len = vec->iov_len,
		.done = moved,
		.priv = &done,
	};
	int err;

	iov_iter_kvec(&io.iter, write ? ITER_SOURCE : ITER_DEST, vec, 1,
		      vec->iov_len);
	err = write ? unc_op_write_start(&io) : unc_op_read_start(&io);
	if (err)
		return err;
	if (wait_for_completion_killable(&done)) {
		/* It is on our stack, and ends at its deadline at the latest. */
		unc_op_io_cancel(&io);
		wait_for_completion(&done);
		return -ERESTARTSYS;
	}
	return io.result;
}

/* All of it, or as much as there is. */
static ssize_t move_all(struct unc_open *open, void *buf, size_t size,
			bool write)
{
	size_t sum = 0;
	ssize_t n = 1;

	while (sum < size && n > 0) {
		struct kvec vec = {
			.iov_base = buf + sum,
			.iov_len = size - sum,
		};

		n = move(open, &vec, sum, write);
		sum += max_t(ssize_t, n, 0);
	}
	return n < 0 ? n : sum;
}

static int named_open(struct unc_share *share, const char *path,
		      const struct unc_open_args *how, struct unc_open **open,
		      struct unc_attr_info *info)
{
	int err = unc_op_open(share, path, how, open, info, NULL);

	/* A file without this stream; the file itself is there. */
	if (err == -ENOENT)
		return -ENODATA;
	/* A server that has no streams takes it for a bad name. */
	return err == -EINVAL ? -EOPNOTSUPP : err;
}

/**
 * unc_op_stream_get - the content of a named stream
 * @share: where
 * @path: of what
 * @name: of the stream
 * @buf: room for it
 * @size: its size, 0 to be told how much is needed
 *
 * May sleep, killable.
 *
 * Return: bytes; -ENODATA, -ERANGE, -E2BIG for more than 64 KiB, -EOPNOTSUPP,
 * or another -errno.
 */
int unc_op_stream_get(struct unc_share *share, const char *path,
		      const char *name, void *buf, size_t size)
{
	const struct unc_open_args how = {
		.access = SMB2_FILE_READ_DATA | SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.stream = name,
	};
	struct unc_attr_info info;
	struct unc_open *open;
	int err = named_open(share, path, &how, &open, &info);

	if (err)
		return err;
	if (info.size > STREAM_MAX)
		err = -E2BIG;
	else if (size && info.size > size)
		err = -ERANGE;
	else if (size)
		err = move_all(open, buf, info.size, false);
	else
		err = info.size;
	unc_op_close(open, unc_why_open);
	return err;
}

/**
 * unc_op_stream_set - make or replace a named stream
 * @share: where
 * @path: of what
 * @name: of the stream
 * @value: its content
 * @size: bytes, 0 for an empty stream
 *
 * May sleep, killable.  Return: 0, -EOPNOTSUPP, or another -errno.
 */
int unc_op_stream_set(struct unc_share *share, const char *path,
		      const char *name, const void *value, size_t size)
{
	const struct unc_open_args how = {
		.access = SMB2_FILE_WRITE_DATA | SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OVERWRITE_IF,
		.attributes = FSCC_ATTR_NORMAL,
		.stream = name,
	};
	struct unc_open *open;
	ssize_t n;
	int err = named_open(share, path, &how, &open, NULL);

	if (err)
		return err;
	n = move_all(open, (void *)value, size, true);
	unc_op_close(open, unc_why_open);
	if (n < 0)
		return n;
	return n == size ? 0 : -EIO;
}

/**
 * unc_op_stream_remove - remove a named stream
 * @share: where
 * @path: of what
 * @name: of the stream
 *
 * May sleep, killable.  Return: 0, -ENODATA, -EOPNOTSUPP, or another -errno.
 */
int unc_op_stream_remove(struct unc_share *share, const char *path,
			 const char *name)
{
	const struct unc_open_args how = {
		.access = SMB2_DELETE,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DELETE_ON_CLOSE,
		.stream = name,
	};
	struct unc_open *open;
	int err = named_open(share, path, &how, &open, NULL);

	if (!err)
		unc_op_close(open, unc_why_open);
	return err;
}

/* ":name:$DATA" to "name"; 0 for the content of the file itself. */
static int name_of(const struct wire_fscc_stream *stream, char *buf, u32 size)
{
	int n = wire_utf16_to_utf8(buf, size - 1, stream->name.ptr,
				   stream->name.len, WIRE_UTF_LONE);
	char *end;

	if (n < 0)
		return 0;
	buf[n] = '\0';
	end = *buf == ':' ? strchr(buf + 1, ':') : NULL;
	if (!end || strcmp(end, ":$DATA"))
		return 0;
	*end = '\0';
	return end - buf - 1;
}

static ssize_t list_streams(struct wire_in *in, const char *prefix, char *buf,
			    size_t size)
{
	struct wire_fscc_stream stream;
	char name[1024];
	size_t len = 0, n;
	int ret;

	while ((ret = wire_fscc_stream_next(in, &stream)) > 0) {
		if (!name_of(&stream, name, sizeof(name)))
			continue;
		n = strlen(prefix) + strlen(name + 1) + 1;
		if (size && len + n > size)
			return -ERANGE;
		if (size)
			snprintf(buf + len, n, "%s%s", prefix, name + 1);
		len += n;
	}
	return ret ? -EIO : len;
}

/**
 * unc_op_stream_list - the names of the named streams
 * @share: where
 * @path: of what
 * @prefix: to be put before each name
 * @buf: room for them, each ended by a NUL
 * @size: its size, 0 to be told how much is needed
 *
 * [MS-FSCC] 2.4.49.  May sleep, killable.
 *
 * Return: bytes; -ERANGE, -EOPNOTSUPP, or another -errno.
 */
ssize_t unc_op_stream_list(struct unc_share *share, const char *path,
			   const char *prefix, char *buf, size_t size)
{
	struct wire_blob blob;
	struct wire_in in;
	ssize_t n = unc_query_blob(share, path, &query, &blob);

	if (n)
		return n;
	wire_in_from(&in, &blob);
	n = list_streams(&in, prefix, buf, size);
	kvfree(blob.ptr);
	return n;
}
