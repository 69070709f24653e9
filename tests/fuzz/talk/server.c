// SPDX-License-Identifier: GPL-2.0-only
/*
 * The server of a conversation: knows what it was asked, says what the records
 * have it say, and looks whether the client keeps to the rules.
 */
#include "../../../kmod/conn/keys.h"
#include "../../../kmod/tests/mirror.h"
#include "../../../kmod/wire/ntstatus.h"
#include "../../../kmod/wire/smb2_transform.h"
#include "talk.h"

#define PENDING_MAX	32
#define MIDS		4096
#define SESSION_ID	0x1234
#define OTHER_ID	0x1235
#define HDR_MID		24
#define HDR_SESSION	40

static const u32 statuses[] = {
	NT_STATUS_SUCCESS, NT_STATUS_PENDING,
	NT_STATUS_MORE_PROCESSING_REQUIRED, NT_STATUS_NETWORK_SESSION_EXPIRED,
	NT_STATUS_USER_SESSION_DELETED, NT_STATUS_BUFFER_OVERFLOW,
	NT_STATUS_END_OF_FILE, NT_STATUS_NO_MORE_FILES,
	NT_STATUS_ACCESS_DENIED, NT_STATUS_STOPPED_ON_SYMLINK,
	NT_STATUS_CANCELLED, NT_STATUS_NOT_SUPPORTED,
	NT_STATUS_INVALID_DEVICE_REQUEST, NT_STATUS_OBJECT_NAME_NOT_FOUND,
	NT_STATUS_NOTIFY_ENUM_DIR, NT_STATUS_INVALID_PARAMETER,
	NT_STATUS_FILE_CLOSED, 0xffffffff, 0x80000000, 0x40000000,
};

/**
 * struct said - a message under construction
 * @buf: of it
 * @out: writes to @buf
 * @at: where each PDU begins
 * @count: of PDUs
 * @seal: T to encrypt it
 * @sign: T to sign it
 * @other: T to do so with the keys of the other user
 */
struct said {
	u8		buf[TALK_MSG_MAX];
	struct wire_out	out;
	u32		at[8];
	u32		count;
	bool		seal;
	bool		sign;
	bool		other;
};

/* What the server has really said of a MessageId. */
enum {
	SAID_SIGNED	= 1 << 0,
	SAID_SEALED	= 1 << 1,
};

static struct said said;
static struct talk_pending pending[PENDING_MAX];
static u32 pending_count;
static u8 honest[MIDS];		/* by MessageId: SAID_* */
static u64 next_mid, granted, nonces;
static bool any_credits;	/* what is raw grants nobody knows how much */
static bool more_follows;

static bool waits(void)
{
	return pending_count;
}

static void begin(void)
{
	memset(honest, 0, sizeof(honest));
	next_mid = 0;
	granted = 1;
	nonces = 0;
	any_credits = false;
	more_follows = false;
}

static void forget(u32 i)
{
	free(pending[i].pdu);
	pending_count--;
	memmove(&pending[i], &pending[i + 1],
		(pending_count - i) * sizeof(pending[0]));
}

static void end(void)
{
	while (pending_count)
		forget(0);
}

u32 talk_status(u8 index)
{
	return statuses[index % ARRAY_SIZE(statuses)];
}

/* ---- Hearing -------------------------------------------------------------------- */

static bool can_protect(const struct unc_session *s)
{
	return s && s->keys && READ_ONCE(s->state) != UNC_STATE_NEW;
}

/* By the id that the client has taken from us; NULL until it has keys. */
static struct unc_session *session_of(u64 id)
{
	/* The other one cannot have an id that was taken. */
	if (can_protect(talk_session) && talk_session->id == id)
		return talk_session;
	return can_protect(talk_other) && talk_other->id == id ?
	       talk_other : NULL;
}

/* MessageIds follow each other and were paid for; CANCEL has an old one. */
static void check_mid(const struct wire_smb2_hdr *hdr)
{
	u32 charge = max_t(u32, hdr->credit_charge, 1);

	if (hdr->command == SMB2_CANCEL)
		return;
	if (hdr->message_id != next_mid)
		shim_die("MessageId %llu after %llu",
			 (unsigned long long)hdr->message_id,
			 (unsigned long long)next_mid);
	next_mid += charge;
	if (!any_credits && next_mid > granted)
		shim_die("MessageId %llu, %llu credits granted",
			 (unsigned long long)hdr->message_id,
			 (unsigned long long)granted);
}

