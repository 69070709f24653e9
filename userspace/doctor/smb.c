// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

#include "ntstatus.h"
#include "smb2_error.h"
#include "smb2_hdr.h"
#include "smb2_session.h"

#define CONNECT_MS	5000
#define ANSWER_SECONDS	20

static int bad(struct smb *smb, const char *why)
{
	smb->why = why;
	return -EPROTO;
}

/* ---- The stream --------------------------------------------------------- */

static int wait_connected(int fd)
{
	struct pollfd poller = { .fd = fd, .events = POLLOUT };
	socklen_t len = sizeof(int);
	int error = 0;

	if (poll(&poller, 1, CONNECT_MS) != 1)
		return -ETIMEDOUT;
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	return -error;
}

static void set_blocking(int fd)
{
	struct timeval limit = { .tv_sec = ANSWER_SECONDS };

	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

int smb_connect(struct smb *smb, const struct sockaddr_storage *address,
		uint16_t port)
{
	struct sockaddr_storage to = *address;
	int err = 0;

	smb->fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC |
			 SOCK_NONBLOCK, 0);
	if (smb->fd < 0)
		return -errno;
	if (to.ss_family == AF_INET6)
		((struct sockaddr_in6 *)&to)->sin6_port = htons(port);
	else
		((struct sockaddr_in *)&to)->sin_port = htons(port);
	if (connect(smb->fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		err = errno == EINPROGRESS ? wait_connected(smb->fd) : -errno;
	if (err)
		smb_close(smb);
	else
		set_blocking(smb->fd);
	return err;
}

void smb_close(struct smb *smb)
{
	if (smb->fd >= 0)
		close(smb->fd);
	smb->fd = -1;
}

/* [MS-SMB2] 2.1: a length of three bytes, most significant first. */
static int send_message(struct smb *smb, const struct wire_out *out)
{
	uint8_t frame[4 + sizeof(smb->message)];
	uint32_t len = htonl(out->pos);

	if (out->overflow)
		return -EMSGSIZE;
	memcpy(frame, &len, 4);
	memcpy(frame + 4, out->buf, out->pos);
	if (send(smb->fd, frame, 4 + out->pos, MSG_NOSIGNAL) !=
	    (ssize_t)(4 + out->pos))
		return errno == EAGAIN ? -ETIMEDOUT : -errno;
	return 0;
}

static int receive_exactly(struct smb *smb, void *to, size_t len)
{
	ssize_t got = recv(smb->fd, to, len, MSG_WAITALL);

	if (got == (ssize_t)len)
		return 0;
	if (got < 0)
		return errno == EAGAIN ? -ETIMEDOUT : -errno;
	smb->why = "the server closed the connection instead of answering";
	return -ECONNRESET;
}

static int receive_message(struct smb *smb)
{
	uint32_t len;
	int err = receive_exactly(smb, &len, 4);

	if (err)
		return err;
	smb->len = ntohl(len);
	if (smb->len > sizeof(smb->message) || smb->len < SMB2_HDR_SIZE)
		return bad(smb, "what answers there does not speak SMB");
	return receive_exactly(smb, smb->message, smb->len);
}

/* ---- Commands ----------------------------------------------------------- */

static void begin(struct smb *smb, struct wire_out *out, void *room,
		  uint32_t size, uint16_t command)
{
	struct wire_smb2_hdr hdr = {
		.command = command,
		.credits = 1,
		.message_id = smb->next_id++,
		.session_id = smb->session_id,
	};

	wire_out_init(out, room, size);
	wire_smb2_pdu_begin(out, &hdr);
}

/* Send, and wait for the answer's body; interim answers are passed over. */
static int exchange(struct smb *smb, struct wire_out *out, uint16_t command,
		    struct wire_in *in)
{
	struct wire_smb2_hdr hdr;
	struct wire_in all;
	int err;

	wire_smb2_pdu_end(out, false);
	err = send_message(smb, out);
	do {
		if (!err)
			err = receive_message(smb);
		if (err)
			return err;
		wire_in_init(&all, smb->message, smb->len);
		if (wire_smb2_pdu_next(&all, in, &hdr) != 1 ||
		    hdr.command != command ||
		    hdr.message_id != smb->next_id - 1)
			return bad(smb, "the server's answer is malformed");
	} while (hdr.status == NT_STATUS_PENDING);
	smb->status = hdr.status;
	smb->session_id = hdr.session_id;
	return 0;
}

static const struct wire_smb2_negotiate_req offer = {
	.security_mode = SMB2_NEGOTIATE_SIGNING_ENABLED,
	.capabilities = SMB2_GLOBAL_CAP_DFS | SMB2_GLOBAL_CAP_LEASING |
			SMB2_GLOBAL_CAP_LARGE_MTU |
			SMB2_GLOBAL_CAP_DIRECTORY_LEASING |
			SMB2_GLOBAL_CAP_ENCRYPTION,
	.dialect_count = 5,
	.dialects = { SMB2_DIALECT_202, SMB2_DIALECT_210, SMB2_DIALECT_300,
		      SMB2_DIALECT_302, SMB2_DIALECT_311 },
	.cipher_count = 4,
	.ciphers = { SMB2_ENCRYPTION_AES128_GCM, SMB2_ENCRYPTION_AES128_CCM,
		     SMB2_ENCRYPTION_AES256_GCM, SMB2_ENCRYPTION_AES256_CCM },
	.signing_count = 3,
	.signing = { SMB2_SIGNING_AES_GMAC, SMB2_SIGNING_AES_CMAC,
		     SMB2_SIGNING_HMAC_SHA256 },
};

int smb_negotiate(struct smb *smb, const char *host,
		  struct wire_smb2_negotiate_rsp *rsp)
{
	struct wire_smb2_negotiate_req req = offer;
	uint8_t room[2048], salt[32];
	struct wire_out out;
	struct wire_in in;
	int err;

	if (getrandom(salt, sizeof(salt), 0) != sizeof(salt) ||
	    getrandom(req.client_guid, sizeof(req.client_guid), 0) !=
	    sizeof(req.client_guid))
		return -EIO;
	req.salt = (struct wire_blob){ salt, sizeof(salt) };
	begin(smb, &out, room, sizeof(room), SMB2_NEGOTIATE);
	wire_smb2_negotiate_req_encode(&out, &req);
	err = exchange(smb, &out, SMB2_NEGOTIATE, &in);
	if (err)
		return err;
	if (smb->status)
		return -wire_ntstatus_errno(smb->status);
	if (wire_smb2_negotiate_rsp_decode(&in, rsp))
		return bad(smb, "the server's answer to NEGOTIATE is malformed");
	return 0;
}

int smb_session_setup(struct smb *smb, struct wire_blob *token)
{
	static uint8_t room[UNC_TOKEN_MAX + 512];
	struct wire_smb2_session_setup_req req = {
		.security_mode = SMB2_NEGOTIATE_SIGNING_ENABLED,
		.token = *token,
	};
	struct wire_smb2_session_setup_rsp rsp;
	struct wire_out out;
	struct wire_in in;
	int err;

	begin(smb, &out, room, sizeof(room), SMB2_SESSION_SETUP);
	wire_smb2_session_setup_req_encode(&out, &req);
	err = exchange(smb, &out, SMB2_SESSION_SETUP, &in);
	if (err)
		return err;
	*token = (struct wire_blob){ smb->message, 0 };
	if (smb->status && smb->status != NT_STATUS_MORE_PROCESSING_REQUIRED)
		return 0;
	if (wire_smb2_session_setup_rsp_decode(&in, &rsp))
		return bad(smb, "the server's answer to SESSION_SETUP is malformed");
	smb->session_flags = rsp.flags;
	*token = rsp.token;
	return 0;
}
