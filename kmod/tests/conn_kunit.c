// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codecs of connections, sessions and trees read out of vectors. */
#include "../wire/ntstatus.h"
#include "../wire/smb2_error.h"
#include "../wire/smb2_transform.h"
#include "field.h"
#include "mirror.h"
#include "vectors.h"

static void hdr_response(struct kunit *test)
{
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_write_rsp, &in, &hdr);
	KUNIT_EXPECT_EQ(test, 2, hdr.credit_charge);
	KUNIT_EXPECT_EQ(test, SMB2_WRITE, hdr.command);
	KUNIT_EXPECT_EQ(test, 0, hdr.status);
	KUNIT_EXPECT_EQ(test, 0, hdr.credits);
	KUNIT_EXPECT_EQ(test, SMB2_FLAGS_SERVER_TO_REDIR |
			SMB2_FLAGS_ASYNC_COMMAND | 0x10, hdr.flags);
	KUNIT_EXPECT_EQ(test, 10, hdr.message_id);
	KUNIT_EXPECT_EQ(test, 10, hdr.async_id);
	KUNIT_EXPECT_EQ(test, 0, hdr.tree_id);
	KUNIT_EXPECT_EQ(test, 0xfe1eb99e, hdr.session_id);
	KUNIT_EXPECT_EQ(test, 16, wire_in_left(&in));
}

static void hdr_error(struct kunit *test)
{
	struct wire_smb2_error_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_error_rsp, &in, &hdr);
	KUNIT_EXPECT_EQ(test, SMB2_IOCTL, hdr.command);
	KUNIT_EXPECT_EQ(test, NT_STATUS_NOT_FOUND, hdr.status);
	KUNIT_EXPECT_TRUE(test, wire_smb2_is_error(&in, hdr.command, hdr.status));
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_error_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, 0, rsp.context_count);
	KUNIT_EXPECT_EQ(test, 0, rsp.data.len);
}

/* Three PDUs in one message, the last one without padding. */
static void compound(struct kunit *test)
{
	static const u16 commands[] = {
		SMB2_CREATE, SMB2_QUERY_INFO, SMB2_CLOSE,
	};
	struct wire_smb2_hdr hdr;
	struct wire_in msg, pdu;
	u32 total = 0;
	int i;

	wire_in_init(&msg, vec_compound_rsp, sizeof(vec_compound_rsp));
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		KUNIT_ASSERT_EQ(test, 1, wire_smb2_pdu_next(&msg, &pdu, &hdr));
		KUNIT_EXPECT_EQ(test, commands[i], hdr.command);
		KUNIT_EXPECT_PTR_EQ(test, vec_compound_rsp + total, pdu.base);
		total += pdu.len;
	}
	KUNIT_EXPECT_EQ(test, sizeof(vec_compound_rsp), total);
	KUNIT_EXPECT_EQ(test, 0, wire_smb2_pdu_next(&msg, &pdu, &hdr));
}

static void negotiate_311(struct kunit *test)
{
	static const u8 guid[SMB2_GUID_SIZE] = "files";
	struct wire_smb2_negotiate_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_negotiate_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_negotiate_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, SMB2_NEGOTIATE_SIGNING_ENABLED, rsp.security_mode);
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_311, rsp.dialect);
	KUNIT_EXPECT_MEMEQ(test, guid, rsp.server_guid, sizeof(guid));
	KUNIT_EXPECT_EQ(test, 0x2f, rsp.capabilities);
	KUNIT_EXPECT_EQ(test, 8 << 20, rsp.max_transact);
	KUNIT_EXPECT_EQ(test, 8 << 20, rsp.max_read);
	KUNIT_EXPECT_EQ(test, 8 << 20, rsp.max_write);
	KUNIT_EXPECT_EQ(test, 0x01dd79abb5a1cd7cULL, rsp.system_time);
	KUNIT_EXPECT_EQ(test, 0x4a, rsp.token.len);
	KUNIT_EXPECT_EQ(test, 0x60, rsp.token.ptr[0]);
	KUNIT_EXPECT_EQ(test, 3, rsp.context_count);
	KUNIT_EXPECT_TRUE(test, rsp.has_preauth);
	KUNIT_EXPECT_EQ(test, SMB2_PREAUTH_INTEGRITY_SHA512, rsp.preauth_hash);
	KUNIT_EXPECT_EQ(test, 32, rsp.salt.len);
	KUNIT_EXPECT_TRUE(test, rsp.has_cipher);
	KUNIT_EXPECT_EQ(test, SMB2_ENCRYPTION_AES128_GCM, rsp.cipher);
	KUNIT_EXPECT_TRUE(test, rsp.has_signing);
	KUNIT_EXPECT_EQ(test, SMB2_SIGNING_AES_GMAC, rsp.signing);
}

static void negotiate_21(struct kunit *test)
{
	struct wire_smb2_negotiate_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_negotiate_rsp_21, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_negotiate_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_210, rsp.dialect);
	KUNIT_EXPECT_EQ(test, 0, rsp.context_count);
	KUNIT_EXPECT_FALSE(test, rsp.has_preauth);
	KUNIT_EXPECT_FALSE(test, rsp.has_cipher);
}

