// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codecs of files and pipes read out of vectors. */
#include "field.h"
#include "mirror.h"
#include "vectors.h"

static void create_request(struct kunit *test)
{
	struct mirror_smb2_create_req v;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_create_req, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_create_req_decode(&in, &v));
	KUNIT_EXPECT_EQ(test, SMB2_IMPERSONATION_IMPERSONATION,
			v.req.impersonation);
	KUNIT_EXPECT_EQ(test, 0x0012019f, v.req.access);
	KUNIT_EXPECT_EQ(test, 3, v.req.share_access);
	KUNIT_EXPECT_EQ(test, SMB2_FILE_OVERWRITE_IF, v.req.disposition);
	KUNIT_EXPECT_EQ(test, SMB2_FILE_NON_DIRECTORY_FILE, v.req.options);
	FIELD_EXPECT_TEXT(test, &v.req.name, "dir\\file.txt");
	KUNIT_EXPECT_NULL(test, v.req.lease);
	FIELD_PDU(test, vec_create_req_cifs, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_create_req_decode(&in, &v));
	KUNIT_EXPECT_EQ(test, SMB2_OPLOCK_LEVEL_LEASE, v.req.oplock_level);
	FIELD_EXPECT_TEXT(test, &v.req.name, "a");
	KUNIT_ASSERT_NOT_NULL(test, v.req.lease);
	KUNIT_EXPECT_EQ(test, 2, v.req.lease->version);
	KUNIT_EXPECT_EQ(test, 0x56, v.req.lease->key[0]);
	KUNIT_EXPECT_EQ(test, SMB2_LEASE_RWH, v.req.lease->state);
	KUNIT_EXPECT_TRUE(test, v.req.want_disk_id);
	KUNIT_EXPECT_TRUE(test, v.req.durable_v1);
	KUNIT_EXPECT_EQ(test, 0, v.req.extra_count);
}

static void create_response(struct kunit *test)
{
	struct wire_smb2_create_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_create_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, SMB2_OPLOCK_LEVEL_NONE, rsp.oplock_level);
	KUNIT_EXPECT_EQ(test, SMB2_FILE_CREATED, rsp.create_action);
	KUNIT_EXPECT_EQ(test, 0x01dd79abb5a53850ULL, rsp.creation_time);
	KUNIT_EXPECT_EQ(test, 0x01dd79abb5a53850ULL, rsp.change_time);
	KUNIT_EXPECT_EQ(test, 4096, rsp.allocation_size);
	KUNIT_EXPECT_EQ(test, 0, rsp.end_of_file);
	KUNIT_EXPECT_EQ(test, 0x20, rsp.attributes);
	KUNIT_EXPECT_EQ(test, 0x16f867e0, rsp.fid.persistent_id);
	KUNIT_EXPECT_EQ(test, 0x55c9ca0b, rsp.fid.volatile_id);
	KUNIT_EXPECT_EQ(test, 0, rsp.raw_ctxs.len);
	KUNIT_EXPECT_FALSE(test, rsp.ctx.has_lease);
}

static void create_leases(struct kunit *test)
{
	struct wire_smb2_create_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_create_rsp_lease, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, SMB2_OPLOCK_LEVEL_LEASE, rsp.oplock_level);
	KUNIT_ASSERT_TRUE(test, rsp.ctx.has_lease);
	KUNIT_EXPECT_EQ(test, 2, rsp.ctx.lease.version);
	KUNIT_EXPECT_EQ(test, 0x40, rsp.ctx.lease.key[0]);
	KUNIT_EXPECT_EQ(test, SMB2_LEASE_RWH, rsp.ctx.lease.state);
	KUNIT_EXPECT_EQ(test, 1, rsp.ctx.lease.epoch);
	KUNIT_ASSERT_TRUE(test, rsp.ctx.has_durable);
	KUNIT_EXPECT_EQ(test, 300000, rsp.ctx.durable.timeout);
	FIELD_PDU(test, vec_create_rsp_lease1, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_ASSERT_TRUE(test, rsp.ctx.has_lease);
	KUNIT_EXPECT_EQ(test, 1, rsp.ctx.lease.version);
	KUNIT_EXPECT_EQ(test, SMB2_LEASE_READ_CACHING, rsp.ctx.lease.state);
	KUNIT_EXPECT_FALSE(test, rsp.ctx.has_durable);
}

