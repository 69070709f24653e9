// SPDX-License-Identifier: GPL-2.0-only
/*
 * The server of a conversation in SMB 1: what the records have it say, of what
 * was captured once (tests/data), and whether the client keeps to the rules.
 */
#include "../../../kmod/smb1/smb1.h"
#include "../../../kmod/tests/vectors.h"
#include "../../../kmod/wire/fscc.h"
#include "../../../kmod/wire/ntstatus.h"
#include "../../../kmod/wire/smb1_setup.h"
#include "talk.h"

#define PENDING_MAX	64
#define MIDS		4096
#define UID		0x64
#define OTHER_UID	0x65
#define TID		5
#define KEY_LEN		32	/* of the agent's keys */

/* Where things are, from the header: [MS-CIFS] 2.2.4.46.1, 2.2.4.62.1 */
#define FUNCTION_AT	(SMB1_WORDS_OFFSET + 28)
#define PARAMS_OFFSET_AT (SMB1_WORDS_OFFSET + 20)
#define NT_FUNCTION_AT	(SMB1_WORDS_OFFSET + 36)

/**
 * struct asked - a message of the client's
 * @hdr: its header
 * @function: subcommand of a transaction
 * @level: of QUERY_FILE_INFO
 * @is_signed: T if it came signed
 * @sequence: of its answer, if @is_signed
 * @told: bytes of a transaction's data that were in messages before
 */
struct asked {
	struct wire_smb1_hdr	hdr;
	u16			function;
	u16			level;
	bool			is_signed;
	u32			sequence;
	u32			told;
};

static struct asked pending[PENDING_MAX];
static u32 pending_count;
static bool honest[MIDS];	/* by MID: we have said something of it */
static u32 slots;		/* MaxMpxCount */
static bool any_slots;		/* what was said may have changed it */
static u32 sequence;		/* of the next signed message */
static u8 said[TALK_MSG_MAX];

static bool waits(void)
{
	return pending_count;
}

static void begin(void)
{
	memset(honest, 0, sizeof(honest));
	pending_count = 0;
	slots = 1;
	any_slots = false;
	sequence = 2;
}

static void end(void)
{
}

/* ---- Hearing ------------------------------------------------------------------ */

/* NULL before there is somebody to sign. */
static struct smb1_conn *signer(void)
{
	return talk_setup ? smb1_conn(talk_setup->conn) : NULL;
}

/* Numbers follow each other; CANCEL, which has no answer, takes one. */
static void check_signature(struct asked *a, u8 *msg, u32 len)
{
	struct smb1_conn *sc = signer();

	if (!sc || !sc->signing)
		return;
	if (smb1_verify(sc, msg, len, sequence))
		shim_die("command %#x is not signed as number %u",
			 a->hdr.command, sequence);
	a->is_signed = true;
	a->sequence = sequence + 1;
	sequence += a->hdr.command == SMB1_NT_CANCEL ? 1 : 2;
}

static void look_at_trans(struct asked *a, const u8 *msg, u32 len)
{
	bool nt = a->hdr.command == SMB1_NT_TRANSACT;
	u32 at = nt ? NT_FUNCTION_AT : FUNCTION_AT;

	if (len < at + 2)
		shim_die("a transaction that is none");
	a->function = get_unaligned_le16(msg + at);
	if (a->hdr.command != SMB1_TRANSACTION2 ||
	    a->function != SMB1_QUERY_FILE_INFO)
		return;
	at = get_unaligned_le16(msg + PARAMS_OFFSET_AT) + 2;
	if (len < at + 2)
		shim_die("a query without a level");
	a->level = get_unaligned_le16(msg + at);
}

static bool is_trans(u8 command)
{
	return command == SMB1_TRANSACTION || command == SMB1_TRANSACTION2 ||
	       command == SMB1_NT_TRANSACT;
}

