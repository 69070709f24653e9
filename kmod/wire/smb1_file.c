// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb1_file.h"

enum {
	/* [MS-SMB] 2.2.4.9.1 Flags */
	CREATE_EXTENDED_RESPONSE	= 0x10,
	/* [MS-SMB] 2.2.4.9.2: what old servers say, and what is true */
	CREATE_WORDS			= 34,
	CREATE_WORDS_EXTENDED		= 42,
	CREATE_EXTENSION_SIZE		= 32,
	/* [MS-CIFS] 2.2.4.32.1 TypeOfLock */
	LOCK_SHARED			= 0x01,
	LOCK_LARGE_FILES		= 0x10,
	/* [MS-CIFS] 2.2.1.2.4: hidden ones, system's and directories, too */
	SEARCH_ALL			= 0x0016,
	/* [MS-CIFS] 2.2.4.66.1 InformationLevel */
	RENAME_SET_LINK			= 0x0103,
	STRING				= 4,	/* BufferFormat */
};

/* From the root of the share, and terminated; both are not counted. */
static void path_encode(struct wire_out *o, const struct wire_blob *path)
{
	wire_out_u16(o, '\\');
	wire_out_blob(o, path);
	wire_out_u16(o, 0);
}

/**
 * wire_smb1_create_req_encode - NT_CREATE_ANDX
 * @o: the writer, after the header
 * @req: what to open, how; contexts are left out
 *
 * [MS-SMB] 2.2.4.9.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_create_req_encode(struct wire_out *o,
				const struct wire_smb2_create_req *req)
{
	u32 at;

	if (req->name.len > U16_MAX - 4)
		o->overflow = true;
	wire_out_u8(o, 24);
	wire_smb1_andx(o);
	wire_out_u8(o, 0);
	wire_out_u16(o, req->name.len + 2);
	wire_out_u32(o, CREATE_EXTENDED_RESPONSE);
	wire_out_u32(o, 0);	/* RootDirectoryFID */
	wire_out_u32(o, req->access);
	wire_out_u64(o, 0);	/* AllocationSize */
	wire_out_u32(o, req->attributes);
	wire_out_u32(o, req->share_access);
	wire_out_u32(o, req->disposition);
	wire_out_u32(o, req->options);
	wire_out_u32(o, req->impersonation);
	wire_out_u8(o, 0);	/* SecurityFlags */
	at = wire_smb1_bytes_begin(o);
	wire_out_align(o, 2);
	path_encode(o, &req->name);
	wire_smb1_bytes_end(o, at);
	return wire_out_errno(o);
}

/* Some servers count eight words too few: only the length of the whole tells. */
static void create_extension(struct wire_in *in, struct wire_smb2_create_rsp *rsp)
{
	wire_in_skip(in, 16, "VolumeGUID");
	rsp->ctx.disk_file_id = wire_in_u64(in, "FileId");
	rsp->ctx.has_disk_id = rsp->ctx.disk_file_id != 0;
	wire_in_skip(in, 8, "MaximalAccessRights");
}

/**
 * wire_smb1_create_rsp_decode - what was opened
 * @in: the reader, after the header
 * @rsp: filled in
 *
 * [MS-SMB] 2.2.4.9.2.  Return: 0 or -EBADMSG.
 */
int wire_smb1_create_rsp_decode(struct wire_in *in,
				struct wire_smb2_create_rsp *rsp)
{
	u8 words = wire_smb1_words(in, CREATE_WORDS);

	*rsp = (struct wire_smb2_create_rsp){};
	wire_in_skip(in, 5, "AndX");
	rsp->fid.volatile_id = wire_in_u16(in, "FID");
	rsp->create_action = wire_in_u32(in, "CreateDisposition");
	rsp->creation_time = wire_in_u64(in, "CreateTime");
	rsp->last_access_time = wire_in_u64(in, "LastAccessTime");
	rsp->last_write_time = wire_in_u64(in, "LastWriteTime");
	rsp->change_time = wire_in_u64(in, "LastChangeTime");
	rsp->attributes = wire_in_u32(in, "ExtFileAttributes");
	rsp->allocation_size = wire_in_u64(in, "AllocationSize");
	rsp->end_of_file = wire_in_u64(in, "EndOfFile");
	wire_in_skip(in, 5, "ResourceType");
	if (words >= CREATE_WORDS_EXTENDED &&
	    wire_in_left(in) >= CREATE_EXTENSION_SIZE)
		create_extension(in, rsp);
	return wire_in_errno(in);
}

/**
 * wire_smb1_close_req_encode - CLOSE
 * @o: the writer, after the header
 * @fid: the handle
 *
 * [MS-CIFS] 2.2.4.5.1; the time of last write is left alone.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb1_close_req_encode(struct wire_out *o, u16 fid)
{
	wire_out_u8(o, 3);
	wire_out_u16(o, fid);
	wire_out_u32(o, U32_MAX);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb1_word_req_encode - FLUSH or FIND_CLOSE2
 * @o: the writer, after the header
 * @word: the handle or the search
 *
 * [MS-CIFS] 2.2.4.6.1, 2.2.4.48.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_word_req_encode(struct wire_out *o, u16 word)
{
	wire_out_u8(o, 1);
	wire_out_u16(o, word);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb1_read_req_encode - READ_ANDX
 * @o: the writer, after the header
 * @req: what to read
 *
 * [MS-SMB] 2.2.4.2.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_read_req_encode(struct wire_out *o,
			      const struct wire_smb2_read_req *req)
{
	wire_out_u8(o, 12);
	wire_smb1_andx(o);
	wire_out_u16(o, req->fid.volatile_id);
	wire_out_u32(o, req->offset);
	wire_out_u16(o, req->length);
	wire_out_u16(o, req->minimum_count);
	wire_out_u32(o, req->length >> 16);	/* MaxCountHigh, or Timeout */
	wire_out_u16(o, 0);
	wire_out_u32(o, req->offset >> 32);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb1_read_rsp_decode - what was read
 * @in: the reader, after the header
 * @rsp: filled in; the data is within the message
 *
 * [MS-SMB] 2.2.4.2.2.  ByteCount is too small for large reads and not looked at.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb1_read_rsp_decode(struct wire_in *in,
			      struct wire_smb2_read_rsp *rsp)
{
	u32 off, len;