/* What must be signed or encrypted is. */
static void check_protection(const struct wire_in *pdu,
			     const struct wire_smb2_hdr *hdr, bool sealed)
{
	struct unc_session *s = session_of(hdr->session_id);

	if (!hdr->session_id || !s)
		return;
	/* One that we have given the id of another, and that will not get far. */
	if (talk_setup != s && talk_setup->id == hdr->session_id)
		return;
	if (s->flags & UNC_SESSION_SEAL && !sealed)
		shim_die("command %u is not encrypted", hdr->command);
	if (sealed || !(s->flags & UNC_SESSION_SIGN))
		return;
	if (unc_sign_verify(s->keys, (u8 *)pdu->base, pdu->len))
		shim_die("command %u is not signed", hdr->command);
}

static void remember(const struct wire_in *pdu, const struct wire_smb2_hdr *hdr,
		     bool sealed)
{
	struct talk_pending *p;

	UNC_LOG("asked: command %u mid %llu%s\n", hdr->command,
		(unsigned long long)hdr->message_id, sealed ? ", sealed" : "");
	if (hdr->command == SMB2_CANCEL)
		return;
	if (pending_count == PENDING_MAX)
		forget(0);
	p = &pending[pending_count++];
	*p = (struct talk_pending){
		.command = hdr->command,
		.mid = hdr->message_id,
		.session_id = hdr->session_id,
		.tree_id = hdr->tree_id,
		.is_signed = hdr->flags & SMB2_FLAGS_SIGNED,
		.sealed = sealed,
		.pdu = malloc(pdu->len),
		.len = pdu->len,
	};
	memcpy(p->pdu, pdu->base, pdu->len);
}

static void iv_of(struct unc_aead_op *op, u16 cipher, const u8 *nonce)
{
	bool ccm = cipher == SMB2_ENCRYPTION_AES128_CCM ||
		   cipher == SMB2_ENCRYPTION_AES256_CCM;

	memset(op->iv, 0, sizeof(op->iv));
	if (!ccm) {
		memcpy(op->iv, nonce, SMB2_TRANSFORM_GCM_NONCE);
		return;
	}
	op->iv[0] = 15 - SMB2_TRANSFORM_CCM_NONCE - 1;
	memcpy(op->iv + 1, nonce, SMB2_TRANSFORM_CCM_NONCE);
}

/* What the client encrypted, with its own key for that. */
static u32 open_sealed(u8 *msg, u32 len)
{
	struct wire_smb2_transform hdr;
	struct unc_aead_op op = {
		.data = msg + SMB2_TRANSFORM_AAD_OFFSET,
		.aad_len = SMB2_TRANSFORM_AAD_SIZE,
		.tag = msg + 4,
	};
	struct unc_session *s;
	struct wire_in in;

	wire_in_init(&in, msg, len);
	if (wire_smb2_transform_decode(&in, len, &hdr))
		shim_die("an encrypted message that is none");
	s = session_of(hdr.session_id);
	if (!s)
		shim_die("an encrypted message of nobody");
	op.text_len = hdr.original_size;
	iv_of(&op, s->keys->cipher, hdr.nonce);
	if (unc_aead_run(s->keys->seal, &op))
		shim_die("an encrypted message that cannot be opened");
	return hdr.original_size;
}

/* Answered as the SMB2 NEGOTIATE that it takes the MessageId of. */
static void hear_multi(u8 *msg, u32 len)
{
	struct wire_smb2_hdr hdr = { .command = SMB2_NEGOTIATE };
	struct wire_blob blob = { msg, len };
	struct wire_smb2_multi_req req;
	struct wire_in pdu;

	if (mirror_smb2_multi_req_decode(&blob, &req) || next_mid)
		shim_die("a multi-protocol NEGOTIATE that is none");
	check_mid(&hdr);
	wire_in_init(&pdu, msg, len);
	remember(&pdu, &hdr, false);
	pending[pending_count - 1].multi = true;
}

