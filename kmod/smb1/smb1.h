/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SMB 1, the dialect NT LM 0.12, as a struct unc_dialect.
 *
 * It has no compounds that could say "the file opened before": the parts of a
 * request go out one after the other, each when the one before was answered, and
 * the FID is filled in on the way.  So a request costs one of the MaxMpxCount
 * slots, which are kept as credits.
 */
#ifndef _UNC_SMB1_SMB1_H
#define _UNC_SMB1_SMB1_H

#include <linux/xarray.h>
#include "../conn/dialect.h"
#include "../wire/smb1_pipe.h"
#include "../wire/smb1_trans.h"

#define SMB1_MAC_LEN	SMB1_HDR_SIGNATURE_SIZE

struct crypto_shash;

/**
 * struct smb1_conn - what a Connection remembers besides (conn->own)
 * @capabilities: of the server, enum smb1_capabilities
 * @session_key: from its negotiation
 * @max_buffer: bytes of the largest message that it takes, but for WRITE_ANDX
 * @wants_signing: T if messages are to be signed as soon as there is a key
 * @md5: for signatures, or NULL
 * @key: of the first session, which signs for all of them
 * @key_len: its length
 * @signing: T once there is a key, under the connection's send_lock
 * @sequence: of the next message, under the connection's send_lock
 * @max_mpx: requests that may be under way
 * @watches: of those, how many wait for something to change
 * @lost: MID of a READ that was given up to its FID, until it is answered or its
 *	handle is closed
 * @dirs: TID and FID to struct smb1_dir
 */
struct smb1_conn {
	u32			capabilities;
	u32			session_key;
	u32			max_buffer;
	bool			wants_signing;
	struct crypto_shash	*md5;
	u8			key[UNC_SESSION_KEY_MAX];
	u32			key_len;
	bool			signing;
	u32			sequence;
	u16			max_mpx;
	atomic_t		watches;
	struct xarray		lost;
	struct xarray		dirs;
};

/**
 * struct smb1_part - what a part remembers besides
 * @command: enum smb1_command
 * @related: T if it needs the FID of the CREATE before
 * @fid_at: where that belongs in the message, if @related
 * @sent: T once it is on its way; an answer that comes before is forged
 * @is_signed: T if it was sent signed
 * @sequence: of its answer, if @is_signed
 * @function: subcommand of a transaction
 * @second: where in the request's buffer the second message of a query is, whose
 *	answers become FileAllInformation; 0 for all that is asked at once
 * @again: T if that has its turn
 * @all: what the first one told, in its new form
 * @eas: T if extended attributes were asked for
 * @wide: those, in their new form
 * @ctl_code: of an IOCTL
 * @peeked: the answer to FSCTL_PIPE_PEEK in its new form
 * @gather: answer to a transaction as far as it is here, or NULL
 * @params: bytes of parameters that it will have
 * @got_params: bytes of parameters that are here
 * @got_data: bytes of data that are here
 * @gathered: T if all of it is, and the part's answer is made of it
 * @cancelled: T once the server was asked to give it up
 * @local: NTSTATUS to answer with, without asking the server
 */
struct smb1_part {
	u8		command;
	bool		related;
	u32		fid_at;
	bool		sent;
	bool		is_signed;
	u32		sequence;
	u16		function;
	u32		second;
	bool		again;
	struct unc_rx	*all;
	bool		eas;
	u8		*wide;
	u32		ctl_code;
	u8		peeked[WIRE_SMB1_PEEK_WIDE];
	struct unc_rx	*gather;
	u32		params;
	u32		got_params;
	u32		got_data;
	bool		gathered;
	bool		cancelled;
	u32		local;
};

/**
 * struct smb1_req - what a Request remembers besides (req->own)
 * @req: the request
 * @step: sends the next part
 * @next: which that is
 * @has_fid: T once CREATE was answered
 * @fid: what it has opened
 * @name_at: where the name of the CREATE is in the request's buffer
 * @name_len: its length
 * @lists: T if CREATE opens a directory to be listed
 * @watches: T if it is counted in smb1_conn.watches
 * @dir: key of the directory that is listed, in smb1_conn.dirs
 * @data: private copy of the payload, or NULL
 * @data_len: its length
 * @parts: for each of the request's
 */
struct smb1_req {
	struct unc_req		*req;
	struct work_struct	step;
	u8			next;
	bool			has_fid;
	u16			fid;
	u32			name_at;
	u32			name_len;
	bool			lists;
	bool			watches;
	u32			dir;
	u8			*data;
	u32			data_len;
	struct smb1_part	parts[UNC_REQ_PARTS];
};

static inline struct smb1_conn *smb1_conn(const struct unc_conn *conn)
{
	return conn->own;
}

static inline struct smb1_part *smb1_part(const struct unc_part *part)
{
	struct smb1_req *own = part->req->own;

	return &own->parts[part - part->req->parts];
}

/* part.c: messages are begun, answers looked at */
struct smb1_part *smb1_part_begin(struct unc_req *req, u16 like, u8 command,
				  u32 room);
