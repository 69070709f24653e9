/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A dialect as those above see it: how a Connection, a Session and a TreeConnect
 * come to life, how a Request goes out and its answers come in, and the commands
 * on files.
 *
 * What a command is asked and answers is written in the structures of
 * [MS-SMB2], which say all that op/ wants to know; an older dialect makes of
 * them what it has.
 */
#ifndef _UNC_CONN_DIALECT_H
#define _UNC_CONN_DIALECT_H

#include <linux/module.h>
#include "request.h"
#include "../wire/smb2_close.h"
#include "../wire/smb2_create.h"
#include "../wire/smb2_ioctl.h"
#include "../wire/smb2_lock.h"
#include "../wire/smb2_notify.h"
#include "../wire/smb2_query_dir.h"
#include "../wire/smb2_query_info.h"
#include "../wire/smb2_read.h"
#include "../wire/smb2_set_info.h"
#include "../wire/smb2_simple.h"
#include "../wire/smb2_write.h"

#define UNC_DIALECT_SMB1	0x0100	/* our number for NT LM 0.12 */
#define UNC_SIGNING_SMB1	0x0100	/* and for its signatures, MD5 */

/* [MS-SMB2] 3.2.4.2, 3.2.4.22, 3.2.4.23; the object's setup mutex is held */
struct unc_dialect_setup {
	int (*negotiate)(struct unc_conn *conn, struct unc_failure *why);
	int (*session_setup)(struct unc_session *s, struct unc_failure *why);
	int (*session_renew)(struct unc_session *s, struct unc_failure *why);
	int (*tree_connect)(struct unc_tree *tree, struct unc_failure *why);
	void (*tree_disconnect)(struct unc_tree *tree);
	void (*logoff)(struct unc_session *s);
	void (*conn_free)(struct unc_conn *conn);	/* or NULL */
};

/* Behind unc_req_send(), unc_req_cancel(), unc_conn_rx(), unc_req_echo(). */
struct unc_dialect_messages {
	int (*send)(struct unc_req *req);
	void (*cancel)(struct unc_req *req);
	int (*receive)(struct unc_conn *conn, struct unc_rx *rx);
	struct unc_req *(*echo)(struct unc_conn *conn);
	void (*forget)(struct unc_req *req);	/* frees req->own */
};

/**
 * struct unc_rap_call - a call of the Remote Administration Protocol, [MS-RAP]
 * @params: what is asked
 * @data: what goes with it
 * @max_params: bytes that may come back
 * @max_data: bytes that may come back
 */
struct unc_rap_call {
	struct wire_blob	params;
	struct wire_blob	data;
	u32			max_params;
	u32			max_data;
};

/* How each becomes a part of a request, and what its answer says. */
struct unc_dialect_commands {
	int (*status)(const struct unc_part *part);
	int (*create_add)(struct unc_req *req,
			  const struct wire_smb2_create_req *args,
			  unsigned int flags);
	int (*create_rsp)(const struct unc_part *part,
			  struct wire_smb2_create_rsp *rsp);
	int (*close_add)(struct unc_req *req,
			 const struct wire_smb2_close_req *args,
			 unsigned int flags);
	int (*flush_add)(struct unc_req *req,
			 const struct wire_smb2_flush_req *args,
			 unsigned int flags);
	int (*flush_rsp)(const struct unc_part *part);
	int (*read_add)(struct unc_req *req,
			const struct wire_smb2_read_req *args,
			unsigned int flags);
	int (*read_rsp)(const struct unc_part *part,
			struct wire_smb2_read_rsp *rsp);
	int (*write_add)(struct unc_req *req,
			 const struct wire_smb2_write_req *args,
			 unsigned int flags);
	int (*write_rsp)(const struct unc_part *part,
			 struct wire_smb2_write_rsp *rsp);
	int (*ioctl_add)(struct unc_req *req,
			 const struct wire_smb2_ioctl_req *args,
			 unsigned int flags);
	int (*ioctl_rsp)(const struct unc_part *part,
			 struct wire_smb2_ioctl_rsp *rsp);
	int (*rap_add)(struct unc_req *req,		/* or NULL */
		       const struct unc_rap_call *call);
	int (*rap_rsp)(const struct unc_part *part, struct wire_blob *params,
		       struct wire_blob *data);
	int (*lock_add)(struct unc_req *req,
			const struct wire_smb2_lock_req *args,
			unsigned int flags);
	int (*lock_rsp)(const struct unc_part *part);
	int (*query_info_add)(struct unc_req *req,
			      const struct wire_smb2_query_info_req *args,
			      unsigned int flags);
	int (*query_info_rsp)(const struct unc_part *part,
			      struct wire_smb2_query_info_rsp *rsp);
	int (*set_info_add)(struct unc_req *req,
			    const struct wire_smb2_set_info_req *args,
			    unsigned int flags);
	int (*set_info_rsp)(const struct unc_part *part);
	int (*query_dir_add)(struct unc_req *req,
			     const struct wire_smb2_query_dir_req *args,
			     unsigned int flags);
	int (*query_dir_rsp)(const struct unc_part *part,
			     struct wire_smb2_query_dir_rsp *rsp);
	int (*notify_add)(struct unc_req *req,		/* or NULL */
			  const struct wire_smb2_notify_req *args,
			  unsigned int flags);
	int (*notify_rsp)(const struct unc_part *part,
			  struct wire_smb2_notify_rsp *rsp);
};

/**
 * struct unc_dialect - one of SMB 1, or SMB 2 and 3 together
 * @link: in the list of them
 * @owner: the module that it is in, if that is not uncfs.ko; a Connection pins it
 * @smb1: T for NT LM 0.12, F for all that is newer; its MessageIds have 16 bits
 * @setup: objects come to life and end
 * @messages: requests and answers
 * @cmd: commands on files
 */
struct unc_dialect {
	struct list_head	link;
	struct module		*owner;
	bool			smb1;
	struct unc_dialect_setup	setup;
	struct unc_dialect_messages	messages;
	struct unc_dialect_commands	cmd;
};

/* dialect.c */
void unc_dialect_register(struct unc_dialect *dialect);
void unc_dialect_unregister(struct unc_dialect *dialect);
struct unc_dialect *unc_dialect_get(const struct unc_policy *policy);
void unc_dialect_put(struct unc_dialect *dialect);

static inline const struct unc_dialect_commands *
unc_cmd(const struct unc_req *req)
{
	return &req->conn->speaks->cmd;
}

/* The commands of the dialect in which a part was asked. */
static inline const struct unc_dialect_commands *
unc_cmd_of(const struct unc_part *part)
{
	return unc_cmd(part->req);
}

#endif /* _UNC_CONN_DIALECT_H */