static void hear(u8 *msg, u32 len)
{
	bool sealed = wire_msg_kind(msg, len) == WIRE_MSG_TRANSFORM;
	struct wire_smb2_hdr hdr;
	struct wire_in in, pdu;
	int more;

	if (sealed) {
		len = open_sealed(msg, len);
		msg += SMB2_TRANSFORM_SIZE;
	}
	if (wire_msg_kind(msg, len) == WIRE_MSG_SMB1) {
		hear_multi(msg, len);
		return;
	}
	wire_in_init(&in, msg, len);
	while ((more = wire_smb2_pdu_next(&in, &pdu, &hdr)) > 0) {
		check_mid(&hdr);
		check_protection(&pdu, &hdr, sealed);
		remember(&pdu, &hdr, sealed);
	}
	if (more)
		shim_die("the client sent what is no message");
}

/* ---- Speaking --------------------------------------------------------------------- */

static u32 credits_of(u8 credits)
{
	return credits == 255 ? U16_MAX : credits;
}

static struct wire_out *begin_message(void)
{
	if (!more_follows || said.count == ARRAY_SIZE(said.at)) {
		wire_out_init(&said.out, said.buf, sizeof(said.buf));
		said.count = 0;
		said.seal = false;
		said.sign = false;
		said.other = false;
	} else {
		wire_smb2_pdu_end(&said.out, true);
	}
	more_follows = false;
	said.at[said.count++] = said.out.pos;
	return &said.out;
}

/* The keys of a session that the client does not have before it hears this. */
static struct unc_keys *keys_to_come(const struct talk_pending *p)
{
	struct unc_conn *conn = talk_setup->conn;
	u8 preauth[UNC_PREAUTH_LEN], key[32];
	struct unc_keys_args args = {
		.dialect = conn->dialect,
		.signing = conn->signing,
		.cipher = conn->cipher,
		.session_key = key,
		.session_key_len = sizeof(key),
		.preauth = preauth,
	};

	memset(key, TALK_KEY(talk_setup->who.uid), sizeof(key));
	memcpy(preauth, talk_setup->preauth, sizeof(preauth));
	if (unc_preauth_update(preauth, p->pdu, p->len))
		return NULL;
	return unc_keys_new(&args);
}

static void sign_all(struct unc_keys *keys)
{
	u32 i, end;

	for (i = 0; i < said.count; i++) {
		end = i + 1 < said.count ? said.at[i + 1] : said.out.pos;
		unc_sign_pdu(keys, said.buf + said.at[i], end - said.at[i]);
	}
}

static void sign_setup(const struct talk_pending *p)
{
	struct unc_keys *keys = keys_to_come(p);

	if (IS_ERR_OR_NULL(keys))
		return;
	sign_all(keys);
	unc_keys_free(keys);
}

static struct unc_session *speaks_for(void)
{
	struct unc_session *s = said.other ? talk_other : talk_session;

	return can_protect(s) ? s : NULL;
}

/* As unc_seal() does it, with the server's key. */
static void seal_all(void)
{
	struct unc_session *s = speaks_for();
	struct wire_smb2_transform hdr = {
		.original_size = said.out.pos,
		.flags = SMB2_TRANSFORM_FLAG_ENCRYPTED,
		.session_id = s->id,
	};
	struct unc_aead_op op = { .encrypt = true };
	u8 *ready = talk_say(NULL, SMB2_TRANSFORM_SIZE + said.out.pos);
	struct wire_out o;

	hdr.nonce[0] = ++nonces;
	hdr.nonce[1] = nonces >> 8;
	wire_out_init(&o, ready, SMB2_TRANSFORM_SIZE);
	wire_smb2_transform_encode(&o, &hdr);
	memcpy(ready + SMB2_TRANSFORM_SIZE, said.buf, said.out.pos);
	op.data = ready + SMB2_TRANSFORM_AAD_OFFSET;
	op.aad_len = SMB2_TRANSFORM_AAD_SIZE;
	op.text_len = said.out.pos;
	op.tag = ready + 4;
	iv_of(&op, s->keys->cipher, hdr.nonce);
	unc_aead_run(s->keys->unseal, &op);
}