static void create_contexts(struct kunit *test)
{
	struct wire_smb2_create_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_create_rsp_mxac, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_TRUE(test, rsp.ctx.has_max_access);
	KUNIT_EXPECT_EQ(test, 0, rsp.ctx.max_access_status);
	KUNIT_EXPECT_EQ(test, 0x001f01ff, rsp.ctx.max_access);
	FIELD_PDU(test, vec_create_rsp_qfid, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_FALSE(test, rsp.ctx.has_max_access);
	KUNIT_EXPECT_TRUE(test, rsp.ctx.has_disk_id);
	KUNIT_EXPECT_EQ(test, 0x00532090, rsp.ctx.disk_file_id);
	KUNIT_EXPECT_EQ(test, 0xfe00, rsp.ctx.disk_volume_id);
}

/* What a new file shall be, for whom, and what POSIX extensions say of it. */
static void create_new(struct kunit *test)
{
	static const u8 owner[] = { 1, 2, 0, 0, 0, 0, 0, 22, 1, 0, 0, 0,
				    0xe8, 3, 0, 0 };
	struct mirror_smb2_create_req v;
	struct wire_smb2_create_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_create_req_new, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_create_req_decode(&in, &v));
	KUNIT_EXPECT_EQ(test, 0, v.req.extra_count);
	KUNIT_EXPECT_EQ(test, 65536, v.req.allocation);
	KUNIT_EXPECT_EQ(test, 20, v.req.security.len);
	KUNIT_ASSERT_NOT_NULL(test, v.req.app_instance);
	KUNIT_EXPECT_EQ(test, 0xaf, v.req.app_instance[15]);
	KUNIT_ASSERT_NOT_NULL(test, v.req.posix_mode);
	KUNIT_EXPECT_EQ(test, 0640, *v.req.posix_mode);
	FIELD_PDU(test, vec_create_rsp_posix, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_ASSERT_TRUE(test, rsp.ctx.has_posix);
	KUNIT_EXPECT_EQ(test, 2, rsp.ctx.posix.nlink);
	KUNIT_EXPECT_EQ(test, 0, rsp.ctx.posix.reparse_tag);
	KUNIT_EXPECT_EQ(test, 0640, rsp.ctx.posix.mode);
	KUNIT_ASSERT_EQ(test, sizeof(owner), rsp.ctx.posix.owner.len);
	KUNIT_EXPECT_MEMEQ(test, owner, rsp.ctx.posix.owner.ptr,
			   sizeof(owner));
	KUNIT_EXPECT_EQ(test, 8, rsp.ctx.posix.group.len);
}

/* Names of sixteen bytes that begin as one that we know, and bad SIDs. */
static void create_posix_bad(struct kunit *test)
{
	u8 msg[sizeof(vec_create_rsp_posix)];
	/* where the context is, its name, and the owner's SID */
	const u32 at = 64 + 88, name = at + 16, sid = at + 32 + 12;
	struct wire_smb2_create_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	memcpy(msg, vec_create_rsp_posix, sizeof(msg));
	msg[name + 15] ^= 1;
	FIELD_PDU(test, msg, &in, &hdr);
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_FALSE(test, rsp.ctx.has_posix);
	msg[name + 15] ^= 1;
	msg[sid] = 2;
	FIELD_PDU(test, msg, &in, &hdr);
	KUNIT_EXPECT_NE(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
	msg[sid] = 1;
	msg[sid + 1] = 16;
	FIELD_PDU(test, msg, &in, &hdr);
	KUNIT_EXPECT_NE(test, 0, wire_smb2_create_rsp_decode(&in, &rsp));
}

/* Durable handles of version 1: asked for, granted, taken back. */
static void create_durable_v1(struct kunit *test)
{
	struct wire_smb2_fid fid = { .persistent_id = 7, .volatile_id = 9 };
	struct wire_smb2_create_req req = { .reconnect_v1 = &fid };
	struct wire_smb2_hdr hdr = { .command = SMB2_CREATE };
	struct mirror_smb2_create_req got;
	struct wire_in msg, pdu;
	struct wire_out o;
	u8 buf[256];

	wire_out_init(&o, buf, sizeof(buf));
	wire_smb2_pdu_begin(&o, &hdr);
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_create_req_encode(&o, &req));
	wire_smb2_pdu_end(&o, false);
	wire_in_init(&msg, buf, o.pos);
	KUNIT_ASSERT_EQ(test, 1, wire_smb2_pdu_next(&msg, &pdu, &hdr));
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_create_req_decode(&pdu, &got));
	KUNIT_EXPECT_FALSE(test, got.req.durable_v1);
	KUNIT_ASSERT_NOT_NULL(test, got.req.reconnect_v1);
	KUNIT_EXPECT_EQ(test, 7, got.fid.persistent_id);
	KUNIT_EXPECT_EQ(test, 9, got.fid.volatile_id);
}