	*rsp = (struct wire_smb2_read_rsp){};
	wire_smb1_words(in, 12);
	wire_in_skip(in, 4, "AndX");
	rsp->remaining = wire_in_u16(in, "Available");
	wire_in_skip(in, 4, "DataCompactionMode");
	len = wire_in_u16(in, "DataLength");
	off = wire_in_u16(in, "DataOffset");
	len |= (u32)wire_in_u16(in, "DataLengthHigh") << 16;
	rsp->data = len ? wire_in_blob(in, off, len, "DataOffset") :
			  wire_in_take(in, 0, "DataOffset");
	return wire_in_errno(in);
}

/**
 * wire_smb1_write_req_encode - WRITE_ANDX up to its payload
 * @o: the writer, after the header
 * @req: where, how much
 *
 * [MS-SMB] 2.2.4.3.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_write_req_encode(struct wire_out *o,
			       const struct wire_smb2_write_req *req)
{
	wire_out_u8(o, 14);
	wire_smb1_andx(o);
	wire_out_u16(o, req->fid.volatile_id);
	wire_out_u32(o, req->offset);
	wire_out_u32(o, 0);	/* Timeout */
	wire_out_u16(o, 0);	/* WriteMode */
	wire_out_u16(o, 0);	/* Remaining */
	wire_out_u16(o, req->length >> 16);
	wire_out_u16(o, req->length);
	wire_out_u16(o, WIRE_SMB1_WRITE_DATA_OFFSET);
	wire_out_u32(o, req->offset >> 32);
	wire_out_u16(o, req->length + 1);
	wire_out_u8(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb1_write_rsp_decode - how much was written
 * @in: the reader, after the header
 * @rsp: filled in
 *
 * [MS-SMB] 2.2.4.3.2.  Return: 0 or -EBADMSG.
 */
int wire_smb1_write_rsp_decode(struct wire_in *in,
			       struct wire_smb2_write_rsp *rsp)
{
	wire_smb1_words(in, 6);
	wire_in_skip(in, 4, "AndX");
	rsp->count = wire_in_u16(in, "Count");
	rsp->remaining = wire_in_u16(in, "Available");
	rsp->count |= (u32)wire_in_u16(in, "CountHigh") << 16;
	return wire_in_errno(in);
}

/**
 * wire_smb1_lock_req_encode - LOCKING_ANDX of one range
 * @o: the writer, after the header
 * @fid: the handle
 * @lock: the range; without SMB2_LOCKFLAG_FAIL_IMMEDIATELY it is waited for
 *
 * [MS-CIFS] 2.2.4.32.1.  All locks of ours have one owner.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb1_lock_req_encode(struct wire_out *o, u16 fid,
			      const struct wire_smb2_lock_element *lock)
{
	bool unlock = lock->flags & SMB2_LOCKFLAG_UNLOCK;
	bool wait = !unlock && !(lock->flags & SMB2_LOCKFLAG_FAIL_IMMEDIATELY);
	u32 at;

	wire_out_u8(o, 8);
	wire_smb1_andx(o);
	wire_out_u16(o, fid);
	wire_out_u8(o, LOCK_LARGE_FILES |
		       (lock->flags & SMB2_LOCKFLAG_SHARED_LOCK ?
			LOCK_SHARED : 0));
	wire_out_u8(o, 0);	/* NewOplockLevel */
	wire_out_u32(o, wait ? U32_MAX : 0);
	wire_out_u16(o, unlock);
	wire_out_u16(o, !unlock);
	at = wire_smb1_bytes_begin(o);
	wire_out_u16(o, 1);	/* PID */
	wire_out_u16(o, 0);
	wire_out_u32(o, lock->offset >> 32);
	wire_out_u32(o, lock->offset);
	wire_out_u32(o, lock->length >> 32);
	wire_out_u32(o, lock->length);
	wire_smb1_bytes_end(o, at);
	return wire_out_errno(o);
}

/**
 * wire_smb1_rename_req_encode - RENAME, or NT_RENAME for a further name
 * @o: the writer, after the header
 * @link: T for a further name
 * @from: its name now, UTF-16, from the root of the share
 * @to: its new name
 *
 * [MS-CIFS] 2.2.4.8.1, 2.2.4.66.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_rename_req_encode(struct wire_out *o, bool link,
				const struct wire_blob *from,
				const struct wire_blob *to)
{
	u32 at;

	wire_out_u8(o, link ? 4 : 1);
	wire_out_u16(o, SEARCH_ALL);
	if (link) {
		wire_out_u16(o, RENAME_SET_LINK);
		wire_out_u32(o, 0);
	}
	at = wire_smb1_bytes_begin(o);
	wire_out_u8(o, STRING);
	wire_out_align(o, 2);
	path_encode(o, from);
	wire_out_u8(o, STRING);
	wire_out_align(o, 2);
	path_encode(o, to);
	wire_smb1_bytes_end(o, at);
	return wire_out_errno(o);
}
