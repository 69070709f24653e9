// SPDX-License-Identifier: GPL-2.0-only
/*
 * The client of a conversation: comes to a share as op/reach.c does, then does
 * what the program says, and leaves in good order, whatever was answered.
 */
#include "../../../kmod/op/verbs.h"
#include "../../../kmod/conn/dialect.h"
#include "../../../kmod/smb2/smb2.h"
#include "../../../kmod/wire/fscc.h"
#include "../../../kmod/wire/fscc_dir.h"
#include "../../../kmod/wire/utf16.h"
#include "client.h"

#define ROOM		2048
#define IN_FLIGHT	4

struct unc_session *talk_session;
struct unc_session *talk_other;
struct unc_session *talk_setup;
struct unc_lease *talk_lease;

static struct unc_conn *conn;
static struct unc_tree *tree;
static struct unc_open *handle;

static const u8 name[] = { 'a', 0, '*', 0 };

/* As the VFS has it, and back again. */
static void look_at_time(u64 filetime)
{
	u32 nsec;
	s64 sec;

	if (wire_time_split(filetime, &sec, &nsec))
		wire_time_join(sec, nsec);
	wire_time_from_ns(wire_time_to_ns(filetime));
}

/* A request that asks nothing yet, or NULL. */
struct unc_req *talk_request(void)
{
	return unc_req_new(conn, talk_session, tree, ROOM);
}

bool talk_is_open(void)
{
	return handle;
}

struct wire_smb2_fid talk_fid(void)
{
	return (struct wire_smb2_fid){ handle->persistent,
				       handle->volatile_id };
}

/* Consumes @req.  Return: T if it was answered. */
bool talk_call(struct unc_req *req, int err, bool interruptible)
{
	if (!err)
		err = unc_req_send(req);
	if (!err)
		err = unc_req_wait(req, interruptible);
	if (!err)
		talk_server->check(req);
	return !err;
}

/* ---- Coming and going ---------------------------------------------------------- */

static int reach_conn(void)
{
	struct unc_transport *tp = talk_transport_new();
	struct unc_failure why = {};
	int err;

	if (!tp)
		return -ENOMEM;
	mutex_lock(&conn->setup);
	err = unc_conn_start(conn, tp);
	if (!err)
		err = conn->speaks->setup.negotiate(conn, &why);
	if (!err)
		unc_conn_ready(conn);
	mutex_unlock(&conn->setup);
	return err;
}

static int reach_session(struct unc_session **session, unsigned int uid)
{
	struct unc_identity who = {
		.uid = { uid },
		.sec = talk_config.flags & TALK_ANONYMOUS ? UNC_SEC_NONE :
							    UNC_SEC_ANY,
	};
	struct unc_session *s = unc_session_new(conn, &who);
	struct unc_failure why = {};
	int err;

	if (!s)
		return -ENOMEM;
	s = unc_session_use(s);
	talk_setup = s;
	*session = s;
	mutex_lock(&s->setup);
	err = conn->speaks->setup.session_setup(s, &why);
	if (err)
		unc_session_dead(s);
	mutex_unlock(&s->setup);
	return err;
}

static int reach_tree(void)
{
	struct unc_tree *t = unc_tree_new(talk_session, "share");
	struct unc_failure why = {};
	int err;

	if (!t)
		return -ENOMEM;
	tree = unc_tree_use(t);
	mutex_lock(&tree->setup);
	err = conn->speaks->setup.tree_connect(tree, &why);
	if (!err)
		WRITE_ONCE(tree->state, UNC_STATE_READY);
	else
		unc_tree_kill(tree, err);
	mutex_unlock(&tree->setup);
	return err;
}

static void end_session(struct unc_session *s)
{
	if (!s)
		return;
	unc_session_unuse(s);
	if (READ_ONCE(s->state) == UNC_STATE_READY &&
	    unc_conn_state(conn) == UNC_STATE_READY)
		conn->speaks->setup.logoff(s);
	unc_session_dead(s);
}