/* What is spoilt at @spoilt, an offset in the message or -1, nobody has said. */
static void note_honest(int spoilt)
{
	u64 mid;
	u32 i, end;

	if (said.other || (said.seal && spoilt >= 0))
		return;
	for (i = 0; i < said.count; i++) {
		end = i + 1 < said.count ? said.at[i + 1] : said.out.pos;
		if (spoilt >= (int)said.at[i] && spoilt < (int)end)
			continue;
		mid = get_unaligned_le64(said.buf + said.at[i] + HDR_MID);
		if (mid < MIDS)
			honest[mid] |= (said.seal ? SAID_SEALED : 0) |
				       (said.sign ? SAID_SIGNED : 0);
	}
}

static void end_message(const struct talk_pending *p, u8 how)
{
	int spoilt = -1;

	wire_smb2_pdu_end(&said.out, false);
	if (said.out.overflow)
		return;
	if (p && p->command == SMB2_SESSION_SETUP && talk_setup &&
	    !talk_setup->keys && !(how & TALK_PLAIN))
		sign_setup(p);
	if (said.seal) {
		seal_all();
	} else {
		if (said.sign)
			sign_all(speaks_for()->keys);
		talk_say(said.buf, said.out.pos);
	}
	if (how & TALK_SPOILT) {
		spoilt = talk_spoil(how);
		any_credits = true;	/* perhaps that was their number */
	}
	note_honest(spoilt);
}

/* One PDU is complete; the next record may add to the message. */
static void protect(const struct talk_pending *p, u8 how)
{
	bool other = p && talk_other && p->session_id == talk_other->id;
	struct unc_session *s;

	said.other = how & TALK_OTHER_SESSION ? !other : other;
	s = speaks_for();
	if (p && s && !(how & TALK_PLAIN)) {
		said.seal |= p->sealed && s->keys->cipher;
		said.sign |= p->is_signed || how & TALK_SIGNED;
	}
	if (!s)
		said.seal = said.sign = false;
	more_follows = how & TALK_MORE;
	if (!more_follows)
		end_message(p, how);
}

static struct talk_pending *asked(u8 which)
{
	return pending_count ? &pending[which % pending_count] : NULL;
}

static void begin_pdu(const struct talk_pending *p,
		      const struct talk_record *rec, u32 status)
{
	struct wire_smb2_hdr hdr = {
		.credit_charge = 1,
		.credits = credits_of(rec->credits),
		.status = status,
		.flags = SMB2_FLAGS_SERVER_TO_REDIR,
		.command = p ? p->command : rec->which,
		.message_id = p ? p->mid : rec->which,
		.session_id = p && p->session_id ? p->session_id :
			      talk_setup && talk_setup == talk_other ?
			      OTHER_ID : SESSION_ID,
		.tree_id = p && p->command == SMB2_TREE_CONNECT ? 5 :
			   p ? p->tree_id : 0,
	};

	if (rec->how & TALK_ASYNC) {
		hdr.flags |= SMB2_FLAGS_ASYNC_COMMAND;
		hdr.async_id = hdr.message_id + 1000;
	}
	if (rec->how & TALK_OTHER_MID)
		hdr.message_id += 3;
	if (rec->how & TALK_OTHER_SESSION)
		hdr.session_id ^= SESSION_ID ^ OTHER_ID;
	granted += hdr.credits;
	UNC_LOG("said: command %u mid %llu status %#x credits %u\n",
		hdr.command, (unsigned long long)hdr.message_id, status,
		hdr.credits);
	wire_smb2_pdu_begin(begin_message(), &hdr);
}

static void answered(struct talk_pending *p, u8 how)
{
	if (p && !(how & TALK_KEEP))
		forget(p - pending);
}

static void say_answer(const struct talk_record *rec, const u8 *data, u32 len)
{
	struct talk_pending *p = asked(rec->which);

	begin_pdu(p, rec, talk_status(rec->status));
	wire_out_bytes(&said.out, data, len);
	protect(p, rec->how);
	answered(p, rec->how);
}