static void create_durable_v1_granted(struct kunit *test)
{
	/* Next, NameOffset, NameLength, 0, DataOffset, DataLength, name, data */
	static const u8 granted[] = {
		0, 0, 0, 0, 16, 0, 4, 0, 0, 0, 24, 0, 8, 0, 0, 0,
		'D', 'H', 'n', 'Q', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	};
	struct wire_smb2_create_rsp_ctxs ctx;
	struct wire_in list;

	wire_in_init(&list, granted, sizeof(granted));
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_create_rsp_ctxs_decode(&list, &ctx));
	KUNIT_EXPECT_TRUE(test, ctx.has_durable_v1);
	KUNIT_EXPECT_FALSE(test, ctx.has_durable);
	wire_in_init(&list, granted, sizeof(granted) - 1);
	KUNIT_EXPECT_NE(test, 0, wire_smb2_create_rsp_ctxs_decode(&list, &ctx));
}

static void read_write(struct kunit *test)
{
	struct mirror_smb2_write_req write;
	struct wire_smb2_write_rsp wrote;
	struct wire_smb2_read_req req;
	struct wire_smb2_read_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_read_req, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_read_req_decode(&in, &req));
	KUNIT_EXPECT_EQ(test, 0, req.offset);
	FIELD_PDU(test, vec_read_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_read_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, 100, rsp.data.len);
	KUNIT_EXPECT_PTR_EQ(test, vec_read_rsp + 80, rsp.data.ptr);
	KUNIT_EXPECT_EQ(test, 0, rsp.remaining);
	FIELD_PDU(test, vec_write_req, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_write_req_decode(&in, &write));
	KUNIT_EXPECT_EQ(test, 7, write.req.length);
	KUNIT_EXPECT_EQ(test, 0x2703fd56, write.req.fid.persistent_id);
	KUNIT_EXPECT_EQ(test, 0x1ef5557b, write.req.fid.volatile_id);
	KUNIT_EXPECT_EQ(test, 7, write.data.len);
	FIELD_PDU(test, vec_write_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_write_rsp_decode(&in, &wrote));
	KUNIT_EXPECT_EQ(test, 100000, wrote.count);
}

/* Of a long READ response only the beginning is there when _peek() looks. */
static void read_peek(struct kunit *test)
{
	struct wire_smb2_read_place place;
	struct wire_smb2_hdr hdr;
	struct wire_in in, msg;
	u32 len = sizeof(vec_read_rsp);

	wire_in_init(&msg, vec_read_rsp, WIRE_SMB2_READ_RSP_FIXED);
	KUNIT_ASSERT_EQ(test, 1, wire_smb2_pdu_next(&msg, &in, &hdr));
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_read_rsp_peek(&in, len, &place));
	KUNIT_EXPECT_EQ(test, 80, place.offset);
	KUNIT_EXPECT_EQ(test, 100, place.length);
	wire_in_init(&msg, vec_read_rsp, WIRE_SMB2_READ_RSP_FIXED);
	KUNIT_ASSERT_EQ(test, 1, wire_smb2_pdu_next(&msg, &in, &hdr));
	KUNIT_EXPECT_EQ(test, -EBADMSG,
			wire_smb2_read_rsp_peek(&in, len - 1, &place));
}

static void locks(struct kunit *test)
{
	struct mirror_smb2_lock_req v;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_lock_req, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_lock_req_decode(&in, &v));
	KUNIT_EXPECT_EQ(test, 2, v.req.count);
	KUNIT_EXPECT_EQ(test, 0, v.req.sequence);
	KUNIT_EXPECT_EQ(test, 0xd842e1a1, v.req.fid.persistent_id);
	KUNIT_EXPECT_EQ(test, 9999, v.locks[0].offset);
	KUNIT_EXPECT_EQ(test, 1, v.locks[0].length);
	KUNIT_EXPECT_EQ(test, 0, v.locks[0].flags);
	KUNIT_EXPECT_EQ(test, SMB2_LOCKFLAG_UNLOCK, v.locks[1].flags);
}

static void pipes(struct kunit *test)
{
	struct wire_pipe_peek_rsp peek;
	struct wire_pipe_wait_req wait;
	struct wire_smb2_ioctl_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;
	int err;

	FIELD_PDU(test, vec_ioctl_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_ioctl_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, FSCTL_PIPE_TRANSCEIVE, rsp.ctl_code);
	KUNIT_EXPECT_EQ(test, 0x8123b207, rsp.fid.persistent_id);
	KUNIT_EXPECT_EQ(test, 0, rsp.input.len);
	KUNIT_EXPECT_EQ(test, 0x5c, rsp.output.len);
	KUNIT_EXPECT_EQ(test, 5, rsp.output.ptr[0]);
	KUNIT_EXPECT_EQ(test, 12, rsp.output.ptr[2]);
	err = wire_pipe_peek_rsp_decode(FIELD_BLOB(vec_pipe_peek_rsp), &peek);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, FSCC_PIPE_CONNECTED_STATE, peek.state);
	KUNIT_EXPECT_EQ(test, 21, peek.available);
	KUNIT_EXPECT_EQ(test, 2, peek.messages);
	KUNIT_EXPECT_EQ(test, 13, peek.message_length);
	KUNIT_EXPECT_EQ(test, 13, peek.data.len);
	err = mirror_pipe_wait_req_decode(FIELD_BLOB(vec_pipe_wait_req), &wait);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 50000000, wait.timeout);
	KUNIT_EXPECT_TRUE(test, wait.has_timeout);
	FIELD_EXPECT_TEXT(test, &wait.name, "srvsvc");
}

