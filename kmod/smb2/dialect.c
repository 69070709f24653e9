// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMB 2 and 3 for those above.  Sending and receiving are in conn/, which was
 * made for them.
 */
#include "../conn/dialect.h"
#include "../wire/smb2_simple.h"
#include "setup.h"
#include "smb2.h"

static int tree_connect(struct unc_tree *tree, struct unc_failure *why)
{
	return unc_smb2_tree_connect(tree, why) ?:
	       unc_smb2_validate_negotiate(tree, why);
}

static struct unc_req *echo(struct unc_conn *conn)
{
	struct unc_req *req = unc_req_new(conn, NULL, NULL, SMB2_HDR_SIZE + 8);

	if (!req)
		return NULL;
	unc_req_part(req, SMB2_ECHO, 0, 0);
	wire_smb2_echo_req_encode(&req->out);
	return req;
}

/* Without an owner: it is always there, and connections may outlive mounts. */
static struct unc_dialect dialect = {
	.setup = {
		.negotiate		= unc_smb2_negotiate,
		.session_setup		= unc_smb2_session_setup,
		.session_renew		= unc_smb2_session_renew,
		.tree_connect		= tree_connect,
		.tree_disconnect	= unc_smb2_tree_disconnect,
		.logoff			= unc_smb2_logoff,
	},
	.messages = {
		.send		= unc_tx_send,
		.cancel		= unc_tx_cancel,
		.receive	= unc_rx_message,
		.echo		= echo,
	},
	.cmd = {
		.status		= unc_smb2_status,
		.create_add	= unc_smb2_create_add,
		.create_rsp	= unc_smb2_create_rsp,
		.close_add	= unc_smb2_close_add,
		.flush_add	= unc_smb2_flush_add,
		.flush_rsp	= unc_smb2_flush_rsp,
		.read_add	= unc_smb2_read_add,
		.read_rsp	= unc_smb2_read_rsp,
		.write_add	= unc_smb2_write_add,
		.write_rsp	= unc_smb2_write_rsp,
		.ioctl_add	= unc_smb2_ioctl_add,
		.ioctl_rsp	= unc_smb2_ioctl_rsp,
		.lock_add	= unc_smb2_lock_add,
		.lock_rsp	= unc_smb2_lock_rsp,
		.query_info_add	= unc_smb2_query_info_add,
		.query_info_rsp	= unc_smb2_query_info_rsp,
		.set_info_add	= unc_smb2_set_info_add,
		.set_info_rsp	= unc_smb2_set_info_rsp,
		.query_dir_add	= unc_smb2_query_dir_add,
		.query_dir_rsp	= unc_smb2_query_dir_rsp,
		.notify_add	= unc_smb2_notify_add,
		.notify_rsp	= unc_smb2_notify_rsp,
	},
};

/**
 * unc_smb2_init - offer SMB 2 and 3
 *
 * May sleep.
 */
void unc_smb2_init(void)
{
	unc_dialect_register(&dialect);
}

/**
 * unc_smb2_exit - the opposite of unc_smb2_init()
 */
void unc_smb2_exit(void)
{
	unc_dialect_unregister(&dialect);
}
