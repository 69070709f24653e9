/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of [MS-SMB2] that work on files: for each of them how it becomes
 * a part of a request (_add) and what its answer says (_rsp).
 *
 * The structs are those of wire/.  What happens here and nowhere else: which
 * command number, how many bytes count for the credits, and NTSTATUS to errno.
 */
#ifndef _UNC_SMB2_SMB2_H
#define _UNC_SMB2_SMB2_H

#include "../conn/request.h"
#include "../wire/smb2_break.h"
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

/*
 * Bytes that one command takes in a request at most: header, fixed part, one
 * byte where the fixed part counts a byte of the variable one, padding to 8.
 * Names, data and input come on top.
 */
enum unc_smb2_room {
	/* with QFid, TWrp or a lease, and a durable handle asked for or claimed */
	UNC_SMB2_ROOM_CREATE	= SMB2_HDR_SIZE + 56 + 8 + 32 + 80 + 64,
	UNC_SMB2_ROOM_LEASE_ACK	= SMB2_HDR_SIZE + 40,
	UNC_SMB2_ROOM_CLOSE	= SMB2_HDR_SIZE + 24,
	UNC_SMB2_ROOM_FLUSH	= SMB2_HDR_SIZE + 24,
	UNC_SMB2_ROOM_READ	= SMB2_HDR_SIZE + 56,
	UNC_SMB2_ROOM_WRITE	= SMB2_HDR_SIZE + 48,
	UNC_SMB2_ROOM_IOCTL	= SMB2_HDR_SIZE + 64,
	UNC_SMB2_ROOM_LOCK	= SMB2_HDR_SIZE + 48,	/* one range */
	UNC_SMB2_ROOM_QUERY_DIR	= SMB2_HDR_SIZE + 40,
	UNC_SMB2_ROOM_NOTIFY	= SMB2_HDR_SIZE + 32,
	UNC_SMB2_ROOM_QUERY_INFO = SMB2_HDR_SIZE + 48,
	UNC_SMB2_ROOM_SET_INFO	= SMB2_HDR_SIZE + 40,
};

/* part.c: what is the same for every command */
int unc_smb2_status(const struct unc_part *part);
int unc_smb2_body(const struct unc_part *part, struct wire_in *in);
int unc_smb2_decoded(const struct unc_part *part, const struct wire_in *in,
		     int err);

/* file.c: CREATE, CLOSE, FLUSH */
int unc_smb2_create_add(struct unc_req *req,
			const struct wire_smb2_create_req *args,
			unsigned int flags);
int unc_smb2_create_rsp(const struct unc_part *part,
			struct wire_smb2_create_rsp *rsp);
int unc_smb2_close_add(struct unc_req *req,
		       const struct wire_smb2_close_req *args,
		       unsigned int flags);
int unc_smb2_close_rsp(const struct unc_part *part,
		       struct wire_smb2_close_rsp *rsp);
int unc_smb2_flush_add(struct unc_req *req,
		       const struct wire_smb2_flush_req *args,
		       unsigned int flags);
int unc_smb2_flush_rsp(const struct unc_part *part);

/* data.c: READ, WRITE, IOCTL */
int unc_smb2_read_add(struct unc_req *req,
		      const struct wire_smb2_read_req *args,
		      unsigned int flags);
int unc_smb2_read_rsp(const struct unc_part *part,
		      struct wire_smb2_read_rsp *rsp);
int unc_smb2_write_add(struct unc_req *req,
		       const struct wire_smb2_write_req *args,
		       unsigned int flags);
int unc_smb2_write_rsp(const struct unc_part *part,
		       struct wire_smb2_write_rsp *rsp);
int unc_smb2_ioctl_add(struct unc_req *req,
		       const struct wire_smb2_ioctl_req *args,
		       unsigned int flags);
int unc_smb2_ioctl_rsp(const struct unc_part *part,
		       struct wire_smb2_ioctl_rsp *rsp);

/* lock.c: LOCK */
int unc_smb2_lock_add(struct unc_req *req,
		      const struct wire_smb2_lock_req *args,
		      unsigned int flags);
int unc_smb2_lock_rsp(const struct unc_part *part);

/* info.c: QUERY_INFO, SET_INFO, QUERY_DIRECTORY */
int unc_smb2_query_info_add(struct unc_req *req,
			    const struct wire_smb2_query_info_req *args,
			    unsigned int flags);
int unc_smb2_query_info_rsp(const struct unc_part *part,
			    struct wire_smb2_query_info_rsp *rsp);
int unc_smb2_set_info_add(struct unc_req *req,
			  const struct wire_smb2_set_info_req *args,
			  unsigned int flags);
int unc_smb2_set_info_rsp(const struct unc_part *part);
int unc_smb2_query_dir_add(struct unc_req *req,
			   const struct wire_smb2_query_dir_req *args,
			   unsigned int flags);
int unc_smb2_query_dir_rsp(const struct unc_part *part,
			   struct wire_smb2_query_dir_rsp *rsp);

/* lease.c: OPLOCK_BREAK, as far as it is about leases */
u8 unc_smb2_lease_version(const struct unc_conn *conn);
int unc_smb2_lease_ack_add(struct unc_req *req,
			   const struct wire_smb2_lease_ack *args,
			   unsigned int flags);

/* notify.c: CHANGE_NOTIFY */
int unc_smb2_notify_add(struct unc_req *req,
			const struct wire_smb2_notify_req *args,
			unsigned int flags);
int unc_smb2_notify_rsp(const struct unc_part *part,
			struct wire_smb2_notify_rsp *rsp);

#endif /* _UNC_SMB2_SMB2_H */