static void hear(u8 *msg, u32 len)
{
	struct asked a = {};
	struct wire_in in;

	wire_in_init(&in, msg, len);
	if (wire_smb1_hdr_decode(&in, &a.hdr) ||
	    wire_in_left(&in) < wire_smb1_words(&in, 0) * 2U + 2)
		shim_die("the client sent what is no message");
	check_signature(&a, msg, len);
	UNC_LOG("asked: command %#x mid %u%s\n", a.hdr.command, a.hdr.mid,
		a.is_signed ? ", signed" : "");
	if (a.hdr.command == SMB1_NT_CANCEL)
		return;
	if (is_trans(a.hdr.command))
		look_at_trans(&a, msg, len);
	if (pending_count == PENDING_MAX ||
	    (!any_slots && pending_count == slots))
		shim_die("more than %u requests in flight", pending_count);
	pending[pending_count++] = a;
}

/* ---- What a good server answers ------------------------------------------------ */

#define CAPTURED(o, vec) \
	wire_out_bytes(o, vec_##vec + SMB1_HDR_SIZE, \
		       sizeof(vec_##vec) - SMB1_HDR_SIZE)

static void negotiate(struct wire_out *o)
{
	u8 *body = o->buf + o->pos;

	CAPTURED(o, smb1_negotiate_rsp);
	body[3] |= SMB1_SIGNING_ENABLED;
	if (talk_config.flags & TALK_SERVER_SIGNS)
		body[3] |= SMB1_SIGNING_REQUIRED;
	if (talk_config.flags & TALK_FEW_CREDITS)
		put_unaligned_le16(1, body + 4);
	slots = get_unaligned_le16(body + 4);
}

/**
 * struct told - the answer to a transaction
 * @params: parameters
 * @data: data
 */
struct told {
	struct wire_blob params;
	struct wire_blob data;
};

static void captured_trans(struct told *told, const u8 *vec, u32 len)
{
	struct wire_smb1_trans_rsp rsp;
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	wire_in_init(&in, vec, len);
	if (wire_smb1_hdr_decode(&in, &hdr) ||
	    wire_smb1_trans_rsp_decode(&in, false, &rsp))
		shim_die("a captured transaction that is none");
	told->params = rsp.params;
	told->data = rsp.data;
}

static void answer_trans2(const struct asked *a, struct told *told)
{
	static const u8 more[10] = { 9, 0, 3 };	/* of three entries, not the end */
	static const u8 no_more[8] = { [2] = 1 };
	static const u8 number[8] = { 77 };
	static const u8 sizes[32] = { [24] = 8, [28] = 0, 2 };

	switch (a->function) {
	case SMB1_FIND_FIRST2:
		captured_trans(told, vec_smb1_find_rsp,
			       sizeof(vec_smb1_find_rsp));
		if (talk_config.signing & 1)
			told->params = (struct wire_blob){ more, sizeof(more) };
		return;
	case SMB1_FIND_NEXT2:
		told->params = (struct wire_blob){ no_more, sizeof(no_more) };
		return;
	case SMB1_QUERY_FILE_INFO:
		if (a->level == SMB1_QUERY_FILE_ALL)
			return captured_trans(told, vec_smb1_query_rsp,
					      sizeof(vec_smb1_query_rsp));
		told->data = (struct wire_blob){ number, sizeof(number) };
		break;
	case SMB1_QUERY_FS_INFO:
		told->data = (struct wire_blob){ sizes, sizeof(sizes) };
		break;
	}
	told->params = (struct wire_blob){ no_more, 2 };
}

static void answer_trans(const struct asked *a, struct told *told)
{
	if (a->hdr.command == SMB1_TRANSACTION2)
		answer_trans2(a, told);
	else if (a->hdr.command == SMB1_TRANSACTION)
		told->data = (struct wire_blob){ (const u8 *)"bound", 5 };
	else if (a->function == SMB1_NT_IOCTL)
		told->data = (struct wire_blob){ vec_fscc_symlink,
						 sizeof(vec_fscc_symlink) };
	else if (a->function == SMB1_NT_NOTIFY)
		told->params = (struct wire_blob){ vec_fscc_notify,
						   sizeof(vec_fscc_notify) };
	else
		told->data = (struct wire_blob){ vec_smb1_query_rsp, 20 };
}

/* A number of an answer, which NT_TRANSACT has with 32 bits, others with 16. */
static void number(struct wire_out *o, bool nt, u32 value)
{
	if (nt)
		wire_out_u32(o, value);
	else
		wire_out_u16(o, value);
}

/* [MS-CIFS] 2.2.4.46.2, 2.2.4.62.2: @len bytes of data, from @at on */
static void trans(struct wire_out *o, bool nt, const struct told *told, u32 at,
		  u32 len)
{
	u32 params = at ? 0 : told->params.len;
	u32 offset = SMB1_WORDS_OFFSET + (nt ? 36 : 20) + 2;

	wire_out_u8(o, nt ? 18 : 10);
	wire_out_zero(o, nt ? 3 : 0);
	number(o, nt, told->params.len);
	number(o, nt, told->data.len);
	wire_out_zero(o, nt ? 0 : 2);
	number(o, nt, params);
	number(o, nt, offset);
	number(o, nt, 0);
	number(o, nt, len);
	number(o, nt, offset + params);
	number(o, nt, at);
	wire_out_u8(o, 0);		/* SetupCount */
	wire_out_zero(o, nt ? 0 : 1);
	wire_out_u16(o, params + len);
	wire_out_bytes(o, told->params.ptr, params);
	if (len)
		wire_out_bytes(o, told->data.ptr + at, len);
}

/* Return: T if there is more of it, for another message. */
static bool say_trans(struct wire_out *o, struct asked *a, bool in_part)
{
	struct told told = {};
	u32 len;

	answer_trans(a, &told);
	len = told.data.len - a->told;
	if (in_part)
		len /= 2;
	trans(o, a->hdr.command == SMB1_NT_TRANSACT, &told, a->told, len);
	a->told += len;
	return in_part && len;
}

static u32 right_status(const struct asked *a)
{
	return a->hdr.command == SMB1_SESSION_SETUP_ANDX && !talk_setup->id ?
	       NT_STATUS_MORE_PROCESSING_REQUIRED : NT_STATUS_SUCCESS;
}

/* Of what is no transaction. */
static void right_body(struct wire_out *o, const struct asked *a)
{
	switch (a->hdr.command) {
	case SMB1_NEGOTIATE:
		return negotiate(o);
	case SMB1_SESSION_SETUP_ANDX:
		if (!talk_setup->id)
			return CAPTURED(o, smb1_session_rsp_more);
		return CAPTURED(o, smb1_session_rsp);
	case SMB1_TREE_CONNECT_ANDX:
		if (talk_config.cipher & 1)
			return CAPTURED(o, smb1_tree_rsp_pipe);
		return CAPTURED(o, smb1_tree_rsp);
	case SMB1_NT_CREATE_ANDX:
		return CAPTURED(o, smb1_create_rsp);
	case SMB1_READ_ANDX:
		return CAPTURED(o, smb1_read_rsp);
	case SMB1_WRITE_ANDX:
		return CAPTURED(o, smb1_write_rsp);
	default:
		wire_smb1_empty(o);
	}
}

/* ---- Speaking -------------------------------------------------------------------- */

static struct asked *asked(u8 which)
{
	return pending_count ? &pending[which % pending_count] : NULL;
}

static void forget(struct asked *a)
{
	u32 i = a - pending;

	pending_count--;
	memmove(a, a + 1, (pending_count - i) * sizeof(*a));
}

/* The last leg's answer is signed by a key that the client has not taken yet. */
static bool sign_setup(const struct asked *a, u32 status, u32 len)
{
	struct smb1_conn *sc = signer(), ours = { .key_len = KEY_LEN };

	if (a->hdr.command != SMB1_SESSION_SETUP_ANDX || status || !sc ||
	    !sc->md5 || sc->signing)
		return false;
	ours.md5 = sc->md5;
	memset(ours.key, TALK_KEY(talk_setup->who.uid), KEY_LEN);
	return !smb1_sign(&ours, said, len, 1);
}

static bool sign(const struct asked *a, u32 status, u32 len)
{
	if (!a->is_signed)
		return sign_setup(a, status, len);
	return !smb1_sign(signer(), said, len, a->sequence);
}

static void send(const struct asked *a, const struct talk_record *rec,
		 u32 status, struct wire_out *o)
{
	bool is_signed;

	if (o->overflow)
		return;
	is_signed = !(rec->how & TALK_PLAIN) && sign(a, status, o->pos);
	talk_say(said, o->pos);
	if (rec->how & TALK_SPOILT) {
		talk_spoil(rec->credits);
		any_slots = true;	/* perhaps another is answered */
	} else if (is_signed && a->hdr.mid < MIDS) {
		honest[a->hdr.mid] = true;
	}
}

static struct wire_out begin_answer(const struct asked *a,
				    const struct talk_record *rec, u32 status)
{
	struct wire_smb1_hdr hdr = a->hdr;
	struct wire_out o;

	hdr.status = status;
	hdr.flags = SMB1_FLAGS_REPLY;
	if (rec->how & TALK_ASYNC)
		hdr.flags2 &= ~SMB1_FLAGS2_NT_STATUS;
	if (rec->how & TALK_OTHER_MID) {
		hdr.mid += 3;
		any_slots = true;
	}
	if (!hdr.uid && hdr.command == SMB1_SESSION_SETUP_ANDX)
		hdr.uid = talk_setup == talk_other ? OTHER_UID : UID;
	if (rec->how & TALK_OTHER_SESSION)
		hdr.uid ^= UID ^ OTHER_UID;
	if (hdr.command == SMB1_TREE_CONNECT_ANDX)
		hdr.tid = TID;
	UNC_LOG("said: command %#x mid %u status %#x\n", hdr.command, hdr.mid,
		status);
	wire_out_init(&o, said, sizeof(said));
	wire_smb1_hdr_encode(&o, &hdr);
	return o;
}

/* What is answered again, or wrongly, may give back a slot that is in use. */
static void answered(struct asked *a, u8 how)
{
	if (how & TALK_KEEP)
		any_slots = true;
	else
		forget(a);
}

static void say_answer(const struct talk_record *rec, const u8 *data, u32 len)
{
	u32 status = talk_status(rec->status);
	struct asked *a = asked(rec->which);
	struct wire_out o;

	if (!a)
		return;
	any_slots |= a->hdr.command == SMB1_NEGOTIATE;
	o = begin_answer(a, rec, status);
	wire_out_bytes(&o, data, len);
	send(a, rec, status, &o);
	answered(a, rec->how);
}

static void say_right(const struct talk_record *rec)
{
	struct asked *a = asked(rec->which);
	struct wire_out o;
	u32 status;
	bool more = false;

	if (!a)
		return;
	status = right_status(a);
	o = begin_answer(a, rec, status);
	if (is_trans(a->hdr.command))
		more = say_trans(&o, a, rec->how & TALK_MORE);
	else
		right_body(&o, a);
	send(a, rec, status, &o);
	if (!more)
		answered(a, rec->how);
}

/* Nothing but a status, as of what failed. */
static void say_failed(const struct talk_record *rec)
{
	u32 status = talk_status(rec->status);
	struct asked *a = asked(rec->which);
	struct wire_out o;

	if (!a)
		return;
	o = begin_answer(a, rec, status);
	wire_smb1_empty(&o);
	send(a, rec, status, &o);
	answered(a, rec->how);
}

static void say_raw(const u8 *data, u32 len)
{
	any_slots = true;
	talk_say(data, len);
}

static void play(const struct talk_record *rec, const u8 *data, u32 len)
{
	switch (rec->kind % TALK_KINDS) {
	case TALK_ANSWER:
		return say_answer(rec, data, len);
	case TALK_RIGHT:
	case TALK_BREAK:
		return say_right(rec);
	case TALK_INTERIM:
		return say_failed(rec);
	case TALK_PDU:
	case TALK_RAW:
		return say_raw(data, len);
	}
}

static void check(const struct unc_req *req)
{
	const struct unc_part *part;
	int i;

	for (i = 0; i < req->nparts; i++) {
		part = &req->parts[i];
		if (part->answered && smb1_part(part)->is_signed &&
		    part->mid < MIDS && !honest[part->mid])
			shim_die("a forged answer to command %#x was believed",
				 smb1_part(part)->command);
	}
}

const struct talk_server talk_server_smb1 = {
	.begin	= begin,
	.end	= end,
	.hear	= hear,
	.waits	= waits,
	.right	= say_right,
	.play	= play,
	.check	= check,
};
