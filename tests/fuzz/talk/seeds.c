// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversations to begin with: what Samba said (the captures of tests/data), and
 * each thing that can happen, once.
 */
#include <sys/stat.h>
#include "../../../kmod/tests/vectors.h"
#include "../../../kmod/wire/smb1_hdr.h"
#include "../../../kmod/wire/smb2_hdr.h"
#include "seeds.h"
#include "talk.h"

static u8 seed[1 << 16];
static size_t seed_len;

static void put(const void *from, size_t len)
{
	if (seed_len + len > sizeof(seed))
		shim_die("a seed that is too long");
	if (len)
		memcpy(seed + seed_len, from, len);
	seed_len += len;
}

static void begin(u8 dialect, u8 flags, u8 setup, const char *program)
{
	struct talk_config config = {
		.dialect = dialect, .cipher = 1, .signing = 2,
		.flags = flags, .setup = setup,
	};
	int i;

	for (i = 0; i < TALK_PROGRAM; i++)
		config.program[i] = *program ? *program++ - 'a' : 12;
	seed_len = 0;
	put(&config, sizeof(config));
}

static void record(u8 kind, u8 how, u8 status, const u8 *data, u32 len)
{
	struct talk_record rec = {
		.kind = kind, .how = how, .status = status, .credits = 32,
		.len = { len, len >> 8 },
	};

	put(&rec, sizeof(rec));
	put(data, len);
}

static void save(const char *folder, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	if (!file || fwrite(seed, seed_len, 1, file) != 1 || fclose(file))
		shim_die("cannot write the seeds");
}

#define BODY(vec) \
	vec_##vec + SMB2_HDR_SIZE, sizeof(vec_##vec) - SMB2_HDR_SIZE
#define SAID(vec)		record(TALK_ANSWER, 0, 0, BODY(vec))
#define SAID_STATUS(vec, s)	record(TALK_ANSWER, 0, s, BODY(vec))

/* What came over a wire once, and at the end what nobody has asked for. */
static void captured(const char *folder)
{
	static const u8 compressed[] = { 0xfc, 'S', 'M', 'B', 0, 16 };

	begin(4, 0, 0, "abcde");
	SAID(negotiate_rsp);
	SAID_STATUS(session_setup_rsp, 2);
	SAID(session_setup_rsp_2);
	SAID(tree_connect_rsp_disk);
	SAID(create_rsp_lease);
	SAID(create_rsp_mxac);
	SAID(query_info_rsp);
	SAID(query_info_rsp);
	SAID(close_rsp);
	SAID(read_rsp);
	SAID(read_rsp);
	SAID(read_rsp);
	SAID(read_rsp);
	SAID(write_rsp);
	SAID(query_dir_rsp);
	SAID_STATUS(error_rsp, 7);
	save(folder, "captured");
	begin(1, 0, 0, "aibghl");
	SAID(negotiate_rsp_21);
	SAID_STATUS(session_setup_rsp, 2);
	SAID(session_setup_rsp_2);
	SAID(tree_connect_rsp);
	SAID_STATUS(error_rsp, 12);
	SAID(create_rsp_lease1);
	SAID(echo_rsp);
	SAID_STATUS(error_rsp_symlink, 9);
	SAID_STATUS(error_rsp_symlink_311, 9);
	SAID(query_info_rsp);
	SAID(close_rsp);
	SAID(ioctl_rsp);
	SAID(flush_rsp);
	SAID(close_rsp);
	save(folder, "captured-21");
	begin(4, 0, 4, "agf");
	SAID(create_rsp_qfid);
	record(TALK_ANSWER, TALK_ASYNC | TALK_KEEP, 1, BODY(error_rsp_pending));
	SAID(ioctl_rsp);
	SAID(lock_rsp);
	record(TALK_RAW, 0, 0, vec_lease_break, sizeof(vec_lease_break));
	record(TALK_RAW, 0, 0, vec_oplock_break, sizeof(vec_oplock_break));
	record(TALK_RAW, 0, 0, vec_compound_rsp, sizeof(vec_compound_rsp));
	record(TALK_RAW, 0, 0, vec_transform, sizeof(vec_transform));
	record(TALK_RAW, 0, 0, compressed, sizeof(compressed));
	save(folder, "captured-async");
	begin(4, 0, 4, "bcb");
	record(TALK_PDU, 0, 0, vec_create_rsp, sizeof(vec_create_rsp));
	record(TALK_PDU, TALK_MORE, 0, vec_query_info_rsp,
	       sizeof(vec_query_info_rsp));
	record(TALK_PDU, 0, 0, vec_close_rsp, sizeof(vec_close_rsp));
	save(folder, "captured-pdus");
}

/* All that the client can do, in each dialect and with each protection. */
static void right(const char *folder)
{
	static const u8 flags[] = {
		0, TALK_CLIENT_SIGNS, TALK_CLIENT_SEALS, TALK_SERVER_SIGNS,
		TALK_SESSION_SEALED, TALK_SHARE_SEALED, TALK_ANONYMOUS,
		TALK_FEW_CREDITS | TALK_ALL_DIALECTS,
	};
	char path[64];
	u32 dialect, i;

	for (dialect = 0; dialect < 5; dialect++)
		for (i = 0; i < ARRAY_SIZE(flags); i++) {
			begin(dialect, flags[i], 0, "abcdefghijkl");
			seed[1] = i;
			seed[2] = i;
			snprintf(path, sizeof(path), "right-%u-%u", dialect, i);
			save(folder, path);
			((struct talk_config *)seed)->more = TALK_MULTI;
			snprintf(path, sizeof(path), "multi-%u-%u", dialect, i);
			save(folder, path);
			begin(dialect, flags[i], 0, "anopqrm");
			((struct talk_config *)seed)->more = TALK_DIRECTORY;
			snprintf(path, sizeof(path), "info-%u-%u", dialect, i);
			save(folder, path);
		}
}