/* A request of cifs.ko, as a server would read it. */
static void negotiate_request(struct kunit *test)
{
	struct wire_smb2_negotiate_req req;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_negotiate_req_cifs, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_negotiate_req_decode(&in, &req));
	KUNIT_EXPECT_EQ(test, 4, req.dialect_count);
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_210, req.dialects[0]);
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_311, req.dialects[3]);
	KUNIT_EXPECT_EQ(test, 32, req.salt.len);
	KUNIT_EXPECT_EQ(test, 3, req.cipher_count);
	KUNIT_EXPECT_EQ(test, SMB2_ENCRYPTION_AES128_GCM, req.ciphers[0]);
	KUNIT_EXPECT_EQ(test, SMB2_ENCRYPTION_AES256_GCM, req.ciphers[1]);
	KUNIT_EXPECT_EQ(test, SMB2_ENCRYPTION_AES128_CCM, req.ciphers[2]);
	FIELD_EXPECT_TEXT(test, &req.netname, "files.lab.test");
}

static void session_setup(struct kunit *test)
{
	struct wire_smb2_session_setup_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_session_setup_rsp, &in, &hdr);
	KUNIT_EXPECT_EQ(test, NT_STATUS_MORE_PROCESSING_REQUIRED, hdr.status);
	KUNIT_EXPECT_FALSE(test, wire_smb2_is_error(&in, hdr.command,
						    hdr.status));
	KUNIT_EXPECT_EQ(test, 0xfe1eb99e, hdr.session_id);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_session_setup_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, 0, rsp.flags);
	KUNIT_EXPECT_EQ(test, sizeof(vec_session_setup_rsp) - 72, rsp.token.len);
	FIELD_PDU(test, vec_session_setup_rsp_2, &in, &hdr);
	KUNIT_EXPECT_EQ(test, 0, hdr.status);
	KUNIT_EXPECT_TRUE(test, hdr.flags & SMB2_FLAGS_SIGNED);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_session_setup_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, 0x1d, rsp.token.len);
	KUNIT_EXPECT_EQ(test, 0xa1, rsp.token.ptr[0]);
}

static void tree_connect(struct kunit *test)
{
	struct wire_smb2_tree_connect_req req;
	struct wire_smb2_tree_connect_rsp rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	FIELD_PDU(test, vec_tree_connect_req, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, mirror_smb2_tree_connect_req_decode(&in, &req));
	FIELD_EXPECT_TEXT(test, &req.path, "\\\\127.0.0.1\\share");
	FIELD_PDU(test, vec_tree_connect_rsp, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_tree_connect_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, SMB2_SHARE_TYPE_PIPE, rsp.share_type);
	KUNIT_EXPECT_EQ(test, 0x001f00a9, rsp.maximal_access);
	KUNIT_EXPECT_EQ(test, 0x0aa0144e, hdr.tree_id);
	FIELD_PDU(test, vec_tree_connect_rsp_disk, &in, &hdr);
	KUNIT_ASSERT_EQ(test, 0, wire_smb2_tree_connect_rsp_decode(&in, &rsp));
	KUNIT_EXPECT_EQ(test, SMB2_SHARE_TYPE_DISK, rsp.share_type);
	KUNIT_EXPECT_EQ(test, 0, rsp.share_flags);
	KUNIT_EXPECT_EQ(test, 0, rsp.capabilities);
	KUNIT_EXPECT_EQ(test, 0x001f01ff, rsp.maximal_access);
}

static void transform(struct kunit *test)
{
	struct wire_smb2_transform hdr;
	struct wire_in in;
	int err;

	KUNIT_EXPECT_EQ(test, WIRE_MSG_TRANSFORM,
			wire_msg_kind(vec_transform, sizeof(vec_transform)));
	KUNIT_EXPECT_EQ(test, WIRE_MSG_SMB2,
			wire_msg_kind(vec_echo_rsp, sizeof(vec_echo_rsp)));
	KUNIT_EXPECT_EQ(test, WIRE_MSG_UNKNOWN, wire_msg_kind(vec_transform, 3));
	wire_in_init(&in, vec_transform, sizeof(vec_transform));
	err = wire_smb2_transform_decode(&in, sizeof(vec_transform), &hdr);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x81, hdr.signature[0]);
	KUNIT_EXPECT_EQ(test, 0x66, hdr.nonce[0]);
	KUNIT_EXPECT_EQ(test, 135, hdr.original_size);
	KUNIT_EXPECT_EQ(test, SMB2_TRANSFORM_FLAG_ENCRYPTED, hdr.flags);
	KUNIT_EXPECT_EQ(test, 0x0008e40014000011ULL, hdr.session_id);
}

