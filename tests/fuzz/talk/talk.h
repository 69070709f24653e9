/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A conversation between the real client (kmod/conn, kmod/smb2) and a server
 * that says what the fuzzer's input has it say.
 *
 * The input is struct talk_config, then records: each is a thing that happens
 * while the client waits.  When there are none left, the server goes on as the
 * configuration says: rightly, silently, or not at all.
 */
#ifndef UNC_FUZZ_TALK_H
#define UNC_FUZZ_TALK_H

#include "../../../kmod/conn/lease.h"
#include "../../../kmod/conn/request.h"

#define TALK_PROGRAM	12
#define TALK_MSG_MAX	(1 << 17)
#define TALK_KEY(uid)	(0x11 + (uid).val)	/* each byte of a session key */

/* What the server does when the input is at its end. */
enum talk_end {
	TALK_END_RIGHT,
	TALK_END_SILENT,
	TALK_END_CLOSED,
	TALK_ENDS,
};

/**
 * struct talk_config - the first bytes of the input
 * @dialect: index of the highest one that is offered, and which the server takes
 * @cipher: what the server chooses
 * @signing: what the server chooses
 * @flags: TALK_*
 * @end: enum talk_end
 * @fails: which allocation of memory fails, 0 for none
 * @setup: how many of the client's first requests are answered rightly before
 *	the records are looked at
 * @lifetime: of the agent's credential in seconds, 0 for ever
 * @more: TALK_TWO_USERS, TALK_MULTI, TALK_DIRECTORY
 * @program: what the client does
 */
struct talk_config {
	u8 dialect;
	u8 cipher;
	u8 signing;
	u8 flags;
	u8 end;
	u8 fails;
	u8 setup;
	u8 lifetime;
	u8 more;
	u8 program[TALK_PROGRAM];
};

enum {
	TALK_CLIENT_SIGNS	= 1 << 0,
	TALK_CLIENT_SEALS	= 1 << 1,
	TALK_SERVER_SIGNS	= 1 << 2,
	TALK_SESSION_SEALED	= 1 << 3,
	TALK_SHARE_SEALED	= 1 << 4,
	TALK_ANONYMOUS		= 1 << 5,
	TALK_FEW_CREDITS	= 1 << 6,
	TALK_ALL_DIALECTS	= 1 << 7,
};

enum {
	TALK_TWO_USERS		= 1 << 0,
	TALK_MULTI		= 1 << 1,
	TALK_DIRECTORY		= 1 << 2,	/* is what is opened */
};

enum talk_kind {
	TALK_ANSWER,		/* data: the body */
	TALK_RIGHT,		/* as a server should */
	TALK_PDU,		/* data: header and body, the MessageId put in */
	TALK_INTERIM,		/* STATUS_PENDING */
	TALK_BREAK,		/* of the lease; data: states, flags */
	TALK_RAW,		/* data: the message */
	TALK_TIME,		/* @status seconds pass */
	TALK_EVENT,		/* by @which: signal, closed, ... */
	TALK_KINDS,
};

/* How an answer is sent; not otherwise: as protected as its question. */
enum {
	TALK_PLAIN		= 1 << 0,	/* neither signed nor encrypted */
	TALK_SIGNED		= 1 << 1,	/* signed, though not asked for */
	TALK_SPOILT		= 1 << 2,	/* a bit changed afterwards */
	TALK_ASYNC		= 1 << 3,	/* with the AsyncId */
	TALK_OTHER_MID		= 1 << 4,
	TALK_OTHER_SESSION	= 1 << 5,	/* of the other user, if there is */
	TALK_MORE		= 1 << 6,	/* the next one is in the same message */
	TALK_KEEP		= 1 << 7,	/* and is answered again */
};

/**
 * struct talk_record - one thing that happens; its data follows
 * @kind: enum talk_kind
 * @how: of an answer
 * @which: which of the requests in flight, the oldest first
 * @status: index of an NTSTATUS
 * @credits: granted; 255 means 65535
 * @len: bytes of data, low byte first
 */
struct talk_record {
	u8 kind;
	u8 how;
	u8 which;
	u8 status;
	u8 credits;
	u8 len[2];
};

/**
 * struct talk_pending - a request as the server has it
 * @command: of [MS-SMB2] 2.2.1.2
 * @mid: MessageId
 * @session_id: of its header
 * @tree_id: of its header
 * @async_id: given to it, or 0
 * @is_signed: T if it came signed
 * @sealed: T if it came encrypted
 * @multi: T for a multi-protocol NEGOTIATE, which has another header
 * @pdu: header and body
 * @len: bytes at @pdu
 */
struct talk_pending {
	u16	command;
	u64	mid;
	u64	session_id;
	u32	tree_id;
	u64	async_id;
	bool	is_signed;
	bool	sealed;
	bool	multi;
	u8	*pdu;
	u32	len;
};

extern struct talk_config talk_config;

/* fuzz_talk.c: the input */
bool talk_next(struct talk_record *rec, const u8 **data, u32 *len);
bool talk_input_left(void);

/**
 * struct talk_server - what a server hears and says
 * @begin: before a conversation
 * @end: after it
 * @hear: a message of the client's; looks whether it keeps to the rules
 * @waits: T if the client waits for an answer
 * @right: answers as a server should
 * @play: says what a record has it say
 * @check: was what the client believes said by who has the key?
 */
struct talk_server {
	void (*begin)(void);
	void (*end)(void);
	void (*hear)(u8 *msg, u32 len);
	bool (*waits)(void);
	void (*right)(const struct talk_record *rec);
	void (*play)(const struct talk_record *rec, const u8 *data, u32 len);
	void (*check)(const struct unc_req *req);
};

extern const struct talk_server talk_server_smb2;	/* server.c */
extern const struct talk_server talk_server_smb1;	/* server_smb1.c */
extern const struct talk_server *talk_server;		/* the one of this run */

/* server.c: what records have in common */
u32 talk_status(u8 index);

/* speaking.c: what comes next, and when */
void talk_speak_begin(void);
void talk_speak_end(void);

/* T with a message, which the caller frees, or with an error; F if there is
 * nothing to be received now.
 */
bool talk_speak(u8 **msg, u32 *len, int *error);

/* For servers: the message to be received, and a copy of @msg if not NULL; a bit
 * of it changed, and at which byte.
 */
u8 *talk_say(const void *msg, u32 len);
u32 talk_spoil(u8 which);

/* answers.c: what a good server answers */
u32 talk_right_status(const struct talk_pending *p);
void talk_right_body(struct wire_out *o, const struct talk_pending *p);

/* client.c: what the client does */
extern struct unc_session *talk_session;
extern struct unc_session *talk_other;	/* of another user, or NULL */
extern struct unc_session *talk_setup;	/* which authenticates, or did last */
extern struct unc_lease *talk_lease;
void talk_client_run(void);

/* talk_transport.c */
struct unc_transport *talk_transport_new(void);

#endif /* UNC_FUZZ_TALK_H */
