// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codecs of SMB 1 read and write. */
#include "../wire/ntstatus.h"
#include "../wire/smb1_ea.h"
#include "../wire/smb1_file.h"
#include "../wire/smb1_pipe.h"
#include "../wire/smb1_setup.h"
#include "../wire/smb1_trans.h"
#include "../wire/smb2_fsctl.h"
#include "field.h"
#include "vectors.h"

#define SMB1_RSP(test, vector, in, hdr) do { \
	wire_in_init(in, vector, sizeof(vector)); \
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_hdr_decode(in, hdr)); \
} while (0)

static void setup(struct kunit *test)
{
	struct wire_smb1_negotiate_rsp neg;
	struct wire_smb1_session_rsp session;
	struct wire_smb1_tree_rsp tree;
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	SMB1_RSP(test, vec_smb1_negotiate_rsp, &in, &hdr);
	KUNIT_EXPECT_EQ(test, SMB1_NEGOTIATE, hdr.command);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_negotiate_rsp_decode(&in, &neg));
	KUNIT_EXPECT_EQ(test, 50, neg.max_mpx);
	KUNIT_EXPECT_EQ(test, 16644, neg.max_buffer);
	KUNIT_EXPECT_TRUE(test, neg.capabilities & SMB1_CAP_EXTENDED_SECURITY);
	/* SPNEGO: an application tag first */
	KUNIT_ASSERT_GT(test, neg.token.len, 0);
	KUNIT_EXPECT_EQ(test, 0x60, neg.token.ptr[0]);
	SMB1_RSP(test, vec_smb1_session_rsp_more, &in, &hdr);
	KUNIT_EXPECT_EQ(test, NT_STATUS_MORE_PROCESSING_REQUIRED, hdr.status);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_session_rsp_decode(&in, &session));
	KUNIT_EXPECT_EQ(test, 147, session.token.len);
	KUNIT_EXPECT_FALSE(test, session.guest);
	SMB1_RSP(test, vec_smb1_tree_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_tree_rsp_decode(&in, &tree));
	KUNIT_ASSERT_EQ(test, 2, tree.service.len);
	KUNIT_EXPECT_MEMEQ(test, tree.service.ptr, "A:", 2);
	SMB1_RSP(test, vec_smb1_tree_rsp_pipe, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_tree_rsp_decode(&in, &tree));
	KUNIT_ASSERT_EQ(test, 3, tree.service.len);
	KUNIT_EXPECT_MEMEQ(test, tree.service.ptr, "IPC", 3);
}

static void files(struct kunit *test)
{
	struct wire_smb2_create_rsp created;
	struct wire_smb2_write_rsp written;
	struct wire_smb2_read_rsp read;
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	SMB1_RSP(test, vec_smb1_create_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_create_rsp_decode(&in, &created));
	KUNIT_EXPECT_EQ(test, 0x6de3, created.fid.volatile_id);
	KUNIT_EXPECT_EQ(test, SMB2_FILE_CREATED, created.create_action);
	KUNIT_EXPECT_EQ(test, 0, created.end_of_file);
	KUNIT_EXPECT_FALSE(test, created.ctx.has_disk_id);
	SMB1_RSP(test, vec_smb1_write_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_write_rsp_decode(&in, &written));
	KUNIT_EXPECT_EQ(test, 6, written.count);
	SMB1_RSP(test, vec_smb1_read_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_read_rsp_decode(&in, &read));
	KUNIT_ASSERT_EQ(test, 6, read.data.len);
	KUNIT_EXPECT_MEMEQ(test, read.data.ptr, "hello\n", 6);
}

/* The longer answer, where eight words are not counted ([MS-SMB] 2.2.4.9.2). */
static void create_extended(struct kunit *test)
{
	struct wire_smb2_create_rsp created;
	u8 buf[sizeof(vec_smb1_create_rsp) + 32] = {};
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	memcpy(buf, vec_smb1_create_rsp, sizeof(vec_smb1_create_rsp) - 2);
	buf[SMB1_HDR_SIZE] = 42;
	put_unaligned_le64(77, buf + SMB1_WORDS_OFFSET + 68 + 16);
	SMB1_RSP(test, buf, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_create_rsp_decode(&in, &created));
	KUNIT_EXPECT_TRUE(test, created.ctx.has_disk_id);
	KUNIT_EXPECT_EQ(test, 77, created.ctx.disk_file_id);
}

static void transactions(struct kunit *test)
{
	struct wire_smb1_trans_rsp rsp;
	struct wire_smb1_found found;
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	SMB1_RSP(test, vec_smb1_find_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_trans_rsp_decode(&in, false, &rsp));
	KUNIT_EXPECT_EQ(test, 10, rsp.params.len);
	KUNIT_EXPECT_EQ(test, rsp.total_data, rsp.data.len);
	KUNIT_ASSERT_EQ(test, 0,
			wire_smb1_found_decode(&rsp.params, true, &found));
	KUNIT_EXPECT_EQ(test, 3, found.count);
	KUNIT_EXPECT_TRUE(test, found.end);
}

