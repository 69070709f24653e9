/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Pipe files, /dev/npipe and those of a mounted IPC$: their ioctls.  See
 * npipe(4); user space includes uncfs.h.
 */
#ifndef _UAPI_UNCFS_PIPE_H
#define _UAPI_UNCFS_PIPE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define UNC_PIPE_PATH_MAX	1024
#define UNC_PIPE_IO_MAX		(1024 * 1024)
#define UNC_PIPE_WAIT_MAX_MS	(3600 * 1000)
#define UNC_PIPE_KEY_LEN	16
#define UNC_RAP_MAX		65535

/**
 * enum unc_pipe_vers - the dialects that a connection may speak
 * @UNC_PIPE_VERS_ANY: SMB 2.1 to 3.1.1
 * @UNC_PIPE_VERS_SMB1: SMB 1 (NT LM 0.12); for CAP_SYS_ADMIN alone
 */
enum unc_pipe_vers {
	UNC_PIPE_VERS_ANY	= 0,
	UNC_PIPE_VERS_SMB1	= 0x0100,
};

/**
 * struct unc_pipe_connect - argument of UNC_IOC_PIPE_CONNECT
 * @path: address of the path, "\\\\host\\pipe\\name" or "//host/pipe/name",
 *	not ended by NUL
 * @path_len: its length in bytes, at most UNC_PIPE_PATH_MAX
 * @key: serial number of a key of type "uncfs", or 0 to search the caller's
 *	keyrings for the host's name and then for "*"
 * @sec: &enum unc_sec
 * @wait_ms: how long to wait for a pipe all of whose instances are in use,
 *	milliseconds, at most UNC_PIPE_WAIT_MAX_MS; 0 not to wait
 * @vers: &enum unc_pipe_vers
 * @port: TCP port, 0 for 445, or 139 where nobody listens on that
 *
 * Older programs end with @wait_ms, which is the same as zeros behind it.
 */
struct unc_pipe_connect {
	__u64	path;
	__u32	path_len;
	__s32	key;
	__u32	sec;
	__u32	wait_ms;
	__u32	vers;
	__u32	port;
};

/**
 * struct unc_rap - argument of UNC_IOC_RAP ([MS-RAP])
 * @server: as for UNC_IOC_PIPE_CONNECT, with the path "//host/pipe/lanman" and
 *	UNC_PIPE_VERS_SMB1
 * @params: address of what is asked
 * @data: address of what goes with it
 * @out_params: address of room for the parameters of the answer
 * @out_data: address of room for its data
 * @params_len: bytes, at most UNC_RAP_MAX, as the following
 * @data_len: bytes
 * @out_params_len: bytes of room, on return those that came
 * @out_data_len: the same of @out_data
 */
struct unc_rap {
	struct unc_pipe_connect server;
	__u64	params;
	__u64	data;
	__u64	out_params;
	__u64	out_data;
	__u32	params_len;
	__u32	data_len;
	__u32	out_params_len;
	__u32	out_data_len;
};

/**
 * struct unc_pipe_transceive - argument of UNC_IOC_PIPE_TRANSCEIVE
 * @in: address of the message to write
 * @out: address of room for the answer
 * @in_len: length of the message, at most UNC_PIPE_IO_MAX
 * @out_len: room for the answer, at most UNC_PIPE_IO_MAX; on return the
 *	length of what was stored
 * @more: on return 1 if the answer is longer than @out_len (read() returns
 *	the rest), otherwise 0
 * @reserved: must be 0
 */
struct unc_pipe_transceive {
	__u64	in;
	__u64	out;
	__u32	in_len;
	__u32	out_len;
	__u32	more;
	__u32	reserved;
};

/**
 * struct unc_pipe_peek - result of UNC_IOC_PIPE_PEEK ([MS-FSCC] 2.3.30)
 * @state: named pipe state, 3 is connected and 4 is closing
 * @available: bytes that can be read now
 * @messages: messages waiting
 * @message_len: length of the first one
 */