/* op/reach.c counts uses; here there is one of each. */
static void leave(void)
{
	world_signalled = false;
	if (handle)
		unc_open_free(handle);
	if (tree) {
		unc_tree_unuse(tree);
		if (unc_tree_usable(tree))
			conn->speaks->setup.tree_disconnect(tree);
		unc_tree_kill(tree, -ESHUTDOWN);
		unc_tree_put(tree, unc_why_reach);
	}
	end_session(talk_other);
	end_session(talk_session);
	if (talk_lease)
		unc_lease_own(talk_lease, NULL);
	unc_conn_stop(conn);
	world_settle();
	unc_lease_put(talk_lease);
	if (talk_other)
		unc_session_put(talk_other, unc_why_reach);
	if (talk_session)
		unc_session_put(talk_session, unc_why_reach);
	unc_conn_put(conn, unc_why_alloc);
	world_settle();
	conn = NULL;
	talk_session = NULL;
	talk_other = NULL;
	talk_setup = NULL;
	tree = NULL;
	handle = NULL;
	talk_lease = NULL;
}

/* ---- What the program may do ----------------------------------------------------- */

static bool hold(void *owner)
{
	return owner;
}

static void broken(void *owner, u32 gone, bool lost)
{
	if (!gone)
		shim_die("told that nothing is gone");
}

static const struct unc_lease_ops lease_ops = {
	.hold	= hold,
	.broken	= broken,
};

static void take_handle(const struct unc_part *part, u32 notices)
{
	struct wire_smb2_create_rsp rsp;

	if (unc_cmd_of(part)->create_rsp(part, &rsp) || handle)
		return;
	talk_touch(&rsp.raw_ctxs);
	look_at_time(rsp.creation_time);
	look_at_time(rsp.last_write_time);
	handle = unc_open_new(tree, GFP_KERNEL);
	if (!handle)
		return;
	handle->persistent = rsp.fid.persistent_id;
	handle->volatile_id = rsp.fid.volatile_id;
	unc_lease_take(talk_lease, handle, &rsp, notices);
	/* A lease is for a handle: nothing may be relied on without one. */
	if (!handle->lease && unc_lease_has(talk_lease, 1))
		shim_die("a lease that nobody holds");
}

int talk_add_create(struct unc_req *req, struct wire_smb2_lease *lease)
{
	struct wire_smb2_durable durable = { .timeout = 1000 };
	struct wire_smb2_durable_reconnect again = {};
	struct wire_smb2_fid old = {};
	struct wire_smb2_create_req args = {
		.impersonation = SMB2_IMPERSONATION_IMPERSONATION,
		.access = 0x120089,
		.share_access = 7,
		.disposition = SMB2_FILE_OPEN,
		.options = talk_config.more & TALK_DIRECTORY ?
			   SMB2_FILE_DIRECTORY_FILE : 0,
		.name = { name, 2 },
		.lease = lease,
		.durable = lease ? &durable : NULL,
		.want_max_access = true,
		.want_disk_id = true,
	};

	/* A second open claims the first, as after a lost connection. */
	if (lease && handle) {
		old = talk_fid();
		again.fid = old;
		args.durable = NULL;
		if (conn->dialect >= SMB2_DIALECT_300)
			args.reconnect = &again;
		else
			args.reconnect_v1 = &old;
	}
	return unc_cmd(req)->create_add(req, &args, 0);
}

static void do_open(void)
{
	struct unc_open_args how = { .lease_state = SMB2_LEASE_RWH };
	struct wire_smb2_lease lease;
	struct unc_req *req;
	u32 notices;
	int err;

	if (!talk_lease)
		talk_lease = unc_op_lease_new(&lease_ops, &handle);
	req = talk_request();
	if (req && talk_lease) {
		how.lease = talk_lease;
		notices = unc_lease_notices(talk_lease);
		err = talk_add_create(req, (struct wire_smb2_lease *)
				 unc_lease_ask(conn, &how, &lease));
		if (talk_call(req, err, false))
			take_handle(&req->parts[0], notices);
	}
	if (req)
		unc_req_put(req, unc_why_alloc);
}

