/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Connection-oriented DCE/RPC protocol data units, version 5 ([C706] 12.6,
 * [MS-RPCE] 2.2.2), decoded and encoded.
 *
 * Pure: no allocation, nothing kept. Blobs that a decoder returns point into
 * the PDU it was given. Both directions of every PDU are here, so that a server
 * can be made of it, too. Only the little-endian, ASCII, IEEE representation is
 * known; a PDU in another one is refused.
 */
#ifndef UNC_RPC_PDU_H
#define UNC_RPC_PDU_H

#include "cursor.h"
#include "ndr.h"

#define RPC_HEADER_LEN		16
#define RPC_REQUEST_LEN		24	/* header and fixed fields; + 16: object */
#define RPC_RESPONSE_LEN	24
#define RPC_AUTH_TRAILER_LEN	8
#define RPC_FRAG_MIN		1432	/* MustRecvFragSize, [C706] 12.6.3.1 */
#define RPC_FRAG_MAX		65535	/* frag_length has 16 bits */

#define RPC_CONTEXTS_MAX	16	/* in one bind */
#define RPC_TRANSFERS_MAX	4	/* in one context */
#define RPC_VERSIONS_MAX	8	/* in a bind_nak */

enum rpc_ptype {
	RPC_REQUEST		= 0,
	RPC_RESPONSE		= 2,
	RPC_FAULT		= 3,
	RPC_BIND		= 11,
	RPC_BIND_ACK		= 12,
	RPC_BIND_NAK		= 13,
	RPC_ALTER_CONTEXT	= 14,
	RPC_ALTER_CONTEXT_RESP	= 15,
	RPC_AUTH3		= 16,
	RPC_SHUTDOWN		= 17,
	RPC_CO_CANCEL		= 18,
	RPC_ORPHANED		= 19,
};

enum rpc_pfc {
	RPC_PFC_FIRST		= 0x01,
	RPC_PFC_LAST		= 0x02,
	RPC_PFC_PENDING_CANCEL	= 0x04,	/* in requests and answers */
	RPC_PFC_HEADER_SIGN	= 0x04,	/* in binds, [MS-RPCE] 2.2.2.3 */
	RPC_PFC_CONC_MPX	= 0x10,
	RPC_PFC_DID_NOT_EXECUTE	= 0x20,
	RPC_PFC_MAYBE		= 0x40,
	RPC_PFC_OBJECT_UUID	= 0x80,
};

/* p_cont_def_result_t */
enum rpc_result_code {
	RPC_RESULT_ACCEPT	= 0,
	RPC_RESULT_USER_REJECT	= 1,
	RPC_RESULT_PROVIDER_REJECT = 2,
	RPC_RESULT_NEGOTIATE_ACK = 3,	/* bind time features */
};

/** An interface or a transfer syntax: p_syntax_id_t. */
struct rpc_syntax {
	struct ndr_uuid uuid;
	uint16_t major;
	uint16_t minor;
};

/**
 * struct rpc_auth_value - sec_trailer and what follows it
 * @present: there is one (auth_length is not 0)
 * @type: security provider
 * @level: enum rpc_level in auth.h
 * @pad_len: padding between the body and the trailer; an encoder is told for
 *	stubs, and finds it otherwise
 * @context_id: which security context
 * @at: offset of the trailer in the PDU; set by both directions
 * @value: the token or signature; an encoder leaves room for @value.len bytes
 *	if its ptr is NULL
 */
struct rpc_auth_value {
	bool present;
	uint8_t type;
	uint8_t level;
	uint8_t pad_len;
	uint32_t context_id;
	uint32_t at;
	struct wire_blob value;
};

struct rpc_context {
	uint16_t id;
	uint8_t transfer_count;
	struct rpc_syntax abstract;
	struct rpc_syntax transfer[RPC_TRANSFERS_MAX];
};

/** bind and alter_context */
struct rpc_bind {
	uint16_t max_xmit;
	uint16_t max_recv;
	uint32_t assoc_group;
	uint8_t context_count;
	struct rpc_context context[RPC_CONTEXTS_MAX];
};

struct rpc_result {
	uint16_t result;
	uint16_t reason;
	struct rpc_syntax transfer;
};