u16 smb1_part_handle(const struct unc_part *part);
int smb1_part_fid(struct smb1_part *p, struct wire_smb2_fid fid, u32 at);
int smb1_trans_add(struct unc_req *req, u16 like,
		   struct wire_smb1_trans_req *trans, struct smb1_part **part);
int smb1_trans_second(struct unc_req *req, struct wire_smb1_trans_req *trans);
int smb1_status(const struct unc_part *part);
int smb1_body(const struct unc_part *part, struct wire_in *in);
int smb1_plain_rsp(const struct unc_part *part);
int smb1_trans_rsp(const struct unc_part *part, struct wire_blob *params,
		   struct wire_blob *data);
int smb1_decoded(const struct unc_part *part, int err);
void smb1_forget(struct unc_req *req);

/* send.c */
int smb1_send(struct unc_req *req);
void smb1_cancel(struct unc_req *req);
void smb1_go_on(struct unc_req *req);
void smb1_step(struct work_struct *work);
struct unc_req *smb1_echo(struct unc_conn *conn);

/* receive.c */
int smb1_receive(struct unc_conn *conn, struct unc_rx *rx);

/* sign.c */
int smb1_sign_init(struct smb1_conn *sc);
int smb1_sign(struct smb1_conn *sc, u8 *msg, u32 len, u32 sequence);
int smb1_verify(struct smb1_conn *sc, u8 *msg, u32 len, u32 sequence);

/* negotiate.c, session.c, tree.c */
int smb1_negotiate(struct unc_conn *conn, struct unc_failure *why);
void smb1_conn_free(struct unc_conn *conn);
int smb1_session_setup(struct unc_session *s, struct unc_failure *why);
int smb1_session_renew(struct unc_session *s, struct unc_failure *why);
void smb1_logoff(struct unc_session *s);
int smb1_tree_connect(struct unc_tree *tree, struct unc_failure *why);
void smb1_tree_disconnect(struct unc_tree *tree);

/* file.c */
int smb1_create_add(struct unc_req *req,
		    const struct wire_smb2_create_req *args, unsigned int flags);
int smb1_create_rsp(const struct unc_part *part,
		    struct wire_smb2_create_rsp *rsp);
int smb1_close_add(struct unc_req *req, const struct wire_smb2_close_req *args,
		   unsigned int flags);
int smb1_flush_add(struct unc_req *req, const struct wire_smb2_flush_req *args,
		   unsigned int flags);
int smb1_read_add(struct unc_req *req, const struct wire_smb2_read_req *args,
		  unsigned int flags);
int smb1_read_rsp(const struct unc_part *part, struct wire_smb2_read_rsp *rsp);
int smb1_write_add(struct unc_req *req, const struct wire_smb2_write_req *args,
		   unsigned int flags);
int smb1_write_rsp(const struct unc_part *part, struct wire_smb2_write_rsp *rsp);
int smb1_lock_add(struct unc_req *req, const struct wire_smb2_lock_req *args,
		  unsigned int flags);
int smb1_lock_rsp(const struct unc_part *part);

/* control.c */
int smb1_ioctl_add(struct unc_req *req, const struct wire_smb2_ioctl_req *args,
		   unsigned int flags);
int smb1_ioctl_rsp(const struct unc_part *part, struct wire_smb2_ioctl_rsp *rsp);
int smb1_pipe_state_add(struct unc_req *req,
			const struct wire_smb2_set_info_req *args);
int smb1_rap_add(struct unc_req *req, const struct unc_rap_call *call);
int smb1_rap_rsp(const struct unc_part *part, struct wire_blob *params,
		 struct wire_blob *data);

/* notify.c */
int smb1_notify_add(struct unc_req *req,
		    const struct wire_smb2_notify_req *args,
		    unsigned int flags);
int smb1_notify_rsp(const struct unc_part *part,
		    struct wire_smb2_notify_rsp *rsp);

/* info.c */
int smb1_query_info_add(struct unc_req *req,
			const struct wire_smb2_query_info_req *args,
			unsigned int flags);
int smb1_query_info_rsp(const struct unc_part *part,
			struct wire_smb2_query_info_rsp *rsp);
int smb1_set_info_add(struct unc_req *req,
		      const struct wire_smb2_set_info_req *args,
		      unsigned int flags);
int smb1_set_info_rsp(const struct unc_part *part);

/* dir.c: searches, which SMB 1 has instead of reading a directory's handle */
int smb1_query_dir_add(struct unc_req *req,
		       const struct wire_smb2_query_dir_req *args,
		       unsigned int flags);
int smb1_query_dir_rsp(const struct unc_part *part,
		       struct wire_smb2_query_dir_rsp *rsp);
void smb1_dir_opened(struct unc_req *req);
void smb1_dir_found(struct unc_req *req, const struct wire_smb1_found *found,
		    bool first);
void smb1_dir_closed(struct unc_tree *tree, u16 fid);
void smb1_dirs_free(struct smb1_conn *sc);

#endif /* _UNC_SMB1_SMB1_H */
