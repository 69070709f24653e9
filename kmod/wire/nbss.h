/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetBIOS session service, RFC 1001 16 and RFC 1002 4.3. */
#ifndef UNCFS_WIRE_NBSS_H
#define UNCFS_WIRE_NBSS_H

#include "cursor.h"

enum {
	NBSS_PREFIX_LEN		= 4,	/* type, flags, length */
	NBSS_NAME_LEN		= 16,	/* 15 characters and a suffix */
	NBSS_TEXT_MAX		= NBSS_NAME_LEN - 1,
	NBSS_LETTERS_LEN	= 2 * NBSS_NAME_LEN,
	NBSS_REQUEST_LEN	= 2 * (1 + NBSS_LETTERS_LEN + 1),
	NBSS_ANSWER_MAX		= NBSS_PREFIX_LEN + 6,
};

/* Of a packet, 4.3.1 */
enum nbss_type {
	NBSS_MESSAGE	= 0x00,
	NBSS_REQUEST	= 0x81,
	NBSS_POSITIVE	= 0x82,
	NBSS_NEGATIVE	= 0x83,
	NBSS_RETARGET	= 0x84,
	NBSS_KEEP_ALIVE	= 0x85,
};

/* Of a name: what the machine is called for */
enum nbss_suffix {
	NBSS_WORKSTATION	= 0x00,
	NBSS_SERVER		= 0x20,
};

/* Of a negative response, 4.3.4 */
enum nbss_error {
	NBSS_NOT_LISTENING_ON_CALLED	= 0x80,
	NBSS_NOT_LISTENING_FOR_CALLING	= 0x81,
	NBSS_CALLED_NOT_PRESENT		= 0x82,
	NBSS_NO_RESOURCES		= 0x83,
	NBSS_UNSPECIFIED		= 0x8f,
};

/**
 * struct wire_nbss_name - a NetBIOS name
 * @bytes: in upper case, padded with blanks, a suffix at the end
 */
struct wire_nbss_name {
	u8 bytes[NBSS_NAME_LEN];
};

/**
 * struct wire_nbss_request - body of a session request, 4.3.2
 * @called: whom we want
 * @calling: who we are
 */
struct wire_nbss_request {
	struct wire_nbss_name called;
	struct wire_nbss_name calling;
};

/**
 * struct wire_nbss_answer - what a server says to a session request
 * @type: NBSS_POSITIVE, NBSS_NEGATIVE or NBSS_RETARGET
 * @error: enum nbss_error, of NBSS_NEGATIVE
 * @address: IPv4, of NBSS_RETARGET
 * @port: TCP port, of NBSS_RETARGET
 */
struct wire_nbss_answer {
	u8 type;
	u8 error;
	u8 address[4];
	u16 port;
};

int wire_nbss_name_set(struct wire_nbss_name *name, const char *text, u32 len,
		       enum nbss_suffix suffix);
void wire_nbss_letters(u8 letters[NBSS_LETTERS_LEN],
		       const u8 name[NBSS_NAME_LEN]);
int wire_nbss_request_encode(struct wire_out *o,
			     const struct wire_nbss_request *req);
int wire_nbss_answer_decode(const struct wire_blob *packet,
			    struct wire_nbss_answer *answer);
int wire_nbss_error_errno(u8 error);
const char *wire_nbss_error_text(u8 error);

#endif /* UNCFS_WIRE_NBSS_H */
