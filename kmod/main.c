// SPDX-License-Identifier: GPL-2.0-only
/*
 * uncfs: the Windows network under one Linux file tree.
 *
 * The parts of the module in the order in which they need each other.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include "conn/lease.h"
#include "conn/request.h"
#include "op/share.h"
#include "pipe/pipe.h"
#include "smb2/setup.h"
#include "upcall/upcall.h"
#include "vfs/vfs.h"
#include "wire/smb2_hdr.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static int __init uncfs_init(void)
{
	int err;

	err = unc_req_init();
	if (err)
		return err;
	err = unc_lease_init();
	if (err)
		goto out_req;
	unc_smb2_init();
	err = unc_conn_net_init();
	if (err)
		goto out_lease;
	err = unc_credential_init();
	if (err)
		goto out_conn_net;
	err = unc_upcall_init(unc_conn_status_dump);
	if (err)
		goto out_credential;
	err = unc_share_init();
	if (err)
		goto out_upcall;
	err = unc_pipe_init();
	if (err)
		goto out_share;
	err = unc_vfs_init();
	if (err)
		goto out_pipe;
	return 0;

out_pipe:
	unc_pipe_exit();
out_share:
	unc_share_exit();
out_upcall:
	unc_upcall_exit();
out_credential:
	unc_credential_exit();
out_conn_net:
	unc_conn_net_exit();
out_lease:
	unc_smb2_exit();
	unc_lease_exit();
out_req:
	unc_req_exit();
	return err;
}

static void __exit uncfs_exit(void)
{
	unc_vfs_exit();
	/* Breaks that are still being answered pin connections. */
	flush_workqueue(unc_lease_wq);
	unc_pipe_exit();
	unc_share_exit();
	unc_upcall_exit();
	unc_credential_exit();
	unc_conn_net_exit();
	unc_smb2_exit();
	unc_lease_exit();
	unc_req_exit();
	/* Sessions are freed by RCU, and their memory belongs to slabs. */
	rcu_barrier();
}

module_init(uncfs_init);
module_exit(uncfs_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("SMB redirector: remote shares as files, remote pipes as files");
MODULE_ALIAS_FS("uncfs");
MODULE_ALIAS_GENL_FAMILY(UNC_GENL_NAME);
MODULE_SOFTDEP("pre: ccm gcm aes cmac hmac sha256 sha512");
