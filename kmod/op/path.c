// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names: UTF-8 and '/' on this side, UTF-16LE and '\' on the server's.  All
 * names of files and targets of links go through here, in both directions.
 */
#include <linux/errno.h>
#include <linux/hash.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "../wire/gmt.h"
#include "../wire/utf16.h"
#include "verbs.h"

/* NameLength counts bytes of UTF-16 and has 16 bits, [MS-SMB2] 2.2.13. */
#define NAME_ENCODE_MAX	(U16_MAX / 2)

/*
 * A name may hold any byte on Linux.  '\' would be taken for a separator, and
 * what follows ':' for a stream of the file before it: where such characters
 * have not been mapped to others, refusing them is the only answer that does
 * not touch another file than the one that was meant.
 */
static const char reserved[] = "\\:";

static void slashes_to_backslashes(u8 *name, u32 len)
{
	u32 i;

	for (i = 0; i < len; i += 2)
		if (get_unaligned_le16(name + i) == '/')
			put_unaligned_le16('\\', name + i);
}

static int name_encode(const char *path, const char *refuse,
		       struct wire_blob *name)
{
	size_t len = strlen(path);
	u8 *buf;
	int n;

	if (len > NAME_ENCODE_MAX)
		return -ENAMETOOLONG;
	if (strpbrk(path, refuse))
		return -EINVAL;
	buf = kmalloc(WIRE_UTF16_MAX(len) + 2, GFP_NOFS);
	if (!buf)
		return -ENOMEM;
	n = wire_utf16_from_utf8(buf, WIRE_UTF16_MAX(len), path, len,
				 WIRE_UTF_LONE);
	if (n < 0) {
		kfree(buf);
		return n;
	}
	slashes_to_backslashes(buf, n);
	*name = (struct wire_blob){ .ptr = buf, .len = n };
	return 0;
}

/**
 * unc_path_encode - make the name that a CREATE or a rename carries
 * @path: as in &struct unc_op
 * @name: set on success; to be freed by unc_path_free()
 *
 * May sleep (GFP_NOFS).
 *
 * Return: 0, -ENOMEM, -ENAMETOOLONG, -EILSEQ if @path is not UTF-8, -EINVAL
 * if the server would read it as the name of something else.
 */
int unc_path_encode(const char *path, struct wire_blob *name)
{
	return name_encode(path, reserved, name);
}

/**
 * unc_stream_encode - make the name of a stream of a file
 * @path: as in &struct unc_op
 * @stream: its name
 * @name: set on success; to be freed by unc_path_free()
 *
 * [MS-FSCC] 2.1.5.  Return: as unc_path_encode().
 */
int unc_stream_encode(const char *path, const char *stream,
		      struct wire_blob *name)
{
	char *whole;
	int err;

	if (strpbrk(path, reserved) || strpbrk(stream, "\\:/"))
		return -EINVAL;
	whole = kasprintf(GFP_NOFS, "%s:%s:$DATA", path, stream);
	if (!whole)
		return -ENOMEM;
	err = name_encode(whole, "\\", name);
	kfree(whole);
	return err;
}

/**
 * unc_target_encode - make the target that a symbolic link carries
 * @target: as Linux has it; any characters but '\'
 * @name: set on success; to be freed by unc_path_free()
 *
 * Return: as unc_path_encode().
 */
int unc_target_encode(const char *target, struct wire_blob *name)
{
	return name_encode(target, "\\", name);
}

static u32 name_len(const char *name)
{
	const char *slash = strchrnul(name, '/');

	return slash - name;
}

/**
 * unc_path_snapshot - find the snapshot that a path leads through
 * @path: as in &struct unc_op
 * @at: on return where its name begins, if there is one
 *
 * Any context.
 *
 * Return: when the snapshot was made, as on the wire; 0 if @path has none.
 */
u64 unc_path_snapshot(const char *path, u32 *at)
{
	const char *name = path;
	u64 when;
	u32 len;

	for (;;) {
		len = name_len(name);
		if (!wire_gmt_parse(name, len, &when)) {
			*at = name - path;
			return when;
		}
		if (!name[len])
			return 0;
		name += len + 1;
	}
}

/**
 * unc_path_without - a path without the name of its snapshot
 * @path: as in &struct unc_op
 * @at: where the name of the snapshot begins
 *
 * May sleep (GFP_NOFS).
 *
 * Return: to be freed by kfree(), or NULL.
 */
char *unc_path_without(const char *path, u32 at)
{
	const char *rest = path + at + name_len(path + at);
	char *live = kmalloc(strlen(path) + 1, GFP_NOFS);

	if (!live)
		return NULL;
	if (*rest)
		rest++;
	else if (at)
		at--;
	memcpy(live, path, at);
	memcpy(live + at, rest, strlen(rest) + 1);
	return live;
}

/**
 * unc_snapshot_id - the id of a file in a snapshot
 * @id: as the server has it, which is that of the file itself
 * @when: when the snapshot was made, 0: it is the file itself
 *
 * Any context.
 */
u64 unc_snapshot_id(u64 id, u64 when)
{
	if (!id || !when)
		return id;
	return hash_64(when, 64) ^ id ?: 1;
}

/**
 * unc_path_free - free what unc_path_encode() made
 * @name: the name
 */
void unc_path_free(struct wire_blob *name)
{
	kfree(name->ptr);
	name->ptr = NULL;
}

static bool is_dot_or_dotdot(const char *name, u32 len)
{
	return name[0] == '.' && (len == 1 || (len == 2 && name[1] == '.'));
}

/**
 * unc_name_decode - take the name of a directory entry
 * @name: from the wire, may hold anything
 * @buf: room for UTF-8 and a NUL
 * @size: its size
 *
 * Any context.
 *
 * Return: bytes of the name without the NUL, or 0 if no entry of a directory
 * may have it: it is empty, "." or "..", too long, no UTF-16, or holds what
 * would make another path of it.
 */
int unc_name_decode(const struct wire_blob *name, char *buf, u32 size)
{
	int len;

	len = wire_utf16_to_utf8(buf, size - 1, name->ptr, name->len,
				 WIRE_UTF_LONE);
	if (len <= 0 || is_dot_or_dotdot(buf, len))
		return 0;
	if (memchr(buf, '/', len) || memchr(buf, '\\', len) ||
	    memchr(buf, '\0', len))
		return 0;
	buf[len] = '\0';
	return len;
}

/**
 * unc_target_decode - take the target of a symbolic link
 * @name: from the wire, may hold anything
 * @buf: room for UTF-8 and a NUL
 * @size: its size
 *
 * Any context.  What Linux makes of it is up to its path walk.
 *
 * Return: bytes of the target without the NUL, -ENAMETOOLONG, or -EIO if it
 * is empty, no UTF-16, or holds a NUL.
 */
int unc_target_decode(const struct wire_blob *name, char *buf, u32 size)
{
	int len;

	len = wire_utf16_to_utf8(buf, size - 1, name->ptr, name->len,
				 WIRE_UTF_LONE);
	if (len < 0)
		return len == -EILSEQ ? -EIO : -ENAMETOOLONG;
	if (!len || memchr(buf, '\0', len))
		return -EIO;
	buf[len] = '\0';
	strreplace(buf, '\\', '/');
	return len;
}