/* Each kind of thing that happens, in the middle of the same program. */
static void happens(const char *folder)
{
	static const u8 states[SMB2_LEASE_KEY_SIZE];
	char path[64];
	u32 kind, how;

	for (kind = 0; kind < TALK_KINDS; kind++)
		for (how = 0; how < 9; how++) {
			begin(4, TALK_CLIENT_SIGNS, 5, "abcefjk");
			record(TALK_RIGHT, 0, 0, NULL, 0);
			record(kind, how ? 1 << (how - 1) : 0, how, states,
			       how == 8 ? sizeof(states) : 0);
			record(TALK_RIGHT, 0, 0, NULL, 0);
			record(TALK_BREAK, 0, 1, NULL, 0);
			snprintf(path, sizeof(path), "happens-%u-%u", kind, how);
			save(folder, path);
		}
}

/*
 * What fuzzing has found, so that it is found again.  A LOCK without a deadline
 * waited for ever for credits, when none were left and nothing was in flight; an
 * unsigned STATUS_PENDING that was not the interim response ended a signed
 * request (also happens-0-1); another user of the connection could answer what
 * was encrypted.
 */
static void found(const char *folder)
{
	struct talk_record broke = { .kind = TALK_RIGHT };
	u8 i;

	begin(4, TALK_FEW_CREDITS, 0, "afff");
	((struct talk_config *)seed)->end = TALK_END_SILENT;
	for (i = 0; i < 5; i++) {
		broke.credits = i < 4;
		put(&broke, sizeof(broke));
	}
	save(folder, "found-starved-lock");
	begin(4, TALK_CLIENT_SIGNS, 4, "b");
	record(TALK_ANSWER, TALK_PLAIN, 1, BODY(error_rsp_pending));
	save(folder, "found-pending-forged");
	begin(4, TALK_CLIENT_SEALS, 6, "a");
	((struct talk_config *)seed)->more = TALK_TWO_USERS;
	record(TALK_RIGHT, TALK_OTHER_SESSION, 0, NULL, 0);
	save(folder, "found-other-user");
}

#define SAID1(vec) \
	record(TALK_ANSWER, 0, 0, vec_##vec + SMB1_HDR_SIZE, \
	       sizeof(vec_##vec) - SMB1_HDR_SIZE)

/* What came over a wire once; then all that the client can do, protected or not. */
static void right_smb1(const char *folder)
{
	static const u8 flags[] = {
		0, TALK_CLIENT_SIGNS, TALK_SERVER_SIGNS, TALK_ANONYMOUS,
		TALK_FEW_CREDITS,
	};
	char path[64];
	u32 i, more;

	begin(0, 0, 0, "adcb");
	SAID1(smb1_negotiate_rsp);
	record(TALK_ANSWER, 0, 2, vec_smb1_session_rsp_more + SMB1_HDR_SIZE,
	       sizeof(vec_smb1_session_rsp_more) - SMB1_HDR_SIZE);
	SAID1(smb1_session_rsp);
	SAID1(smb1_tree_rsp);
	SAID1(smb1_create_rsp);
	SAID1(smb1_write_rsp);
	SAID1(smb1_read_rsp);
	SAID1(smb1_read_rsp);
	SAID1(smb1_read_rsp);
	SAID1(smb1_read_rsp);
	SAID1(smb1_create_rsp);
	SAID1(smb1_query_rsp);
	save(folder, "captured");
	for (i = 0; i < ARRAY_SIZE(flags); i++)
		for (more = 0; more < 8; more++) {
			begin(0, flags[i], 0,
			      more & 1 ? "abcdefghnopq" : "aeeirlkbqhrn");
			((struct talk_config *)seed)->cipher = i == 2;
			((struct talk_config *)seed)->signing = i & 1;
			((struct talk_config *)seed)->more = more;
			snprintf(path, sizeof(path), "right-%u-%u", i, more);
			save(folder, path);
		}
}

/* Each kind of thing that happens, to each request of a few programs. */
static void happens_smb1(const char *folder)
{
	static const char *const programs[] = { "abn", "aeel", "acdf", "hpq" };
	char path[64];
	u32 kind, how, after;

	for (kind = 0; kind < TALK_KINDS; kind++)
		for (how = 0; how < 9; how++)
			for (after = 0; after < 24; after++) {
				begin(0, after % 2 ? TALK_CLIENT_SIGNS : 0,
				      4 + after / 4, programs[after % 4]);
				((struct talk_config *)seed)->more =
					TALK_DIRECTORY;
				record(kind, how ? 1 << (how - 1) : 0, after,
				       NULL, 0);
				record(TALK_RIGHT, 0, 0, NULL, 0);
				snprintf(path, sizeof(path), "happens-%u-%u-%u",
					 kind, how, after);
				save(folder, path);
			}
}

/**
 * talk_seeds - write conversations to begin with
 * @folder: where; each target has one in it
 */
void talk_seeds(const char *folder)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/talk", folder);
	mkdir(path, 0777);
	found(path);
	captured(path);
	right(path);
	happens(path);
	snprintf(path, sizeof(path), "%s/talk1", folder);
	mkdir(path, 0777);
	right_smb1(path);
	happens_smb1(path);
}
