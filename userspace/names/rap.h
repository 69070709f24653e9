/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls of the Remote Administration Protocol, [MS-RAP], that list machines and
 * shares.  Pure codecs, for bytes that anybody may have sent.
 */
#ifndef UNC_NAMES_RAP_H
#define UNC_NAMES_RAP_H

#include "cursor.h"

#define RAP_ANSWER_PARAMS	8	/* bytes of parameters in an answer */
#define RAP_NAME_ROOM		17	/* 16 bytes and a null */
#define RAP_COMMENT_ROOM	64

/* [MS-RAP] 2.2.2, some of the ServerType's bits */
enum rap_server_type {
	RAP_SERVER_WORKSTATION		= 0x00000001,
	RAP_SERVER_SERVER		= 0x00000002,
	RAP_SERVER_DOMAIN_CONTROLLER	= 0x00000008,
	RAP_SERVER_PRINT		= 0x00000200,
	RAP_SERVER_MASTER_BROWSER	= 0x00040000,
	RAP_SERVER_DOMAIN		= (int)0x80000000,	/* workgroups, not machines */
};

#define RAP_SERVER_ALL	0x7fffffffU

/* [MS-RAP] 2.2.1 */
enum rap_status {
	RAP_SUCCESS		= 0,
	RAP_MORE_DATA		= 234,
};

/**
 * struct rap_server_enum - NetServerEnum2, or NetServerEnum3 to go on
 * @room: bytes of data that may come back
 * @types: enum rap_server_type
 * @domain: workgroup, "" for the server's own
 * @first: the name to go on with, or NULL
 */
struct rap_server_enum {
	u16 room;
	u32 types;
	const char *domain;
	const char *first;
};

/**
 * struct rap_answer - the beginning of an answer
 * @status: enum rap_status or another error of Win32
 * @converter: subtracted from pointers in the data
 * @count: entries that came
 * @available: entries there are
 */
struct rap_answer {
	u16 status;
	u16 converter;
	u16 count;
	u16 available;
};

/**
 * struct rap_server - a machine, or a workgroup
 * @name: as it came, in the server's OEM character set
 * @major: version
 * @minor: version
 * @types: enum rap_server_type
 * @comment: for people; of a workgroup the name of its master browser
 */
struct rap_server {
	char name[RAP_NAME_ROOM];
	u8 major;
	u8 minor;
	u32 types;
	char comment[RAP_COMMENT_ROOM];
};

/**
 * struct rap_share - a share
 * @name: at most 12 bytes; longer ones are not told of
 * @type: 0 a disk, 1 a printer, 2 a device, 3 pipes
 * @comment: for people
 */
struct rap_share {
	char name[RAP_NAME_ROOM];
	u16 type;
	char comment[RAP_COMMENT_ROOM];
};

/** rap_server_enum_encode - the parameters; 0 or -EMSGSIZE */
int rap_server_enum_encode(struct wire_out *out,
			   const struct rap_server_enum *what);

/** rap_share_enum_encode - parameters of NetShareEnum; 0 or -EMSGSIZE */
int rap_share_enum_encode(struct wire_out *out, u16 room);

/** rap_answer_decode - the parameters of any answer; 0 or -EBADMSG */
int rap_answer_decode(const struct wire_blob *params,
		      struct rap_answer *answer);

/**
 * rap_server_decode - one entry of the data
 * @index: less than answer->count
 *
 * Return: 0, or -EBADMSG when it is not within the data.
 */
int rap_server_decode(const struct wire_blob *data,
		      const struct rap_answer *answer, unsigned int index,
		      struct rap_server *server);

/** rap_share_decode - the same of shares */
int rap_share_decode(const struct wire_blob *data,
		     const struct rap_answer *answer, unsigned int index,
		     struct rap_share *share);

#endif
