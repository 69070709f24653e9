/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The server's half of the SMB2 codecs, for tests alone: what reads our
 * requests and writes the responses we read. Written from the same document
 * but apart from the client's half, so that a round trip says something, and
 * so that a server of the tests' own can be built on it.
 *
 * Decoders take a cursor as wire_smb2_pdu_next() yields it. Encoders write a
 * body between wire_smb2_pdu_begin() and wire_smb2_pdu_end(); they put on the
 * wire whatever they are given, sensible or not.
 */
#ifndef UNCFS_TESTS_MIRROR_H
#define UNCFS_TESTS_MIRROR_H

#include "../wire/nbss.h"
#include "../wire/smb2_break.h"
#include "../wire/smb2_close.h"
#include "../wire/smb2_create.h"
#include "../wire/smb2_error.h"
#include "../wire/smb2_fsctl.h"
#include "../wire/smb2_ioctl.h"
#include "../wire/smb2_lock.h"
#include "../wire/smb2_multi.h"
#include "../wire/smb2_negotiate.h"
#include "../wire/smb2_notify.h"
#include "../wire/smb2_query_dir.h"
#include "../wire/smb2_query_info.h"
#include "../wire/smb2_read.h"
#include "../wire/smb2_session.h"
#include "../wire/smb2_set_info.h"
#include "../wire/smb2_simple.h"
#include "../wire/smb2_tree.h"
#include "../wire/smb2_write.h"

enum {
	MIRROR_CTXS_MAX		= 8,
	MIRROR_LOCKS_MAX	= 16,
};

/**
 * struct mirror_smb2_create_req - a decoded CREATE request
 * @req: as the client filled it; its pointers lead to the members below
 * @lease: where @req.lease points to when there was one
 * @durable: where @req.durable points to when there was one
 * @reconnect: where @req.reconnect points to when there was one
 * @fid: where @req.reconnect_v1 points to when there was one
 * @app_instance: where @req.app_instance points to when there was one
 * @posix_mode: where @req.posix_mode points to when there was one
 * @extra: contexts not known by name
 */
struct mirror_smb2_create_req {
	struct wire_smb2_create_req req;
	struct wire_smb2_lease lease;
	struct wire_smb2_durable durable;
	struct wire_smb2_durable_reconnect reconnect;
	struct wire_smb2_fid fid;
	u8 app_instance[SMB2_GUID_SIZE];
	u32 posix_mode;
	struct wire_smb2_create_ctx extra[MIRROR_CTXS_MAX];
};

/**
 * struct mirror_smb2_lock_req - a decoded LOCK request
 * @req: as the client filled it; @req.locks points to @locks
 * @locks: the ranges
 */
struct mirror_smb2_lock_req {
	struct wire_smb2_lock_req req;
	struct wire_smb2_lock_element locks[MIRROR_LOCKS_MAX];
};

/**
 * struct mirror_smb2_write_req - a decoded WRITE request
 * @req: as the client filled it
 * @data: the payload
 */
struct mirror_smb2_write_req {
	struct wire_smb2_write_req req;
	struct wire_blob data;
};

/* mirror_conn.c */
int mirror_smb2_negotiate_req_decode(struct wire_in *in,
				     struct wire_smb2_negotiate_req *req);
int mirror_smb2_negotiate_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_negotiate_rsp *rsp);
int mirror_smb2_multi_req_decode(const struct wire_blob *msg,
				 struct wire_smb2_multi_req *req);
int mirror_smb2_session_setup_req_decode(struct wire_in *in,
					 struct wire_smb2_session_setup_req *req);
int mirror_smb2_session_setup_rsp_encode(struct wire_out *o,
					 const struct wire_smb2_session_setup_rsp *rsp);
int mirror_smb2_tree_connect_req_decode(struct wire_in *in,
					struct wire_smb2_tree_connect_req *req);
int mirror_smb2_tree_connect_rsp_encode(struct wire_out *o,
					const struct wire_smb2_tree_connect_rsp *rsp);