static void do_close(void)
{
	struct unc_req *req = talk_request();
	struct wire_smb2_close_req args = {};
	struct wire_smb2_close_rsp rsp;
	int err;

	if (!req || !handle) {
		if (req)
			unc_req_put(req, unc_why_alloc);
		return;
	}
	args.fid = talk_fid();
	err = unc_cmd(req)->close_add(req, &args, 0);
	unc_open_free(handle);
	handle = NULL;
	/* Nobody wants to know what SMB 1 says, and it says nothing. */
	if (talk_call(req, err, false) && !req->conn->speaks->smb1)
		unc_smb2_close_rsp(&req->parts[0], &rsp);
	unc_req_put(req, unc_why_alloc);
}

static int add_read(struct unc_req *req, u32 length)
{
	struct wire_smb2_read_req args = { .length = length };

	args.fid = talk_fid();
	return unc_cmd(req)->read_add(req, &args, 0);
}

static void read_done(struct unc_req *req)
{
	struct wire_smb2_read_rsp rsp;

	if (!req->error) {
		talk_server->check(req);
		if (!unc_cmd(req)->read_rsp(&req->parts[0], &rsp))
			talk_touch(&rsp.data);
	}
	unc_req_put(req, unc_why_alloc);
}

/* Several at once, nobody waits for each. */
static void do_reads(void)
{
	struct unc_req *req;
	int i;

	for (i = 0; i < IN_FLIGHT && handle; i++) {
		req = talk_request();
		if (!req)
			return;
		req->complete = read_done;
		if (add_read(req, 1 << (i + 12)) || unc_req_send(req))
			unc_req_put(req, unc_why_alloc);
	}
}

static void do_write(void)
{
	static const u8 data[5000];
	struct wire_smb2_write_req args = { .length = sizeof(data) };
	struct wire_smb2_write_rsp rsp;
	struct unc_req *req = handle ? talk_request() : NULL;
	int err;

	if (!req)
		return;
	args.fid = talk_fid();
	err = unc_cmd(req)->write_add(req, &args, 0);
	req->payload = (struct iov_iter){ .at = data, .left = sizeof(data) };
	if (talk_call(req, err, false))
		unc_cmd(req)->write_rsp(&req->parts[0], &rsp);
	unc_req_put(req, unc_why_alloc);
}

static void read_listing(const struct unc_part *part)
{
	struct wire_smb2_query_dir_rsp rsp;
	struct wire_fscc_dirent entry;
	char text[1024];
	struct wire_in list;

	if (unc_cmd_of(part)->query_dir_rsp(part, &rsp))
		return;
	wire_in_from(&list, &rsp.data);
	while (wire_fscc_dirent_next(&list, FSCC_FILE_ID_BOTH_DIRECTORY,
				     &entry) > 0)
		wire_utf16_to_utf8(text, sizeof(text), entry.name.ptr,
				   min_t(u32, entry.name.len, 510),
				   WIRE_UTF_STRICT);
}

static void do_list(void)
{
	struct wire_smb2_query_dir_req args = {
		.info_class = FSCC_FILE_ID_BOTH_DIRECTORY,
		.pattern = { name + 2, 2 },
		.max_output = 8192,
	};
	struct unc_req *req = handle ? talk_request() : NULL;
	int err, i;

	if (!req)
		return;
	args.fid = talk_fid();
	err = unc_cmd(req)->query_dir_add(req, &args, 0);
	/* As op/readdir.c does it: without a lease, one at a time. */
	if (!err && !req->conn->speaks->smb1)
		err = unc_cmd(req)->query_dir_add(req, &args, 0);
	if (talk_call(req, err, false))
		for (i = 0; i < req->nparts; i++)
			read_listing(&req->parts[i]);
	unc_req_put(req, unc_why_alloc);
}

/* Waits for others: no deadline, and any signal ends it. */
static void do_lock(void)
{
	struct wire_smb2_lock_element range = { .length = 1, .flags = 2 };
	struct wire_smb2_lock_req args = { .count = 1, .locks = &range };
	struct unc_req *req = handle ? talk_request() : NULL;
	int err;

	if (!req)
		return;
	req->timeout = 0;
	args.fid = talk_fid();
	err = unc_cmd(req)->lock_add(req, &args, 0);
	world_patience = jiffies + 600 * HZ;
	if (talk_call(req, err, true))
		unc_cmd(req)->lock_rsp(&req->parts[0]);
	world_patience = 0;
	unc_req_put(req, unc_why_alloc);
}

