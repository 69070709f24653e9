// SPDX-License-Identifier: GPL-2.0-only
/*
 * uncfs_smb1: SMB 1 for uncfs, loaded for vers=1.0 and nothing else.
 */
#include "smb1.h"

static struct unc_dialect dialect = {
	.owner = THIS_MODULE,
	.smb1 = true,
	.setup = {
		.negotiate		= smb1_negotiate,
		.session_setup		= smb1_session_setup,
		.session_renew		= smb1_session_renew,
		.tree_connect		= smb1_tree_connect,
		.tree_disconnect	= smb1_tree_disconnect,
		.logoff			= smb1_logoff,
		.conn_free		= smb1_conn_free,
	},
	.messages = {
		.send		= smb1_send,
		.cancel		= smb1_cancel,
		.receive	= smb1_receive,
		.echo		= smb1_echo,
		.forget		= smb1_forget,
	},
	.cmd = {
		.status		= smb1_status,
		.create_add	= smb1_create_add,
		.create_rsp	= smb1_create_rsp,
		.close_add	= smb1_close_add,
		.flush_add	= smb1_flush_add,
		.flush_rsp	= smb1_plain_rsp,
		.read_add	= smb1_read_add,
		.read_rsp	= smb1_read_rsp,
		.write_add	= smb1_write_add,
		.write_rsp	= smb1_write_rsp,
		.ioctl_add	= smb1_ioctl_add,
		.ioctl_rsp	= smb1_ioctl_rsp,
		.rap_add	= smb1_rap_add,
		.rap_rsp	= smb1_rap_rsp,
		.lock_add	= smb1_lock_add,
		.lock_rsp	= smb1_lock_rsp,
		.query_info_add	= smb1_query_info_add,
		.query_info_rsp	= smb1_query_info_rsp,
		.set_info_add	= smb1_set_info_add,
		.set_info_rsp	= smb1_set_info_rsp,
		.query_dir_add	= smb1_query_dir_add,
		.query_dir_rsp	= smb1_query_dir_rsp,
		.notify_add	= smb1_notify_add,
		.notify_rsp	= smb1_notify_rsp,
	},
};

static int __init smb1_init(void)
{
	unc_dialect_register(&dialect);
	return 0;
}

static void __exit smb1_exit(void)
{
	unc_dialect_unregister(&dialect);
	/* The last reference to a connection may be dropped by work of ours. */
	flush_workqueue(unc_req_wq);
}

module_init(smb1_init);
module_exit(smb1_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("SMB 1 (NT LM 0.12) for uncfs");
MODULE_SOFTDEP("pre: md5");
