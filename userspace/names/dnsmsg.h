/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The frame that NetBIOS name service and LLMNR messages share with DNS
 * (RFC 1035 4.1): a header, questions and resource records.
 */
#ifndef UNC_NAMES_DNSMSG_H
#define UNC_NAMES_DNSMSG_H

#include "dnsname.h"

#define DNSMSG_HEADER_LEN	12
#define DNSMSG_CLASS_IN		1

#define DNSMSG_RESPONSE		0x8000
#define DNSMSG_TRUNCATED	0x0200
#define DNSMSG_OPCODE(flags)	((flags) >> 11 & 0xf)
#define DNSMSG_RCODE(flags)	((flags) & 0xf)

enum {
	DNSMSG_TYPE_A		= 1,
	DNSMSG_TYPE_NS		= 2,
	DNSMSG_TYPE_AAAA	= 28,
};

struct dnsmsg_header {
	u16 id;
	u16 flags;
	u16 questions;
	u16 answers;
	u16 authorities;
	u16 additionals;
};

struct dnsmsg_question {
	struct dnsname name;
	u16 type;
	u16 class;
};

/**
 * struct dnsmsg_record - a resource record
 * @name: whose it is
 * @type: what it is
 * @class: DNSMSG_CLASS_IN
 * @ttl: seconds
 * @data: its data, in the message
 */
struct dnsmsg_record {
	struct dnsname name;
	u16 type;
	u16 class;
	u32 ttl;
	struct wire_blob data;
};

u16 dnsmsg_in_u16(struct wire_in *in, const char *what);
u32 dnsmsg_in_u32(struct wire_in *in, const char *what);
void dnsmsg_out_u16(struct wire_out *out, u16 v);

void dnsmsg_read_header(struct wire_in *in, struct dnsmsg_header *hdr);

/**
 * dnsmsg_read_response - the frame of an answer, up to its first record
 *
 * Fails @in for what is no response ("QR").
 */
void dnsmsg_read_response(struct wire_in *in, struct dnsmsg_header *hdr);

/**
 * dnsmsg_record_in - read what is in a record
 *
 * Names in it may be compressed, which counts from the message: so not from
 * @rr's data alone.  Ends where the record ends; wire_in_join() it.
 */
struct wire_in dnsmsg_record_in(const struct wire_in *in,
				const struct dnsmsg_record *rr);

void dnsmsg_read_question(struct wire_in *in, struct dnsmsg_question *q);
void dnsmsg_read_record(struct wire_in *in, struct dnsmsg_record *rr);
void dnsmsg_write_header(struct wire_out *out, const struct dnsmsg_header *hdr);
void dnsmsg_write_question(struct wire_out *out,
			   const struct dnsmsg_question *q);

#endif
