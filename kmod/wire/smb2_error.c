// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_error.h"
#include "ntstatus.h"

enum {
	ERROR_SIZE		= 9,
	READ_RSP_SIZE		= 17,
	IOCTL_RSP_SIZE		= 49,
	CTX_ALIGN		= 8,
	ERROR_ID_DEFAULT	= 0x00000000,	/* 2.2.2.1 ErrorId */
	SYMLINK_ERROR_TAG	= 0x4c4d5953,	/* 2.2.2.2.1 */
	SYMLINK_REPARSE_TAG	= 0xa000000c,
};

/**
 * wire_smb2_has_body - does a response have its command's own body
 * @command: enum smb2_command
 * @status: NTSTATUS of the header
 *
 * Everything else has the body that wire_smb2_error_rsp_decode() reads; so has
 * the interim response, STATUS_PENDING. The list is that of [MS-SMB2] 3.3.4.4
 * but for copy chunk, for which see wire_smb2_is_error().
 *
 * Return: true for the command's own body.
 */
bool wire_smb2_has_body(u16 command, u32 status)
{
	switch (status) {
	case NT_STATUS_SUCCESS:
		return true;
	case NT_STATUS_MORE_PROCESSING_REQUIRED:
		return command == SMB2_SESSION_SETUP;
	case NT_STATUS_BUFFER_OVERFLOW:
		return command == SMB2_QUERY_INFO || command == SMB2_READ ||
		       command == SMB2_IOCTL;
	case NT_STATUS_NOTIFY_ENUM_DIR:
		return command == SMB2_CHANGE_NOTIFY;
	}
	return false;
}

/**
 * wire_smb2_is_error - does this response have the body of an error
 * @pdu: a reader from wire_smb2_pdu_next(), not moved
 * @command: enum smb2_command
 * @status: NTSTATUS of the header
 *
 * As wire_smb2_has_body(), but looks at StructureSize where command and status
 * do not settle it: which control codes or files answer BUFFER_OVERFLOW with
 * data depends on the server, and a refused copy chunk says INVALID_PARAMETER
 * either with its limits or with nothing.
 *
 * Return: true for the body that wire_smb2_error_rsp_decode() reads.
 */
bool wire_smb2_is_error(const struct wire_in *pdu, u16 command, u32 status)
{
	struct wire_in in = *pdu;
	u16 size = wire_in_u16(&in, "StructureSize");

	if (status == NT_STATUS_BUFFER_OVERFLOW && command == SMB2_READ)
		return size != READ_RSP_SIZE;
	if (command == SMB2_IOCTL && (status == NT_STATUS_BUFFER_OVERFLOW ||
				      status == NT_STATUS_INVALID_PARAMETER))
		return size != IOCTL_RSP_SIZE;
	return !wire_smb2_has_body(command, status);
}

/**
 * wire_smb2_error_rsp_decode - read the body of an error response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: what comes with the error
 *
 * [MS-SMB2] 2.2.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_error_rsp_decode(struct wire_in *in,
			       struct wire_smb2_error_rsp *rsp)
{
	u32 len;

	wire_in_struct_size(in, ERROR_SIZE);
	rsp->context_count = wire_in_u8(in, "ErrorContextCount");
	wire_in_skip(in, 1, "Reserved");
	len = wire_in_u32(in, "ByteCount");
	rsp->data = wire_in_take(in, len, "ErrorData");
	return wire_in_errno(in);
}

/* Data of the context that says no more than the error data of old did. */
static struct wire_in default_ctx(struct wire_in *list, u8 count)
{
	u32 len, id;
	u8 i;

	for (i = 0; i < count && !list->err; i++) {
		if (i)
			wire_in_align(list, CTX_ALIGN, "ErrorContext");
		len = wire_in_u32(list, "ErrorDataLength");
		id = wire_in_u32(list, "ErrorId");
		if (id == ERROR_ID_DEFAULT)
			return wire_in_sub(list, list->pos, len, "ErrorDataLength");
		wire_in_skip(list, len, "ErrorDataLength");
	}
	wire_in_fail(list, "ErrorId");
	return *list;
}

static void symlink_decode(struct wire_in *in, struct wire_smb2_symlink *link)
{
	u16 sub_off, sub_len, print_off, print_len;

	wire_in_skip(in, 4, "SymLinkLength");
	if (wire_in_u32(in, "SymLinkErrorTag") != SYMLINK_ERROR_TAG)
		wire_in_fail(in, "SymLinkErrorTag");
	if (wire_in_u32(in, "ReparseTag") != SYMLINK_REPARSE_TAG)
		wire_in_fail(in, "ReparseTag");
	wire_in_skip(in, 2, "ReparseDataLength");
	link->unparsed = wire_in_u16(in, "UnparsedPathLength");
	sub_off = wire_in_u16(in, "SubstituteNameOffset");
	sub_len = wire_in_u16(in, "SubstituteNameLength");
	print_off = wire_in_u16(in, "PrintNameOffset");
	print_len = wire_in_u16(in, "PrintNameLength");
	link->flags = wire_in_u32(in, "Flags");
	if ((link->unparsed | sub_len | print_len) & 1)
		wire_in_fail(in, "PathBuffer");
	/* These two count from the end of the fixed part. */
	link->substitute = wire_in_blob(in, in->pos + sub_off, sub_len,
					"SubstituteName");
	link->print = wire_in_blob(in, in->pos + print_off, print_len,
				   "PrintName");
}

/**
 * wire_smb2_symlink_decode - read what STATUS_STOPPED_ON_SYMLINK comes with
 * @rsp: the error response, with or without contexts
 * @link: where the symbolic link points to
 *
 * [MS-SMB2] 2.2.2.1, 2.2.2.2.1.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_symlink_decode(const struct wire_smb2_error_rsp *rsp,
			     struct wire_smb2_symlink *link)
{
	struct wire_in in;

	wire_in_from(&in, &rsp->data);
	if (rsp->context_count)
		in = default_ctx(&in, rsp->context_count);
	symlink_decode(&in, link);
	return wire_in_errno(&in);
}
