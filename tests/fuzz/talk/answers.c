// SPDX-License-Identifier: GPL-2.0-only
/* What a good server answers to each request of client.c. */
#include "../../../kmod/tests/mirror.h"
#include "../../../kmod/tests/vectors.h"
#include "../../../kmod/wire/ntstatus.h"
#include "../../../kmod/wire/smb2_fsctl.h"
#include "talk.h"

#define MAX_SIZE	(1 << 16)

static const u16 dialects[] = { 0x202, 0x210, 0x300, 0x302, 0x311 };
static const u8 guid[SMB2_GUID_SIZE] = { 1, 2, 3, 4 };

static u16 dialect(void)
{
	return dialects[talk_config.dialect % ARRAY_SIZE(dialects)];
}

static u32 capabilities(void)
{
	if (dialect() < SMB2_DIALECT_210)
		return 0;
	return SMB2_GLOBAL_CAP_LEASING | SMB2_GLOBAL_CAP_LARGE_MTU |
	       (dialect() == SMB2_DIALECT_300 || dialect() == SMB2_DIALECT_302 ?
		SMB2_GLOBAL_CAP_ENCRYPTION : 0);
}

static u16 security_mode(void)
{
	return talk_config.flags & TALK_SERVER_SIGNS ?
	       SMB2_NEGOTIATE_SIGNING_REQUIRED : SMB2_NEGOTIATE_SIGNING_ENABLED;
}

static void negotiate(struct wire_out *o, bool multi)
{
	struct wire_smb2_negotiate_rsp rsp = {
		.security_mode = security_mode(),
		.dialect = dialect(),
		.capabilities = capabilities(),
		.max_transact = MAX_SIZE,
		.max_read = MAX_SIZE,
		.max_write = MAX_SIZE,
		.token = { guid, sizeof(guid) },
	};

	memcpy(rsp.server_guid, guid, sizeof(guid));
	if (multi && dialect() > SMB2_DIALECT_202)
		rsp.dialect = SMB2_DIALECT_WILDCARD;
	if (rsp.dialect == SMB2_DIALECT_311) {
		rsp.has_preauth = true;
		rsp.preauth_hash = SMB2_PREAUTH_INTEGRITY_SHA512;
		rsp.salt = (struct wire_blob){ guid, sizeof(guid) };
		rsp.has_cipher = true;
		rsp.cipher = talk_config.cipher % 4 + 1;
		rsp.has_signing = true;
		rsp.signing = talk_config.signing % 3;
		rsp.context_count = 3;
	}
	mirror_smb2_negotiate_rsp_encode(o, &rsp);
}

static void session_setup(struct wire_out *o)
{
	struct wire_smb2_session_setup_rsp rsp = {
		.token = { guid, sizeof(guid) },
	};

	if (talk_config.flags & TALK_SESSION_SEALED)
		rsp.flags = SMB2_SESSION_FLAG_ENCRYPT_DATA;
	mirror_smb2_session_setup_rsp_encode(o, &rsp);
}

static void tree_connect(struct wire_out *o)
{
	struct wire_smb2_tree_connect_rsp rsp = {
		.share_type = SMB2_SHARE_TYPE_DISK,
		.maximal_access = 0x1f01ff,
	};

	if (talk_config.flags & TALK_SHARE_SEALED)
		rsp.share_flags = SMB2_SHAREFLAG_ENCRYPT_DATA;
	mirror_smb2_tree_connect_rsp_encode(o, &rsp);
}

static void create(struct wire_out *o)
{
	struct wire_smb2_create_rsp rsp = {
		.oplock_level = SMB2_OPLOCK_LEVEL_NONE,
		.creation_time = 0x1d079abb5a1cd7c,
		.end_of_file = 5,
		.allocation_size = 4096,
		.fid = { 7, 9 },
	};

	if (talk_lease && capabilities() & SMB2_GLOBAL_CAP_LEASING) {
		rsp.oplock_level = SMB2_OPLOCK_LEVEL_LEASE;
		rsp.ctx.has_lease = true;
		rsp.ctx.lease.version = dialect() >= SMB2_DIALECT_300 ? 2 : 1;
		rsp.ctx.lease.state = SMB2_LEASE_RWH;
		memcpy(rsp.ctx.lease.key, talk_lease->key, SMB2_LEASE_KEY_SIZE);
		rsp.ctx.has_durable = dialect() >= SMB2_DIALECT_300;
		rsp.ctx.has_durable_v1 = !rsp.ctx.has_durable;
	}
	mirror_smb2_create_rsp_encode(o, &rsp);
}

