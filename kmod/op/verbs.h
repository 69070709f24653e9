/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the verbs of this folder share with each other, and nobody else sees:
 * the parts that plans are made of.
 */
#ifndef _UNC_OP_VERBS_H
#define _UNC_OP_VERBS_H

#include "../conn/dialect.h"
#include "../smb2/smb2.h"
#include "../wire/fscc_file.h"
#include "op.h"

/* With fewer than that at hand, what is not needed is not asked for. */
#define UNC_FEW_CREDITS	8

static inline struct wire_smb2_fid unc_open_fid(struct unc_open *open)
{
	struct wire_smb2_fid fid;

	spin_lock(&open->lock);
	fid.persistent_id = open->persistent;
	fid.volatile_id = open->volatile_id;
	spin_unlock(&open->lock);
	return fid;
}

/* path.c: names between Linux and the server */
int unc_path_encode(const char *path, struct wire_blob *name);
int unc_stream_encode(const char *path, const char *stream,
		      struct wire_blob *name);
void unc_path_free(struct wire_blob *name);
u64 unc_path_snapshot(const char *path, u32 *at);
char *unc_path_without(const char *path, u32 at);
u64 unc_snapshot_id(u64 id, u64 when);
int unc_name_decode(const struct wire_blob *name, char *buf, u32 size);
int unc_target_encode(const char *target, struct wire_blob *name);
int unc_target_decode(const struct wire_blob *name, char *buf, u32 size);

/**
 * struct unc_opened - a CREATE whose handle stays, and its result
 * @open: the new object
 * @notices: of the lease, from before asking
 * @durable: what was asked for
 * @info: what CREATE said of the file, or NULL
 * @action: enum smb2_create_action, or NULL
 */
struct unc_opened {
	struct unc_open		*open;
	u32			notices;
	struct unc_durable	durable;
	struct unc_attr_info	*info;
	u32			*action;
};

/* open.c */
int unc_open_take(const struct unc_op *op, struct unc_req *req,
		  struct unc_opened *opened);

/* plan.c: CREATE first and CLOSE last */
int unc_plan_create(struct unc_req *req, const char *path,
		    const struct unc_open_args *how);
int unc_plan_close(struct unc_req *req);
int unc_plan_created_at(struct unc_req *req, unsigned int at,
			struct wire_smb2_create_rsp *rsp);
int unc_plan_created(struct unc_req *req, struct wire_smb2_create_rsp *rsp);
void unc_plan_orphaned(struct unc_req *req);
u32 unc_plan_reply_max(const struct unc_conn *conn, u32 wish);

/* lease.c */
const struct wire_smb2_lease *unc_lease_ask(const struct unc_conn *conn,
					    const struct unc_open_args *how,
					    struct wire_smb2_lease *lease);
void unc_lease_take(struct unc_lease *lease, struct unc_open *open,
		    const struct wire_smb2_create_rsp *rsp, u32 notices);

/* close.c: CLOSE that nobody waits for */
#define UNC_CLOSE_PARTS	20U	/* in one message */
void unc_close_fid(struct unc_tree *tree, struct wire_smb2_fid fid);
void unc_close_dead(struct unc_open **opens, unsigned int n);

/* parting.c: CLOSE that has time */
bool unc_parting_add(struct unc_open *open);
void unc_parting_before(const struct unc_op *op, struct unc_tree *tree);
void unc_parting_send(struct unc_tree *tree);

/* attr.c: from the server's structures to struct unc_attr_info */
void unc_attr_from_basic(struct unc_attr_info *info,
			 const struct wire_fscc_basic *basic);
void unc_attr_from_create(struct unc_attr_info *info,
			  const struct wire_smb2_create_rsp *rsp);
int unc_attr_from_all(struct unc_attr_info *info, const struct unc_part *part);

/**
 * struct unc_query - CREATE + QUERY_INFO + CLOSE, or QUERY_INFO on a handle
 * @how: to open, for a query by path
 * @type: enum smb2_info_type
 * @class: of that type
 * @max: bytes that may come back
 * @additional: enum smb2_security_info
 * @flags: enum smb2_query_flags
 */
struct unc_query {
	struct unc_open_args	how;
	u8			type;
	u8			class;
	u32			max;
	u32			additional;
	u32			flags;
};

#define UNC_QUERY_ROOM	(UNC_SMB2_ROOM_CREATE + UNC_SMB2_ROOM_QUERY_INFO + \
			 UNC_SMB2_ROOM_CLOSE)

/* query.c; op->args is a struct unc_query */
int unc_query_issue(struct unc_op *op, struct unc_req *req);
int unc_query_open_issue(struct unc_op *op, struct unc_req *req);

/* [MS-FSCC] 2.1.2.1: no reparse point has more than 16 KiB of data. */
#define UNC_REPARSE_MAX	16384

/**
 * struct unc_reparse_reader - who wants to know of a reparse point
 * @read: called with the tag, 0 if it is none, and the data, or NULL if the
 *	server did not give them; returns 0 or -errno
 */
struct unc_reparse_reader {
	int	(*read)(void *result, u32 tag, const struct wire_blob *data);
};

/* reparse.c */
int unc_reparse_make(struct unc_share *share, const char *path,
		     const struct wire_blob *data);
int unc_reparse_get(struct unc_share *share, const char *path,
		    const struct unc_reparse_reader *reader, void *result);

/* node.c */
int unc_node_kind(struct unc_share *share, const char *path,
		  struct unc_attr_info *info);

/* blob.c */
int unc_query_blob(struct unc_share *share, const char *path,
		   const struct unc_query *query, struct wire_blob *blob);

/* getattr.c; the done() of getattr and mkdir; op->result: unc_attr_info */
int unc_getattr_take(const char *path, struct unc_req *req, unsigned int first,
		     struct unc_attr_info *info);
int unc_getattr_done(struct unc_op *op, struct unc_req *req);

/**
 * struct unc_set - CREATE + SET_INFO + CLOSE, or SET_INFO on a handle
 * @how: to open, for a set by path
 * @type: enum smb2_info_type, 0 for SMB2_0_INFO_FILE
 * @class: enum fscc_file_class
 * @additional: enum smb2_security_info
 * @data: what SET_INFO carries
 * @once: T if doing it twice is not the same as once
 */
struct unc_set {
	struct unc_open_args	how;
	u8			type;
	u8			class;
	u32			additional;
	struct wire_blob	data;
	bool			once;
};

/**
 * struct unc_set_result - what is known after a set that the server refused
 * @status: NTSTATUS of the command that failed
 * @attributes: of the file, 0 if it could not be opened
 * @uncertain: as in &struct unc_op
 */
struct unc_set_result {
	u32	status;
	u32	attributes;
	bool	uncertain;
};

/* uncertain.c: what was made twice */
bool unc_made_by_us(struct unc_share *share, const char *path, u64 since,
		    struct unc_attr_info *info);

/* lock.c: for a handle that comes back */
int unc_locks_retake(struct unc_open *open, struct unc_tree *tree,
		     struct wire_smb2_fid fid);

/* set.c */
int unc_set_path(struct unc_share *share, const char *path,
		 const struct unc_set *set, struct unc_set_result *result);
int unc_set_open(struct unc_open *open, const struct unc_set *set);

#endif /* _UNC_OP_VERBS_H */
