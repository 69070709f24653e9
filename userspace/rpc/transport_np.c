// SPDX-License-Identifier: GPL-2.0-or-later
#include "transport.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "key.h"
#include "reason.h"
#include "secret.h"

#define DEVICE		"/dev/npipe"
#define FRAG_MAX	4280	/* what Windows offers on pipes */

_Static_assert(RPC_SESSION_KEY_LEN == UNC_PIPE_KEY_LEN,
	       "a session key of SMB is that of its pipes");

struct np {
	struct rpc_transport base;
	int fd;
};

static int np_fail(struct rpc_error *err, const char *what)
{
	int error = errno;

	return rpc_fail(err, -error, "%s the pipe: %s", what,
			error == ENOENT ? "the server has no such pipe" :
			reason_of(error));
}

/* A pipe takes a message whole or not at all; less is an error. */
static int np_send(struct rpc_transport *t, const uint8_t *data, size_t len,
		   struct rpc_error *err)
{
	struct np *np = (struct np *)t;
	ssize_t sent;

	do {
		sent = write(np->fd, data, len);
	} while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return np_fail(err, "writing to");
	return (size_t)sent == len ? 0 :
		rpc_fail(err, -EIO, "the pipe took only a part of a message");
}

static ssize_t np_recv(struct rpc_transport *t, uint8_t *room, size_t len,
		       struct rpc_error *err)
{
	struct np *np = (struct np *)t;
	ssize_t got;

	do {
		got = read(np->fd, room, len);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return np_fail(err, "reading from");
	return got ? got : rpc_fail(err, -EPIPE, "the server closed the pipe");
}

static ssize_t np_exchange(struct rpc_transport *t,
			   const struct rpc_transfer *move,
			   struct rpc_error *err)
{
	struct np *np = (struct np *)t;
	struct unc_pipe_transceive call = {
		.in = (uintptr_t)move->out,
		.in_len = (uint32_t)move->out_len,
		.out = (uintptr_t)move->in,
		.out_len = (uint32_t)move->in_len,
	};

	/* Not again after EINTR: the message may have been sent. */
	if (ioctl(np->fd, UNC_IOC_PIPE_TRANSCEIVE, &call) < 0)
		return np_fail(err, "calling over");
	return call.out_len ? (ssize_t)call.out_len :
		np_recv(t, move->in, move->in_len, err);
}

static int np_session_key(struct rpc_transport *t,
			  uint8_t key[RPC_SESSION_KEY_LEN],
			  struct rpc_error *err)
{
	struct np *np = (struct np *)t;
	struct unc_pipe_session_key got;

	if (ioctl(np->fd, UNC_IOC_PIPE_SESSION_KEY, &got) < 0)
		return np_fail(err, "the session key of");
	memcpy(key, got.key, RPC_SESSION_KEY_LEN);
	secret_wipe(&got, sizeof(got));
	return 0;
}

static void np_close(struct rpc_transport *t)
{
	struct np *np = (struct np *)t;

	close(np->fd);
	free(np);
}

static const struct rpc_transport_ops np_ops = {
	.name = "ncacn_np",
	.send = np_send,
	.recv = np_recv,
	.exchange = np_exchange,
	.session_key = np_session_key,
	.close = np_close,
};

/* "\\pipe\\lsarpc", "/pipe/lsarpc" and "lsarpc" are one pipe. */
static const char *pipe_name(const char *pipe)
{
	pipe += strspn(pipe, "\\/");
	if (strncasecmp(pipe, "pipe", 4) == 0 &&
	    (pipe[4] == '\\' || pipe[4] == '/'))
		pipe += 5;
	return pipe;
}

static int np_connect(int fd, const char *path, const struct credential *cred,
		      struct unc_pipe_connect *connect, struct rpc_error *err)
{
	key_serial_t key = 0;
	int ret = 0;

	if (cred->has_user && cred->has_password) {
		key = key_add("*", cred, KEY_SPEC_PROCESS_KEYRING);
		if (key < 0)
			return rpc_fail(err, -errno,
					"cannot hand the password to the kernel: %s",
					key_error(errno));
	}
	connect->path = (uintptr_t)path;
	connect->path_len = (uint32_t)strlen(path);
	connect->key = key;
	if (ioctl(fd, UNC_IOC_PIPE_CONNECT, connect) < 0)
		ret = np_fail(err, "connecting to");
	if (key)
		keyctl_unlink(key, KEY_SPEC_PROCESS_KEYRING);
	return ret;
}

struct rpc_transport *rpc_np_open(const struct rpc_binding *binding,
				  const struct credential *cred, uint32_t sec,
				  struct rpc_error *err)
{
	struct unc_pipe_connect connect = {
		.sec = sec,
		.vers = binding->smb1 ? UNC_PIPE_VERS_SMB1 : UNC_PIPE_VERS_ANY,
		.port = binding->smb_port,
	};
	char path[UNC_PIPE_PATH_MAX];
	struct np *np = NULL;
	int fd;

	snprintf(path, sizeof(path), "//%s/pipe/%s", binding->host,
		 pipe_name(binding->endpoint));
	err->code = 0;
	fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		rpc_fail(err, -errno, "cannot open %s: %s", DEVICE,
			 errno == ENOENT || errno == ENODEV || errno == ENXIO ?
			 "the kernel module is not loaded (modprobe uncfs)" :
			 strerror(errno));
	else if (np_connect(fd, path, cred, &connect, err) == 0)
		np = calloc(1, sizeof(*np));
	if (!np) {
		if (!err->code)
			rpc_fail(err, -ENOMEM, "out of memory");
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	np->base.ops = &np_ops;
	np->base.frag_max = FRAG_MAX;
	np->fd = fd;
	return &np->base;
}