static void ioctl(struct wire_out *o, const struct talk_pending *p)
{
	struct wire_smb2_ioctl_rsp rsp = {};
	struct wire_smb2_ioctl_req req;
	struct wire_validate_negotiate_rsp same = {
		.capabilities = capabilities(),
		.security_mode = security_mode(),
		.dialect = dialect(),
	};
	struct wire_out out;
	struct wire_in in;
	u8 room[256];

	memcpy(same.guid, guid, sizeof(guid));
	wire_in_init(&in, p->pdu, p->len);
	wire_in_seek(&in, SMB2_HDR_SIZE, "body");
	if (mirror_smb2_ioctl_req_decode(&in, &req))
		shim_die("an IOCTL that cannot be read");
	rsp.ctl_code = req.ctl_code;
	rsp.fid = req.fid;
	wire_out_init(&out, room, sizeof(room));
	if (req.ctl_code == FSCTL_VALIDATE_NEGOTIATE_INFO)
		mirror_validate_negotiate_rsp_encode(&out, &same);
	else
		wire_out_bytes(&out, vec_fscc_symlink, sizeof(vec_fscc_symlink));
	rsp.output = (struct wire_blob){ room, out.pos };
	mirror_smb2_ioctl_rsp_encode(o, &rsp);
}

/* What Samba said once (tests/data). */
static void captured(struct wire_out *o, const u8 *pdu, u32 len)
{
	wire_out_bytes(o, pdu + SMB2_HDR_SIZE, len - SMB2_HDR_SIZE);
}

#define CAPTURED(o, name)	captured(o, vec_##name, sizeof(vec_##name))

static void lease_ack(struct wire_out *o, const struct talk_pending *p)
{
	struct wire_smb2_lease_ack ack;
	struct wire_in in;

	wire_in_init(&in, p->pdu, p->len);
	wire_in_seek(&in, SMB2_HDR_SIZE, "body");
	if (mirror_smb2_lease_ack_decode(&in, &ack))
		shim_die("a lease acknowledgment that cannot be read");
	mirror_smb2_lease_ack_rsp_encode(o, &ack);
}

/* Some listings have no more. */
u32 talk_right_status(const struct talk_pending *p)
{
	if (p->command == SMB2_SESSION_SETUP && !talk_setup->id)
		return NT_STATUS_MORE_PROCESSING_REQUIRED;
	if (p->command == SMB2_QUERY_DIRECTORY && p->mid % 2)
		return NT_STATUS_NO_MORE_FILES;
	return NT_STATUS_SUCCESS;
}

void talk_right_body(struct wire_out *o, const struct talk_pending *p)
{
	switch (p->command) {
	case SMB2_NEGOTIATE:
		return negotiate(o, p->multi);
	case SMB2_SESSION_SETUP:
		return session_setup(o);
	case SMB2_TREE_CONNECT:
		return tree_connect(o);
	case SMB2_CREATE:
		return create(o);
	case SMB2_IOCTL:
		return ioctl(o, p);
	case SMB2_CLOSE:
		return CAPTURED(o, close_rsp);
	case SMB2_READ:
		return CAPTURED(o, read_rsp);
	case SMB2_WRITE:
		return CAPTURED(o, write_rsp);
	case SMB2_QUERY_DIRECTORY:
		return CAPTURED(o, query_dir_rsp);
	case SMB2_CHANGE_NOTIFY:
		return CAPTURED(o, notify_rsp);
	case SMB2_QUERY_INFO:
		return CAPTURED(o, query_info_rsp);
	case SMB2_SET_INFO:
		return CAPTURED(o, set_info_rsp);
	case SMB2_OPLOCK_BREAK:
		return lease_ack(o, p);
	default:
		mirror_smb2_empty_rsp_encode(o);
	}
}