/* What lies outside of its own totals is refused. */
static void beyond_totals(struct kunit *test)
{
	u8 buf[sizeof(vec_smb1_find_rsp)];
	struct wire_smb1_trans_rsp rsp;
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	memcpy(buf, vec_smb1_find_rsp, sizeof(buf));
	put_unaligned_le16(1, buf + SMB1_WORDS_OFFSET + 2);
	SMB1_RSP(test, buf, &in, &hdr);
	KUNIT_EXPECT_EQ(test, -EBADMSG,
			wire_smb1_trans_rsp_decode(&in, false, &rsp));
	memcpy(buf, vec_smb1_find_rsp, sizeof(buf));
	put_unaligned_le16(1, buf + SMB1_WORDS_OFFSET + 16);
	SMB1_RSP(test, buf, &in, &hdr);
	KUNIT_EXPECT_EQ(test, -EBADMSG,
			wire_smb1_trans_rsp_decode(&in, false, &rsp));
}

static void widened(struct kunit *test)
{
	struct wire_smb1_trans_rsp rsp;
	struct wire_smb1_hdr hdr;
	struct wire_out o;
	struct wire_in in;
	u8 wide[100];

	SMB1_RSP(test, vec_smb1_query_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_trans_rsp_decode(&in, false, &rsp));
	wire_out_init(&o, wide, sizeof(wide));
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_all_widen(&rsp.data, &o));
	KUNIT_EXPECT_EQ(test, 100, o.pos);
	KUNIT_EXPECT_EQ(test, 6, get_unaligned_le64(wide + 48));
	KUNIT_EXPECT_EQ(test, 1, get_unaligned_le32(wide + 56));
}

/* Errors of DOS mean the same as those of NT, where they mean anything. */
static void dos_errors(struct kunit *test)
{
	u8 buf[sizeof(vec_smb1_close_rsp)];
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	memcpy(buf, vec_smb1_close_rsp, sizeof(buf));
	put_unaligned_le16(0x8803, buf + 10);
	SMB1_RSP(test, buf, &in, &hdr);
	KUNIT_EXPECT_EQ(test, NT_STATUS_SUCCESS, hdr.status);
	put_unaligned_le32(0x00050001, buf + 5);
	SMB1_RSP(test, buf, &in, &hdr);
	KUNIT_EXPECT_EQ(test, NT_STATUS_ACCESS_DENIED, hdr.status);
	put_unaligned_le32(0x12340001, buf + 5);
	SMB1_RSP(test, buf, &in, &hdr);
	KUNIT_EXPECT_EQ(test, NT_STATUS_UNSUCCESSFUL, hdr.status);
}

/* Ours are laid out as those of Samba's client are. */
static void create_request(struct kunit *test)
{
	const struct wire_smb1_hdr hdr = { .command = SMB1_NT_CREATE_ANDX };
	struct wire_smb2_create_req req = {
		.impersonation = SMB2_IMPERSONATION_IMPERSONATION,
		.access = 0x12019f,
		.share_access = 3,
		.disposition = SMB2_FILE_OVERWRITE_IF,
		.options = SMB2_FILE_NON_DIRECTORY_FILE,
	};
	u8 name[32], buf[sizeof(vec_smb1_create_req)];
	struct wire_out o;

	req.name = field_text(name, "vecdir\\h");
	wire_out_init(&o, buf, sizeof(buf));
	wire_smb1_hdr_encode(&o, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_create_req_encode(&o, &req));
	/* it counts the end of the name, too, and has one more behind it */
	put_unaligned_le16(20, buf + SMB1_WORDS_OFFSET + 5);
	KUNIT_EXPECT_MEMEQ(test, buf + 45, vec_smb1_create_req + 45, 36);
	KUNIT_EXPECT_MEMEQ(test, buf + 83, vec_smb1_create_req + 83,
			   o.pos - 83);
}

static void offsets(struct kunit *test)
{
	const struct wire_smb1_hdr hdr = { .command = SMB1_TRANSACTION2 };
	struct wire_smb1_trans_req req = {
		.command = SMB1_TRANSACTION2,
		.function = SMB1_SET_FILE_INFO,
		.params = { (const u8 *)"parm", 4 },
		.data = { (const u8 *)"data", 4 },
	};
	struct wire_out o;
	u8 buf[128];
	u16 at;

	wire_out_init(&o, buf, sizeof(buf));
	wire_smb1_hdr_encode(&o, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_trans_req_encode(&o, &req));
	KUNIT_EXPECT_EQ(test, req.params_at,
			get_unaligned_le16(buf + SMB1_WORDS_OFFSET + 20));
	KUNIT_EXPECT_MEMEQ(test, buf + req.params_at, "parm", 4);
	at = get_unaligned_le16(buf + SMB1_WORDS_OFFSET + 24);
	KUNIT_EXPECT_MEMEQ(test, buf + at, "data", 4);
	KUNIT_EXPECT_LE(test, o.pos, WIRE_SMB1_TRANS_ROOM + 8);
}

