// SPDX-License-Identifier: GPL-2.0-only
/*
 * security: descriptors ([MS-DTYP] 2.4.6), as bytes that are not looked at
 * here.
 */
#include <linux/mm.h>
#include "verbs.h"

/* Those that a server keeps are below 64 KiB: an ACL counts in 16 bits. */
#define SECURITY_MAX	UNC_CREDIT_BYTES

/* What the parts need, [MS-SMB2] 3.3.5.20.3 and 3.3.5.21.3. */
static u32 access_to_read(u32 parts)
{
	return parts & SMB2_SACL_SECURITY_INFORMATION ?
	       SMB2_READ_CONTROL | SMB2_ACCESS_SYSTEM_SECURITY :
	       SMB2_READ_CONTROL;
}

static u32 access_to_write(u32 parts)
{
	u32 access = 0;

	if (parts & (SMB2_OWNER_SECURITY_INFORMATION |
		     SMB2_GROUP_SECURITY_INFORMATION))
		access |= SMB2_WRITE_OWNER;
	if (parts & SMB2_DACL_SECURITY_INFORMATION)
		access |= SMB2_WRITE_DAC;
	if (parts & SMB2_SACL_SECURITY_INFORMATION)
		access |= SMB2_ACCESS_SYSTEM_SECURITY;
	return access;
}

/**
 * unc_op_security_get - the security descriptor of a file
 * @share: where
 * @path: of what; links are not followed
 * @parts: enum smb2_security_info
 * @buf: room for it
 * @size: its size, 0 to be told how much is needed
 *
 * May sleep, killable.  Return: bytes; -ERANGE, -EACCES, or another -errno.
 */
int unc_op_security_get(struct unc_share *share, const char *path, u32 parts,
			void *buf, size_t size)
{
	struct unc_query query = {
		.how = {
			.access = access_to_read(parts),
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_OPEN_REPARSE_POINT,
		},
		.type = SMB2_0_INFO_SECURITY,
		.max = SECURITY_MAX,
		.additional = parts,
	};
	struct wire_blob blob;
	int err = unc_query_blob(share, path, &query, &blob);

	if (err)
		return err;
	if (size && blob.len > size)
		err = -ERANGE;
	else if (size)
		memcpy(buf, blob.ptr, blob.len);
	kvfree(blob.ptr);
	return err ?: blob.len;
}

/**
 * unc_op_security_set - change the security descriptor of a file
 * @share: where
 * @path: of what; links are not followed
 * @parts: enum smb2_security_info; other parts of @data are not used
 * @data: the descriptor
 * @len: bytes
 *
 * May sleep, killable.  Return: 0, -EACCES, -EPERM, -EINVAL, or another -errno.
 */
int unc_op_security_set(struct unc_share *share, const char *path, u32 parts,
			const void *data, size_t len)
{
	struct unc_set set = {
		.how = {
			.access = access_to_write(parts),
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_OPEN_REPARSE_POINT,
		},
		.type = SMB2_0_INFO_SECURITY,
		.additional = parts,
		.data = { .ptr = data, .len = len },
	};

	if (len > SECURITY_MAX)
		return -E2BIG;
	return unc_set_path(share, path, &set, NULL);
}
