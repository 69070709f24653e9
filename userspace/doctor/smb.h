/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As much of an SMB2 client as it takes to look at a server and to log on. */
#ifndef UNC_DOCTOR_SMB_H
#define UNC_DOCTOR_SMB_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "smb2_negotiate.h"
#include "uncfs.h"

/**
 * struct smb - one TCP connection
 * @fd: the socket, or -1
 * @next_id: next MessageId
 * @session_id: of the server, once it has given one
 * @status: NTSTATUS of the last answer
 * @session_flags: of the last answer to SESSION_SETUP
 * @why: what was wrong with it, when a call failed
 * @len: bytes of @message
 * @message: last message received; blobs of answers point into it
 */
struct smb {
	int fd;
	uint64_t next_id;
	uint64_t session_id;
	uint32_t status;
	uint16_t session_flags;
	const char *why;
	uint32_t len;
	uint8_t message[UNC_TOKEN_MAX + 1024];
};

/* Each returns 0 or a negative errno; @smb->why then has words or is NULL. */
int smb_connect(struct smb *smb, const struct sockaddr_storage *address,
		uint16_t port);
int smb_negotiate(struct smb *smb, const char *host,
		  struct wire_smb2_negotiate_rsp *rsp);

/*
 * One leg.  @token becomes the server's answer.  0 even when the server
 * refuses: see @smb->status.
 */
int smb_session_setup(struct smb *smb, struct wire_blob *token);

void smb_close(struct smb *smb);

#endif