/* Servers differ in whether they put the target into an error context. */
static void symlink(struct kunit *test)
{
	struct wire_smb2_error_rsp rsp;
	struct wire_smb2_symlink link;
	struct wire_smb2_hdr hdr;
	struct wire_in in;
	int i;

	for (i = 0; i < 2; i++) {
		if (i)
			FIELD_PDU(test, vec_error_rsp_symlink_311, &in, &hdr);
		else
			FIELD_PDU(test, vec_error_rsp_symlink, &in, &hdr);
		KUNIT_EXPECT_EQ(test, NT_STATUS_STOPPED_ON_SYMLINK, hdr.status);
		KUNIT_ASSERT_EQ(test, 0, wire_smb2_error_rsp_decode(&in, &rsp));
		KUNIT_EXPECT_EQ(test, i, rsp.context_count);
		KUNIT_ASSERT_EQ(test, 0, wire_smb2_symlink_decode(&rsp, &link));
		KUNIT_EXPECT_EQ(test, 6, link.unparsed);
		KUNIT_EXPECT_EQ(test, SMB2_SYMLINK_FLAG_RELATIVE, link.flags);
		FIELD_EXPECT_TEXT(test, &link.substitute, "..\\real");
		FIELD_EXPECT_TEXT(test, &link.print, "..\\real");
	}
}

static void validate_negotiate(struct kunit *test)
{
	struct wire_validate_negotiate_req req;
	struct wire_validate_negotiate_rsp rsp;
	int err;

	err = mirror_validate_negotiate_req_decode(FIELD_BLOB(vec_validate_negotiate_req),
						   &req);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 2, req.dialect_count);
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_202, req.dialects[0]);
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_210, req.dialects[1]);
	err = wire_validate_negotiate_rsp_decode(FIELD_BLOB(vec_validate_negotiate_rsp),
						 &rsp);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 7, rsp.capabilities);
	KUNIT_EXPECT_EQ(test, 'f', rsp.guid[0]);
	KUNIT_EXPECT_EQ(test, 1, rsp.security_mode);
	KUNIT_EXPECT_EQ(test, SMB2_DIALECT_210, rsp.dialect);
}

static void nbss_names(struct kunit *test)
{
	struct wire_nbss_request req;
	u8 body[NBSS_REQUEST_LEN];
	struct wire_out o;

	KUNIT_EXPECT_EQ(test, 0, wire_nbss_name_set(&req.called, "*SMBSERVER",
						    10, NBSS_SERVER));
	KUNIT_EXPECT_EQ(test, 0, wire_nbss_name_set(&req.calling, "Guest.lab",
						    5, NBSS_WORKSTATION));
	wire_out_init(&o, body, sizeof(body));
	KUNIT_EXPECT_EQ(test, 0, wire_nbss_request_encode(&o, &req));
	KUNIT_EXPECT_MEMEQ(test, vec_nbss_request, body, sizeof(body));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			wire_nbss_name_set(&req.called, "", 0, NBSS_SERVER));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			wire_nbss_name_set(&req.called, "SIXTEENLETTERSXX", 16,
					   NBSS_SERVER));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			wire_nbss_name_set(&req.called, "A B", 3, NBSS_SERVER));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			wire_nbss_name_set(&req.called, "\xc3\x84", 2,
					   NBSS_SERVER));
}

static void nbss_answers(struct kunit *test)
{
	struct wire_blob packet = {
		.ptr = vec_nbss_retarget, .len = sizeof(vec_nbss_retarget),
	};
	struct wire_nbss_answer answer;

	KUNIT_EXPECT_EQ(test, 0, wire_nbss_answer_decode(&packet, &answer));
	KUNIT_EXPECT_EQ(test, NBSS_RETARGET, answer.type);
	KUNIT_EXPECT_MEMEQ(test, "\12\0\0\7", answer.address, 4);
	KUNIT_EXPECT_EQ(test, 1139, answer.port);
	packet.ptr = vec_nbss_negative;
	packet.len = sizeof(vec_nbss_negative);
	KUNIT_EXPECT_EQ(test, 0, wire_nbss_answer_decode(&packet, &answer));
	KUNIT_EXPECT_EQ(test, NBSS_CALLED_NOT_PRESENT, answer.error);
	KUNIT_EXPECT_EQ(test, -ENXIO, wire_nbss_error_errno(answer.error));
	KUNIT_EXPECT_EQ(test, -EREMOTEIO, wire_nbss_error_errno(0x77));
	KUNIT_EXPECT_STREQ(test, "nobody there has the called name",
			   wire_nbss_error_text(answer.error));
}

static struct kunit_case conn_cases[] = {
	KUNIT_CASE(hdr_response),
	KUNIT_CASE(hdr_error),
	KUNIT_CASE(compound),
	KUNIT_CASE(negotiate_311),
	KUNIT_CASE(negotiate_21),
	KUNIT_CASE(negotiate_request),
	KUNIT_CASE(session_setup),
	KUNIT_CASE(tree_connect),
	KUNIT_CASE(transform),
	KUNIT_CASE(symlink),
	KUNIT_CASE(validate_negotiate),
	KUNIT_CASE(nbss_names),
	KUNIT_CASE(nbss_answers),
	{}
};

static struct kunit_suite conn_suite = {
	.name = "uncfs_wire_conn",
	.test_cases = conn_cases,
};

kunit_test_suite(conn_suite);
