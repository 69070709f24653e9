/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of the NetBIOS name service, as a client needs them: RFC 1002 4.2.
 * Pure codecs, for bytes that anybody may have sent.
 */
#ifndef UNC_NAMES_NBNS_H
#define UNC_NAMES_NBNS_H

#include "dnsmsg.h"
#include "nbname.h"

#define NBNS_PORT		137
/* More addresses than any WINS server has for one group. */
#define NBNS_ADDRESSES_MAX	32
#define NBNS_NAMES_MAX		255
#define NBNS_GROUP		0x8000	/* in flags of addresses and names */

/* Flags of a name in a node status. */
#define NBNS_NAME_DEREGISTERING	0x1000
#define NBNS_NAME_CONFLICT	0x0800
#define NBNS_NAME_ACTIVE	0x0400
#define NBNS_NAME_PERMANENT	0x0200

enum nbns_kind {
	NBNS_POSITIVE,	/* addresses */
	NBNS_NEGATIVE,	/* rcode tells why */
	NBNS_WAIT,	/* ttl: seconds until the real answer */
	NBNS_REDIRECT,	/* ask addresses[0] */
	NBNS_STATUS,	/* names */
};

/**
 * struct nbns_query - a name query or node status request
 * @id: comes back in the answer
 * @name: which
 * @scope: labels with dots between, "" for none
 * @broadcast: to everyone, not to a name server
 * @status: node status
 */
struct nbns_query {
	u16 id;
	struct nbname name;
	const char *scope;
	bool broadcast;
	bool status;
};

struct nbns_address {
	u16 flags;
	u8 bytes[4];
};

struct nbns_node_name {
	struct nbname name;
	u16 flags;
};

/**
 * struct nbns_answer - any answer to a query
 * @kind: which of the fields below count
 * @id: of the query
 * @truncated: there is more, over TCP
 * @rcode: RFC 1002 4.2.14
 * @ttl: seconds
 * @name: the name it is about, scope included; empty in a bare refusal
 * @address_count: of @addresses
 * @addresses: NBNS_POSITIVE, NBNS_REDIRECT
 * @name_count: of @names
 * @names: NBNS_STATUS
 * @unit_id: NBNS_STATUS, the adapter's hardware address
 */
struct nbns_answer {
	enum nbns_kind kind;
	u16 id;
	bool truncated;
	u8 rcode;
	u32 ttl;
	struct dnsname name;
	u32 address_count;
	struct nbns_address addresses[NBNS_ADDRESSES_MAX];
	u32 name_count;
	struct nbns_node_name names[NBNS_NAMES_MAX];
	u8 unit_id[6];
};

/** nbns_query_encode - Return: length, or -EMSGSIZE, or -EINVAL (scope) */
int nbns_query_encode(void *buf, u32 cap, const struct nbns_query *query);

/**
 * nbns_answer_decode - read one message
 * @why: name of the field that is wrong; may be NULL
 *
 * Return: 0, or -EBADMSG for what is no good answer to a query.
 */
int nbns_answer_decode(const void *msg, u32 len, struct nbns_answer *answer,
		       const char **why);

/** nbns_rcode_text - in words */
const char *nbns_rcode_text(u8 rcode);

#endif
