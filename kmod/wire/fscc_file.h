/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Information about one file, [MS-FSCC] 2.4. Decoders read what QUERY_INFO
 * returned, encoders write what SET_INFO will send.
 */
#ifndef UNCFS_WIRE_FSCC_FILE_H
#define UNCFS_WIRE_FSCC_FILE_H

#include "fscc.h"

/**
 * struct wire_fscc_basic - FileBasicInformation, 2.4.7
 * @creation_time: FILETIME, as the three following
 * @last_access_time: atime
 * @last_write_time: mtime
 * @change_time: ctime
 * @attributes: enum fscc_attr; set: 0 leaves them as they are
 */
struct wire_fscc_basic {
	u64 creation_time;
	u64 last_access_time;
	u64 last_write_time;
	u64 change_time;
	u32 attributes;
};

/**
 * struct wire_fscc_standard - FileStandardInformation, 2.4.47
 * @allocation_size: bytes on disk
 * @end_of_file: size in bytes
 * @links: hard links
 * @delete_pending: will go away with the last close
 * @directory: is a directory
 */
struct wire_fscc_standard {
	u64 allocation_size;
	u64 end_of_file;
	u32 links;
	bool delete_pending;
	bool directory;
};

/**
 * struct wire_fscc_network_open - FileNetworkOpenInformation, 2.4.34
 * @basic: times and attributes
 * @allocation_size: bytes on disk
 * @end_of_file: size in bytes
 */
struct wire_fscc_network_open {
	struct wire_fscc_basic basic;
	u64 allocation_size;
	u64 end_of_file;
};

/**
 * struct wire_fscc_all - FileAllInformation, 2.4.2
 * @basic: times and attributes
 * @standard: sizes and links
 * @file_id: FileInternalInformation: the inode number on the server
 * @ea_size: bytes of extended attributes
 * @access: enum smb2_access, what the handle was opened for
 * @position: current offset
 * @mode: enum smb2_create_options
 * @alignment: buffer alignment
 * @name: path from the root of the share in UTF-16LE. It may be cut short by
 *	the size of the reply (STATUS_BUFFER_OVERFLOW); then it is what came.
 */
struct wire_fscc_all {
	struct wire_fscc_basic basic;
	struct wire_fscc_standard standard;
	u64 file_id;
	u32 ea_size;
	u32 access;
	u64 position;
	u32 mode;
	u32 alignment;
	struct wire_blob name;
};

/**
 * struct wire_fscc_attribute_tag - FileAttributeTagInformation, 2.4.6
 * @attributes: enum fscc_attr
 * @reparse_tag: enum fscc_reparse_tag, when it is a reparse point
 */
struct wire_fscc_attribute_tag {
	u32 attributes;
	u32 reparse_tag;
};

/**
 * struct wire_fscc_rename - FileRenameInformation, FileLinkInformation
 * @replace: an existing file of that name goes away
 * @name: the new path from the root of the share in UTF-16LE
 */
struct wire_fscc_rename {
	bool replace;
	struct wire_blob name;
};

/* 2.4.36 ReadMode, CompletionMode */
enum fscc_pipe_read_mode {
	FSCC_PIPE_BYTE_STREAM_MODE	= 0,
	FSCC_PIPE_MESSAGE_MODE		= 1,
};

enum fscc_pipe_completion_mode {
	FSCC_PIPE_QUEUE_OPERATION	= 0,
	FSCC_PIPE_COMPLETE_OPERATION	= 1,
};

/**
 * struct wire_fscc_pipe - FilePipeInformation
 * @read_mode: enum fscc_pipe_read_mode
 * @completion_mode: enum fscc_pipe_completion_mode
 */
struct wire_fscc_pipe {
	u32 read_mode;
	u32 completion_mode;
};

/**
 * struct wire_fscc_pipe_local - FilePipeLocalInformation
 * @type: byte stream or message, as enum fscc_pipe_read_mode
 * @configuration: which directions data may flow
 * @max_instances: how many the server allows
 * @instances: how many there are
 * @inbound_quota: bytes of the inbound buffer
 * @read_available: bytes that can be read
 * @outbound_quota: bytes of the outbound buffer
 * @write_quota: bytes that can be written without waiting
 * @state: enum fscc_pipe_state
 * @end: 0: client, 1: server
 */
struct wire_fscc_pipe_local {
	u32 type;
	u32 configuration;
	u32 max_instances;
	u32 instances;
	u32 inbound_quota;
	u32 read_available;
	u32 outbound_quota;
	u32 write_quota;
	u32 state;
	u32 end;
};

int wire_fscc_basic_decode(const struct wire_blob *b, struct wire_fscc_basic *info);
int wire_fscc_standard_decode(const struct wire_blob *b,
			      struct wire_fscc_standard *info);
int wire_fscc_network_open_decode(const struct wire_blob *b,
				  struct wire_fscc_network_open *info);
int wire_fscc_all_decode(const struct wire_blob *b, struct wire_fscc_all *info);
int wire_fscc_name_decode(const struct wire_blob *b, struct wire_blob *name);
int wire_fscc_internal_decode(const struct wire_blob *b, u64 *file_id);
int wire_fscc_attribute_tag_decode(const struct wire_blob *b,
				   struct wire_fscc_attribute_tag *info);
int wire_fscc_pipe_decode(const struct wire_blob *b, struct wire_fscc_pipe *info);
int wire_fscc_pipe_local_decode(const struct wire_blob *b,
				struct wire_fscc_pipe_local *info);

int wire_fscc_basic_encode(struct wire_out *o, const struct wire_fscc_basic *info);
int wire_fscc_end_of_file_encode(struct wire_out *o, u64 size);
int wire_fscc_allocation_encode(struct wire_out *o, u64 size);
int wire_fscc_disposition_encode(struct wire_out *o, bool delete_pending);
int wire_fscc_rename_encode(struct wire_out *o, const struct wire_fscc_rename *info);
int wire_fscc_link_encode(struct wire_out *o, const struct wire_fscc_rename *info);
int wire_fscc_pipe_encode(struct wire_out *o, const struct wire_fscc_pipe *info);

#endif /* UNCFS_WIRE_FSCC_FILE_H */