struct unc_pipe_peek {
	__u32	state;
	__u32	available;
	__u32	messages;
	__u32	message_len;
};

/**
 * struct unc_pipe_read - argument of UNC_IOC_PIPE_READ
 * @out: address of room for data
 * @out_len: its size; on return the length of what was stored
 * @more: on return 1 if the message goes on (the next read returns the rest),
 *	otherwise 0
 */
struct unc_pipe_read {
	__u64	out;
	__u32	out_len;
	__u32	more;
};

/**
 * enum unc_pipe_mode - argument of UNC_IOC_PIPE_MODE
 * @UNC_PIPE_MODE_BYTE: read() returns what has come; write() may take less
 *	than it was given.  So is a pipe after opening.
 * @UNC_PIPE_MODE_MESSAGE: read() returns one message or, if that is longer
 *	than the room, its beginning, and the next one its rest; write() takes
 *	a message as a whole or fails with EMSGSIZE
 */
enum unc_pipe_mode {
	UNC_PIPE_MODE_BYTE	= 0,
	UNC_PIPE_MODE_MESSAGE	= 1,
};

/**
 * struct unc_pipe_session_key - result of UNC_IOC_PIPE_SESSION_KEY
 * @key: key of the SMB session below the pipe, as protocols above use it
 */
struct unc_pipe_session_key {
	__u8	key[UNC_PIPE_KEY_LEN];
};

#define UNC_IOC_MAGIC		0xC5

/*
 * UNC_IOC_PIPE_CONNECT: connect an open /dev/npipe to a remote pipe, once.
 * EISCONN if done before; ENOENT no such host or pipe; EBUSY all instances in
 * use, still after wait_ms; EACCES; ETIMEDOUT; ...
 */
#define UNC_IOC_PIPE_CONNECT	_IOW(UNC_IOC_MAGIC, 1, struct unc_pipe_connect)
/*
 * UNC_IOC_PIPE_TRANSCEIVE: write one message and read one in a single round
 * trip (FSCTL_PIPE_TRANSCEIVE).  ENOTCONN before CONNECT; EPIPE when the
 * server has closed its end.
 */
#define UNC_IOC_PIPE_TRANSCEIVE	_IOWR(UNC_IOC_MAGIC, 2, struct unc_pipe_transceive)
/* UNC_IOC_PIPE_PEEK: what could be read without waiting (FSCTL_PIPE_PEEK). */
#define UNC_IOC_PIPE_PEEK	_IOR(UNC_IOC_MAGIC, 3, struct unc_pipe_peek)
/*
 * UNC_IOC_PIPE_MODE: the read mode, an enum unc_pipe_mode as the argument
 * itself.
 */
#define UNC_IOC_PIPE_MODE	_IO(UNC_IOC_MAGIC, 4)
/* UNC_IOC_PIPE_READ: read(), and whether the message goes on. */
#define UNC_IOC_PIPE_READ	_IOWR(UNC_IOC_MAGIC, 5, struct unc_pipe_read)
/*
 * UNC_IOC_PIPE_SESSION_KEY: the application key of the session, [MS-SMB2]
 * 3.2.4.25, with which SAMR and others encrypt passwords within their calls.
 * For the user whose session it is, whoever has the file open, and for
 * CAP_SYS_ADMIN; EPERM for others.  ENOKEY for a guest or without a name.
 */
#define UNC_IOC_PIPE_SESSION_KEY _IOR(UNC_IOC_MAGIC, 6, struct unc_pipe_session_key)
/*
 * UNC_IOC_RAP: one call by the Remote Administration Protocol, on a file of
 * /dev/npipe that stays as it is.  EOPNOTSUPP but for SMB 1.
 */
#define UNC_IOC_RAP		_IOWR(UNC_IOC_MAGIC, 7, struct unc_rap)

#endif /* _UAPI_UNCFS_PIPE_H */