/* LOGOFF, TREE_DISCONNECT, CANCEL and ECHO requests: StructureSize 4. */
int mirror_smb2_empty_req_decode(struct wire_in *in);
/* LOGOFF, TREE_DISCONNECT, FLUSH, LOCK and ECHO responses: StructureSize 4. */
int mirror_smb2_empty_rsp_encode(struct wire_out *o);

/* mirror_create.c */
int mirror_smb2_create_req_decode(struct wire_in *in,
				  struct mirror_smb2_create_req *req);
int mirror_smb2_create_rsp_encode(struct wire_out *o,
				  const struct wire_smb2_create_rsp *rsp);
int mirror_smb2_close_req_decode(struct wire_in *in,
				 struct wire_smb2_close_req *req);
int mirror_smb2_close_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_close_rsp *rsp);

/* mirror_io.c */
int mirror_smb2_flush_req_decode(struct wire_in *in,
				 struct wire_smb2_flush_req *req);
int mirror_smb2_read_req_decode(struct wire_in *in,
				struct wire_smb2_read_req *req);
int mirror_smb2_read_rsp_encode(struct wire_out *o,
				const struct wire_smb2_read_rsp *rsp);
int mirror_smb2_write_req_decode(struct wire_in *in,
				 struct mirror_smb2_write_req *req);
int mirror_smb2_write_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_write_rsp *rsp);
int mirror_smb2_lock_req_decode(struct wire_in *in,
				struct mirror_smb2_lock_req *req);

/* mirror_info.c */
int mirror_smb2_ioctl_req_decode(struct wire_in *in,
				 struct wire_smb2_ioctl_req *req);
int mirror_smb2_ioctl_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_ioctl_rsp *rsp);
int mirror_smb2_query_dir_req_decode(struct wire_in *in,
				     struct wire_smb2_query_dir_req *req);
int mirror_smb2_query_dir_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_query_dir_rsp *rsp);
int mirror_smb2_notify_req_decode(struct wire_in *in,
				  struct wire_smb2_notify_req *req);
int mirror_smb2_notify_rsp_encode(struct wire_out *o,
				  const struct wire_smb2_notify_rsp *rsp);
int mirror_smb2_query_info_req_decode(struct wire_in *in,
				      struct wire_smb2_query_info_req *req);
int mirror_smb2_query_info_rsp_encode(struct wire_out *o,
				      const struct wire_smb2_query_info_rsp *rsp);
int mirror_smb2_set_info_req_decode(struct wire_in *in,
				    struct wire_smb2_set_info_req *req);
int mirror_smb2_set_info_rsp_encode(struct wire_out *o);

/* mirror_fsctl.c: the bytes of an input or output buffer alone */
int mirror_validate_negotiate_req_decode(const struct wire_blob *input,
					 struct wire_validate_negotiate_req *req);
int mirror_validate_negotiate_rsp_encode(struct wire_out *o,
					 const struct wire_validate_negotiate_rsp *rsp);
int mirror_pipe_peek_rsp_encode(struct wire_out *o,
				const struct wire_pipe_peek_rsp *rsp);
int mirror_pipe_wait_req_decode(const struct wire_blob *input,
				struct wire_pipe_wait_req *req);

/* mirror_break.c */
int mirror_smb2_break_notify_encode(struct wire_out *o,
				    const struct wire_smb2_break *brk);
int mirror_smb2_oplock_ack_decode(struct wire_in *in,
				  struct wire_smb2_oplock_break *ack);
int mirror_smb2_lease_ack_decode(struct wire_in *in,
				 struct wire_smb2_lease_ack *ack);
int mirror_smb2_oplock_ack_rsp_encode(struct wire_out *o,
				      const struct wire_smb2_oplock_break *rsp);
int mirror_smb2_lease_ack_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_lease_ack *rsp);
int mirror_smb2_error_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_error_rsp *rsp);
int mirror_smb2_symlink_encode(struct wire_out *o,
			       const struct wire_smb2_symlink *link);

/* mirror_nbss.c */
int mirror_nbss_request_decode(const struct wire_blob *body,
			       struct wire_nbss_request *req);
int mirror_nbss_answer_encode(struct wire_out *o,
			      const struct wire_nbss_answer *answer);

#endif /* UNCFS_TESTS_MIRROR_H */