static void breaks(struct kunit *test)
{
	struct wire_smb2_lease_ack ack;
	struct wire_smb2_break brk;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_oplock_break, &in, &hdr);
	KUNIT_EXPECT_EQ(test, U64_MAX, hdr.message_id);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_break_notify_decode(&in, &brk));
	KUNIT_EXPECT_FALSE(test, brk.is_lease);
	KUNIT_EXPECT_EQ(test, SMB2_OPLOCK_LEVEL_II, brk.oplock.level);
	KUNIT_EXPECT_EQ(test, 0x2ed7c496, brk.oplock.fid.persistent_id);
	KUNIT_EXPECT_EQ(test, 0x3f61fc50, brk.oplock.fid.volatile_id);
	FIELD_PDU(test, vec_lease_break, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_break_notify_decode(&in, &brk));
	KUNIT_EXPECT_TRUE(test, brk.is_lease);
	KUNIT_EXPECT_EQ(test, SMB2_NOTIFY_BREAK_LEASE_FLAG_ACK_REQUIRED,
			brk.lease.flags);
	KUNIT_EXPECT_EQ(test, 0x0d, brk.lease.key[0]);
	KUNIT_EXPECT_EQ(test, SMB2_LEASE_READ_CACHING | SMB2_LEASE_WRITE_CACHING,
			brk.lease.current_state);
	KUNIT_EXPECT_EQ(test, SMB2_LEASE_READ_CACHING, brk.lease.new_state);
	FIELD_PDU(test, vec_lease_ack_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_lease_ack_rsp_decode(&in, &ack));
	KUNIT_EXPECT_EQ(test, 0x0d, ack.key[0]);
	KUNIT_EXPECT_EQ(test, SMB2_LEASE_READ_CACHING, ack.state);
}

/* A WRITE is encoded without its data, which go out from elsewhere. */
static void write_payload(struct kunit *test)
{
	struct wire_smb2_hdr hdr = { .command = SMB2_WRITE };
	struct wire_smb2_write_req req = { .length = 5, .offset = 1ULL << 40 };
	struct mirror_smb2_write_req got;
	struct wire_in msg, pdu;
	struct wire_out o;
	u8 buf[256];

	wire_out_init(&o, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_pdu_begin(&o, &hdr));
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_write_req_encode(&o, &req));
	KUNIT_EXPECT_EQ(test, WIRE_SMB2_WRITE_DATA_OFFSET, o.pos);
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_pdu_end_payload(&o, 5, false));
	memcpy(buf + o.pos, "hello", 5);
	wire_in_init(&msg, buf, o.pos + 5);
	KUNIT_ASSERT_EQ(test, 1, wire_smb2_pdu_next(&msg, &pdu, &hdr));
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_write_req_decode(&pdu, &got));
	KUNIT_EXPECT_EQ(test, 1ULL << 40, got.req.offset);
	KUNIT_EXPECT_EQ(test, 5, got.data.len);
	KUNIT_EXPECT_MEMEQ(test, "hello", got.data.ptr, 5);
	/* in front of another PDU it is padded */
	wire_out_init(&o, buf, sizeof(buf));
	wire_smb2_pdu_begin(&o, &hdr);
	wire_smb2_write_req_encode(&o, &req);
	KUNIT_EXPECT_EQ(test, 3, wire_smb2_pdu_end_payload(&o, 5, true));
	KUNIT_EXPECT_EQ(test, 120, get_unaligned_le32(buf + 20));
}

static struct kunit_case file_cases[] = {
	KUNIT_CASE(create_request),
	KUNIT_CASE(create_response),
	KUNIT_CASE(create_leases),
	KUNIT_CASE(create_contexts),
	KUNIT_CASE(create_new),
	KUNIT_CASE(create_posix_bad),
	KUNIT_CASE(create_durable_v1),
	KUNIT_CASE(create_durable_v1_granted),
	KUNIT_CASE(read_write),
	KUNIT_CASE(read_peek),
	KUNIT_CASE(locks),
	KUNIT_CASE(pipes),
	KUNIT_CASE(breaks),
	KUNIT_CASE(write_payload),
	{}
};

static struct kunit_suite file_suite = {
	.name = "uncfs_wire_file",
	.test_cases = file_cases,
};

kunit_test_suite(file_suite);