/** bind_ack and alter_context_resp */
struct rpc_bind_ack {
	uint16_t max_xmit;
	uint16_t max_recv;
	uint32_t assoc_group;
	struct wire_blob secondary;	/* with its NUL; may be empty */
	uint8_t result_count;
	struct rpc_result result[RPC_CONTEXTS_MAX];
};

struct rpc_bind_nak {
	uint16_t reason;
	uint8_t version_count;
	struct { uint8_t major, minor; } version[RPC_VERSIONS_MAX];
};

/* In the next three @stub is without the padding before a verifier. */
struct rpc_request {
	uint32_t alloc_hint;
	uint16_t context_id;
	uint16_t opnum;
	struct ndr_uuid object;		/* with RPC_PFC_OBJECT_UUID */
	struct wire_blob stub;
};

struct rpc_response {
	uint32_t alloc_hint;
	uint16_t context_id;
	uint8_t cancel_count;
	struct wire_blob stub;
};

struct rpc_fault {
	uint32_t alloc_hint;
	uint16_t context_id;
	uint8_t cancel_count;
	uint8_t flags;			/* 1: extended error information in @stub */
	uint32_t status;
	struct wire_blob stub;
};

/**
 * struct rpc_pdu - one PDU
 * @ptype: enum rpc_ptype
 * @flags: enum rpc_pfc
 * @frag_len: its length; set by both directions
 * @call_id: which call
 * @big_endian: its numbers, and those in its stub, have the most significant
 *	byte first
 * @auth: verifier
 * The union is by @ptype; auth3, shutdown, co_cancel and orphaned have nothing.
 */
struct rpc_pdu {
	uint8_t ptype;
	uint8_t flags;
	uint16_t frag_len;
	uint32_t call_id;
	bool big_endian;
	struct rpc_auth_value auth;
	union {
		struct rpc_bind bind;
		struct rpc_bind_ack bind_ack;
		struct rpc_bind_nak bind_nak;
		struct rpc_request request;
		struct rpc_response response;
		struct rpc_fault fault;
	};
};

/**
 * rpc_pdu_length - how long the PDU is that begins here
 * @data: its first RPC_HEADER_LEN bytes
 * @why: set on failure: the field that is wrong
 *
 * Return: its length, at least RPC_HEADER_LEN, or -EBADMSG.
 */
int rpc_pdu_length(const uint8_t *data, const char **why);

/**
 * rpc_pdu_decode - read one whole PDU
 * @data: the PDU
 * @len: its length; what its header says must be the same
 * @pdu: the result
 * @why: set on failure: the field that is wrong
 *
 * Return: 0 or -EBADMSG.
 */
int rpc_pdu_decode(const uint8_t *data, uint32_t len, struct rpc_pdu *pdu,
		   const char **why);

/**
 * rpc_pdu_encode - write one PDU
 * @out: where; the PDU starts at its position
 * @pdu: what; @frag_len, @auth.at and, but for stubs, @auth.pad_len are set
 *
 * Return: 0, -EINVAL (more entries than there is room for in the array) or
 * -EMSGSIZE.
 */
int rpc_pdu_encode(struct wire_out *out, struct rpc_pdu *pdu);

/** rpc_ptype_name - "bind_ack"; "unknown" */
const char *rpc_ptype_name(uint8_t ptype);

void rpc_uuid_decode(struct wire_in *in, struct ndr_uuid *uuid,
		     const char *what);
void rpc_uuid_encode(struct wire_out *out, const struct ndr_uuid *uuid);
void rpc_syntax_encode(struct wire_out *out, const struct rpc_syntax *syntax);

/** rpc_syntax_same - equal in UUID and version? */
bool rpc_syntax_same(const struct rpc_syntax *a, const struct rpc_syntax *b);

extern const struct rpc_syntax rpc_ndr32;
extern const struct rpc_syntax rpc_ndr64;

/** rpc_bind_features - the transfer syntax that asks for these features
 * ([MS-RPCE] 3.3.1.5.3): 1 several security contexts, 2 keep the connection
 * when a call is orphaned
 */
struct rpc_syntax rpc_bind_features(uint8_t features);

#endif