static void say_right(const struct talk_record *rec)
{
	struct talk_pending *p = asked(rec->which);
	u32 status;

	if (!p)
		return;
	status = talk_right_status(p);
	begin_pdu(p, rec, status);
	if (status == NT_STATUS_NO_MORE_FILES)
		mirror_smb2_error_rsp_encode(&said.out,
					     &(struct wire_smb2_error_rsp){});
	else
		talk_right_body(&said.out, p);
	protect(p, rec->how);
	answered(p, rec->how);
}

static void say_interim(const struct talk_record *rec)
{
	struct talk_record interim = *rec;
	struct talk_pending *p = asked(rec->which);

	if (!p)
		return;
	interim.how |= TALK_ASYNC;
	begin_pdu(p, &interim, NT_STATUS_PENDING);
	mirror_smb2_error_rsp_encode(&said.out, &(struct wire_smb2_error_rsp){});
	protect(p, rec->how);
}

static void say_pdu(const struct talk_record *rec, const u8 *data, u32 len)
{
	struct talk_pending *p = asked(rec->which);
	struct wire_out *o;
	u32 at;

	if (len < SMB2_HDR_SIZE)
		return;
	any_credits = true;
	o = begin_message();
	at = o->pos;
	wire_smb2_pdu_begin(o, &(struct wire_smb2_hdr){});
	o->pos = at;
	wire_out_bytes(o, data, len);
	if (p && !o->overflow && !(rec->how & TALK_OTHER_MID)) {
		put_unaligned_le64(p->mid, o->buf + at + HDR_MID);
		put_unaligned_le64(SESSION_ID, o->buf + at + HDR_SESSION);
	}
	protect(p, rec->how);
	answered(p, rec->how);
}

static void say_break(const struct talk_record *rec, const u8 *data, u32 len)
{
	struct wire_smb2_break notice = { .is_lease = true };
	struct wire_smb2_hdr hdr = {
		.command = SMB2_OPLOCK_BREAK,
		.flags = SMB2_FLAGS_SERVER_TO_REDIR,
		.message_id = U64_MAX,
	};

	notice.lease.epoch = rec->which;
	notice.lease.flags = rec->status & 1;
	notice.lease.current_state = SMB2_LEASE_RWH;
	notice.lease.new_state = rec->credits;
	if (talk_lease)
		memcpy(notice.lease.key, talk_lease->key, SMB2_LEASE_KEY_SIZE);
	if (len >= SMB2_LEASE_KEY_SIZE)
		memcpy(notice.lease.key, data, SMB2_LEASE_KEY_SIZE);
	wire_smb2_pdu_begin(begin_message(), &hdr);
	mirror_smb2_break_notify_encode(&said.out, &notice);
	said.seal |= speaks_for() && speaks_for()->flags & UNC_SESSION_SEAL &&
		     !(rec->how & TALK_PLAIN);
	more_follows = rec->how & TALK_MORE;
	if (!more_follows)
		end_message(NULL, rec->how);
}

static void play(const struct talk_record *rec, const u8 *data, u32 len)
{
	switch (rec->kind % TALK_KINDS) {
	case TALK_ANSWER:
		return say_answer(rec, data, len);
	case TALK_RIGHT:
		return say_right(rec);
	case TALK_PDU:
		return say_pdu(rec, data, len);
	case TALK_INTERIM:
		return say_interim(rec);
	case TALK_BREAK:
		return say_break(rec, data, len);
	case TALK_RAW:
		any_credits = true;
		talk_say(data, len);
	}
}

/* What the client believes was said by who has the key. */
static void check(const struct unc_req *req)
{
	int i;

	for (i = 0; i < req->nparts; i++) {
		const struct unc_part *part = &req->parts[i];
		u8 needs = req->sealed ? SAID_SEALED :
			   req->signed_ ? SAID_SEALED | SAID_SIGNED : 0;

		if (part->answered && needs && part->mid < MIDS &&
		    !(honest[part->mid] & needs))
			shim_die("a forged answer to command %u was believed",
				 part->command);
	}
}

const struct talk_server talk_server_smb2 = {
	.begin	= begin,
	.end	= end,
	.hear	= hear,
	.waits	= waits,
	.right	= say_right,
	.play	= play,
	.check	= check,
};