static void pipes(struct kunit *test)
{
	static const u8 input[] = {
		0x10, 0x27, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 1, 0,
		'a', 0, 'b', 0,
	};
	static const u8 peeked[] = { 100, 0, 60, 0, 3, 0 };
	static const u8 messages[] = { 1, 0, 0, 0, 0, 0, 0, 0 };
	struct wire_blob blob = { input, sizeof(input) };
	struct wire_smb1_wait wait;
	struct wire_pipe_peek_rsp peek;
	u8 wide[WIRE_SMB1_PEEK_WIDE];
	struct wire_out o;
	u16 state;

	KUNIT_ASSERT_EQ(test, 0, wire_smb1_wait_decode(&blob, &wait));
	KUNIT_EXPECT_EQ(test, 1, wait.timeout);
	KUNIT_EXPECT_EQ(test, 4, wait.name.len);
	wire_out_init(&o, wide, sizeof(wide));
	blob = (struct wire_blob){ peeked, sizeof(peeked) };
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_peek_widen(&blob, &o));
	blob = (struct wire_blob){ wide, o.pos };
	KUNIT_ASSERT_EQ(test, 0, wire_pipe_peek_rsp_decode(&blob, &peek));
	KUNIT_EXPECT_EQ(test, 100, peek.available);
	KUNIT_EXPECT_EQ(test, 60, peek.message_length);
	KUNIT_EXPECT_EQ(test, FSCC_PIPE_CONNECTED_STATE, peek.state);
	blob = (struct wire_blob){ messages, sizeof(messages) };
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_pipe_state(&blob, &state));
	KUNIT_EXPECT_EQ(test, 0x0100, state);
}

/* What is set is read again, and several are a chain. */
static void attributes(struct kunit *test)
{
	static const u8 two[] = {
		20, 0, 0, 0, 0, 1, 2, 0, 'A', 0, 'x', 'y',
		0, 1, 2, 0, 'B', 0, 'z', 'z',
	};
	struct wire_blob list = { two, sizeof(two) }, full;
	u8 wide[WIRE_SMB1_EA_WIDE(sizeof(two))], narrow[sizeof(wide) + 4];
	struct wire_out o;

	wire_out_init(&o, wide, sizeof(wide));
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_ea_widen(&list, &o));
	full = (struct wire_blob){ wide, o.pos };
	wire_out_init(&o, narrow, sizeof(narrow));
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_ea_narrow(&full, &o));
	KUNIT_ASSERT_EQ(test, sizeof(two), o.pos);
	KUNIT_EXPECT_MEMEQ(test, narrow, two, sizeof(two));
}

/* [MS-RAP] 2.5: no setup words, and a name that says what it is for. */
static void bare(struct kunit *test)
{
	static const u8 name[] = { 'L', 0, 'A', 0, 'N', 0 };
	const struct wire_smb1_hdr hdr = { .command = SMB1_TRANSACTION };
	struct wire_smb1_trans_req req = {
		.command = SMB1_TRANSACTION, .bare = true,
		.name = { name, sizeof(name) },
		.params = { (const u8 *)"parm", 4 },
	};
	struct wire_out o;
	u8 buf[128];

	wire_out_init(&o, buf, sizeof(buf));
	wire_smb1_hdr_encode(&o, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb1_trans_req_encode(&o, &req));
	KUNIT_EXPECT_EQ(test, 14, buf[SMB1_HDR_SIZE]);
	KUNIT_EXPECT_EQ(test, 0, buf[SMB1_WORDS_OFFSET + 26]);
	/* behind ByteCount and a byte of padding: \PIPE\ in UTF-16 */
	KUNIT_EXPECT_MEMEQ(test, buf + SMB1_WORDS_OFFSET + 28 + 2 + 1 + 12,
			   name, sizeof(name));
}

static struct kunit_case smb1_cases[] = {
	KUNIT_CASE(setup),
	KUNIT_CASE(files),
	KUNIT_CASE(create_extended),
	KUNIT_CASE(transactions),
	KUNIT_CASE(beyond_totals),
	KUNIT_CASE(widened),
	KUNIT_CASE(dos_errors),
	KUNIT_CASE(create_request),
	KUNIT_CASE(offsets),
	KUNIT_CASE(pipes),
	KUNIT_CASE(attributes),
	KUNIT_CASE(bare),
	{}
};

static struct kunit_suite smb1_suite = {
	.name = "uncfs_wire_smb1",
	.test_cases = smb1_cases,
};

kunit_test_suite(smb1_suite);