static void do_flush(void)
{
	struct wire_smb2_flush_req args = {};
	struct unc_req *req = handle ? talk_request() : NULL;

	if (!req)
		return;
	args.fid = talk_fid();
	if (talk_call(req, unc_cmd(req)->flush_add(req, &args, 0), false))
		unc_cmd(req)->flush_rsp(&req->parts[0]);
	unc_req_put(req, unc_why_alloc);
}

static void do_echo(void)
{
	struct unc_req *req = unc_req_echo(conn);

	if (!req)
		return;
	talk_call(req, 0, false);
	unc_req_put(req, unc_why_alloc);
}

static void do_renew(void)
{
	struct unc_failure why = {};

	talk_setup = talk_session;
	mutex_lock(&talk_session->setup);
	unc_session_expired(talk_session);
	conn->speaks->setup.session_renew(talk_session, &why);
	mutex_unlock(&talk_session->setup);
}

/* What was opened in vain is closed; nobody waits for that. */
static void close_orphan(struct unc_req *req)
{
	struct wire_smb2_create_rsp rsp;

	if (!unc_cmd(req)->create_rsp(&req->parts[0], &rsp))
		talk_touch(&rsp.raw_ctxs);
}

static void do_give_up(void)
{
	struct unc_req *req = talk_request();

	if (!req)
		return;
	req->orphaned = close_orphan;
	if (!talk_add_create(req, NULL) && !unc_req_send(req)) {
		unc_req_cancel(req);
		unc_req_end(req, -ERESTARTSYS);
	}
	unc_req_put(req, unc_why_alloc);
}

static void do_wait(void)
{
	int i;

	for (i = 0; i < 8; i++)
		world_step();
}

/* op/parting.c: here a CLOSE is sent at once, none waits for company. */
void unc_parting_send(struct unc_tree *tree)
{
}

static void (*const doings[])(void) = {
	do_open, talk_do_getattr, do_reads, do_write, do_list, do_lock, talk_do_ioctl,
	do_flush, do_echo, do_renew, do_give_up, do_close, do_wait,
	talk_do_security, talk_do_set, talk_do_rename, talk_do_transceive,
	talk_do_notify,
};

static void run_program(void)
{
	u8 what;
	int i;

	for (i = 0; i < TALK_PROGRAM && unc_tree_usable(tree); i++) {
		world_signalled = false;
		what = talk_config.program[i];
		doings[what % ARRAY_SIZE(doings)]();
	}
	do_wait();
}

static void set_policy(struct unc_policy *policy)
{
	static const u16 dialects[] = { 0x202, 0x210, 0x300, 0x302, 0x311 };
	u8 flags = talk_config.flags;

	*policy = (struct unc_policy){
		.dialect_max = dialects[talk_config.dialect %
					ARRAY_SIZE(dialects)],
		.sign = flags & TALK_CLIENT_SIGNS,
		.seal = flags & TALK_CLIENT_SEALS,
		.multi = talk_config.more & TALK_MULTI,
		.timeout_ms = 30000,
	};
	if (talk_server == &talk_server_smb1) {
		policy->dialect_max = UNC_DIALECT_SMB1;
		policy->multi = false;
	}
	policy->dialect_min = flags & TALK_ALL_DIALECTS &&
			      policy->dialect_max >= 0x202 ? 0x202 :
			      policy->dialect_max;
}

void talk_client_run(void)
{
	static struct net net;
	struct unc_policy policy;
	int err;

	set_policy(&policy);
	conn = unc_conn_new(&net, "server", 445, &policy);
	if (IS_ERR(conn)) {
		conn = NULL;
		return;
	}
	unc_conn_name_client(conn);
	err = reach_conn();
	if (!err)
		err = reach_session(&talk_session, 0);
	if (!err)
		err = reach_tree();
	if (!err && talk_config.more & TALK_TWO_USERS)
		reach_session(&talk_other, 1);
	if (!err)
		run_program();
	leave();
}
