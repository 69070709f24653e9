/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of link-local multicast name resolution: RFC 4795 2.1, and
 * [MS-LLMNRP].  Pure codecs, for bytes that anybody may have sent.
 */
#ifndef UNC_NAMES_LLMNR_H
#define UNC_NAMES_LLMNR_H

#include "dnsmsg.h"

#define LLMNR_PORT		5355
#define LLMNR_ADDRESSES_MAX	16

/**
 * struct llmnr_address - one address of a machine
 * @ipv6: 16 bytes, else 4
 * @bytes: the address
 */
struct llmnr_address {
	bool ipv6;
	u8 bytes[16];
};

/**
 * struct llmnr_answer - an answer
 * @id: of the query
 * @conflict: the machine knows of another one with its name
 * @truncated: there is more, over TCP
 * @tentative: the machine does not yet know whether the name is its own
 * @rcode: 0, or an error
 * @question: what was asked
 * @address_count: of @addresses
 * @addresses: those that belong to the name in question
 */
struct llmnr_answer {
	u16 id;
	bool conflict;
	bool truncated;
	bool tentative;
	u8 rcode;
	struct dnsmsg_question question;
	u32 address_count;
	struct llmnr_address addresses[LLMNR_ADDRESSES_MAX];
};

/**
 * llmnr_query_encode - ask for addresses
 * @type: DNSMSG_TYPE_A or DNSMSG_TYPE_AAAA
 *
 * Return: length, or -EMSGSIZE.
 */
int llmnr_query_encode(void *buf, u32 cap, u16 id, const struct dnsname *name,
		       u16 type);

/**
 * llmnr_answer_decode - read one message
 * @why: name of the field that is wrong; may be NULL
 *
 * Return: 0, or -EBADMSG for what is no good answer.
 */
int llmnr_answer_decode(const void *msg, u32 len, struct llmnr_answer *answer,
			const char **why);

#endif
