// SPDX-License-Identifier: GPL-2.0-only
/*
 * ea: extended attributes, which the server keeps as names and values of
 * limited size.  Their names do not differ by case.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "../wire/fscc_ea.h"
#include "verbs.h"

/* All of them; what one credit pays for. */
#define EAS_MAX		UNC_CREDIT_BYTES

static const struct unc_query query = {
	.how = {
		.access = SMB2_FILE_READ_EA,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	},
	.type = SMB2_0_INFO_FILE,
	.class = FSCC_FILE_FULL_EA,
	.max = EAS_MAX,
	.flags = SMB2_QUERY_RESTART_SCAN,
};

/* No attributes at all is an empty list. */
static int ea_query(struct unc_share *share, const char *path,
		    struct wire_blob *blob)
{
	int err = unc_query_blob(share, path, &query, blob);

	if (err != -ENODATA)
		return err;
	blob->ptr = NULL;
	blob->len = 0;
	return 0;
}

static bool is_named(const struct wire_fscc_ea *ea, const char *name)
{
	return ea->name.len == strlen(name) &&
	       !strncasecmp((const char *)ea->name.ptr, name, ea->name.len);
}

static int ea_find(struct wire_in *list, const char *name,
		   struct wire_fscc_ea *ea)
{
	int ret;

	while ((ret = wire_fscc_ea_next(list, ea)) > 0)
		if (is_named(ea, name))
			return 0;
	return ret ? -EIO : -ENODATA;
}

/**
 * unc_op_ea_get - the value of an extended attribute
 * @share: where
 * @path: of what
 * @name: of the attribute
 * @buf: room for the value
 * @size: its size, 0 to be told how much is needed
 *
 * [MS-FSCC] 2.4.15.  May sleep, killable.
 *
 * Return: bytes of the value; -ENODATA, -ERANGE, or another -errno.
 */
int unc_op_ea_get(struct unc_share *share, const char *path, const char *name,
		  void *buf, size_t size)
{
	struct wire_fscc_ea ea;
	struct wire_blob blob;
	struct wire_in list;
	int err = ea_query(share, path, &blob);

	if (err)
		return err;
	wire_in_from(&list, &blob);
	err = ea_find(&list, name, &ea);
	if (!err && size && ea.value.len > size)
		err = -ERANGE;
	if (!err && size)
		memcpy(buf, ea.value.ptr, ea.value.len);
	if (!err)
		err = ea.value.len;
	kvfree(blob.ptr);
	return err;
}

/**
 * unc_op_ea_list - the names of the extended attributes
 * @share: where
 * @path: of what
 * @prefix: to be put before each name
 * @buf: room for them, each ended by a NUL
 * @size: its size, 0 to be told how much is needed
 *
 * May sleep, killable.  Return: bytes; -ERANGE, or another -errno.
 */
int unc_op_ea_list(struct unc_share *share, const char *path,
		   const char *prefix, char *buf, size_t size)
{
	struct wire_fscc_ea ea;
	struct wire_blob blob;
	struct wire_in list;
	size_t len = 0, n;
	int err = ea_query(share, path, &blob);

	if (err)
		return err;
	wire_in_from(&list, &blob);
	while ((err = wire_fscc_ea_next(&list, &ea)) > 0) {
		n = strlen(prefix) + ea.name.len + 1;
		if (size && len + n > size) {
			err = -ERANGE;
			break;
		}
		if (size)
			snprintf(buf + len, n, "%s%.*s", prefix,
				 (int)ea.name.len, ea.name.ptr);
		len += n;
	}
	kvfree(blob.ptr);
	return err == -EBADMSG ? -EIO : err ?: len;
}

/**
 * unc_op_ea_set - set or remove an extended attribute
 * @share: where
 * @path: of what
 * @name: of the attribute
 * @value: its value
 * @len: bytes; 0 removes it
 *
 * [MS-FSCC] 2.4.15.  May sleep, killable.
 *
 * Return: 0; -EINVAL for a name that the server does not take; -E2BIG, or
 * another -errno.
 */
int unc_op_ea_set(struct unc_share *share, const char *path, const char *name,
		  const void *value, size_t len)
{
	struct wire_fscc_ea ea = {
		.name = { .ptr = (const u8 *)name, .len = strlen(name) },
		.value = { .ptr = value, .len = len },
	};
	struct unc_set set = {
		.how = {
			.access = SMB2_FILE_WRITE_EA,
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_OPEN_REPARSE_POINT,
		},
		.class = FSCC_FILE_FULL_EA,
	};
	size_t room = WIRE_FSCC_EA_FIXED + ea.name.len + len;
	struct wire_out out;
	u8 *buf;
	int err;

	if (len > U16_MAX)
		return -E2BIG;
	buf = kvmalloc(room, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	wire_out_init(&out, buf, room);
	err = wire_fscc_ea_encode(&out, &ea);
	set.data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	if (!err)
		err = unc_set_path(share, path, &set, NULL);
	kvfree(buf);
	return err;
}
