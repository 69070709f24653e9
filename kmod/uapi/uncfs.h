/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * What the uncfs kernel module and user space say to each other.
 *
 * Three doors, documented one by one below: a generic netlink family between
 * the module and its agent (uncd), the payload of keys of type "uncfs", and
 * the ioctls of pipe files (uncfs_pipe.h).
 * Documentation/netlink/specs/uncfs.yaml describes the first one for machines.
 */
#ifndef _UAPI_UNCFS_H
#define _UAPI_UNCFS_H

#include <linux/types.h>

/* ---- Generic netlink -------------------------------------------------- */

#define UNC_GENL_NAME		"uncfs"
#define UNC_GENL_VERSION	1

/**
 * enum unc_cmd - commands of the family
 * @UNC_CMD_UNSPEC: never sent
 * @UNC_CMD_HELLO: agent to kernel, once, CAP_NET_ADMIN in the initial user
 *	namespace.  Carries UNC_A_VERSION.  Makes the sending socket the agent of its network
 *	namespace; -EBUSY while another one is.  The place is given up when
 *	the socket closes; requests not answered by then go to the next agent.
 * @UNC_CMD_REQUEST: kernel to agent, unicast.  UNC_A_COOKIE, UNC_A_KIND,
 *	UNC_A_DEADLINE_MS, UNC_A_UID, and what &enum unc_kind lists for that
 *	kind.
 * @UNC_CMD_ANSWER: agent to kernel.  UNC_A_COOKIE and UNC_A_ERROR always;
 *	with UNC_A_ERROR 0 what &enum unc_kind lists as the answer, otherwise
 *	optionally UNC_A_STAGE, UNC_A_MESSAGE, UNC_A_GSS_MAJOR and
 *	UNC_A_GSS_MINOR.  -ESRCH when nobody waits for that cookie any more;
 *	-EPERM from another socket than the agent's; -EINVAL or -ERANGE when
 *	an attribute is wrong by itself: it may be answered once more; -EBADMSG
 *	when the attributes are no answer to what was asked, which has failed
 *	then.
 * @UNC_CMD_CANCEL: kernel to agent.  UNC_A_COOKIE: the answer is no longer
 *	wanted.
 * @UNC_CMD_STATUS: dump, CAP_NET_ADMIN.  One message for each object, with
 *	UNC_A_OBJ_KIND, UNC_A_OBJ_ID, UNC_A_OBJ_PARENT and the attributes
 *	that &enum unc_obj lists.
 */
enum unc_cmd {
	UNC_CMD_UNSPEC,
	UNC_CMD_HELLO,
	UNC_CMD_REQUEST,
	UNC_CMD_ANSWER,
	UNC_CMD_CANCEL,
	UNC_CMD_STATUS,
	__UNC_CMD_AFTER_LAST
};

#define UNC_CMD_MAX (__UNC_CMD_AFTER_LAST - 1)

/**
 * enum unc_kind - what a request asks for
 * @UNC_KIND_RESOLVE: UNC_A_HOST.  Answer: UNC_A_ADDRESSES, best one first.
 * @UNC_KIND_AUTH: one leg of an authentication.  UNC_A_EXCHANGE,
 *	UNC_A_HOST, UNC_A_SEC and UNC_A_TOKEN (in the first leg the
 *	hint that the server put into its NEGOTIATE response, possibly empty);
 *	in the first leg UNC_A_USER, UNC_A_DOMAIN and UNC_A_PASSWORD or
 *	UNC_A_STORE where the kernel was given them.  Answer: UNC_A_TOKEN
 *	(possibly empty), UNC_A_MECH where it is known, and when the agent's
 *	side is complete UNC_A_DONE with UNC_A_SESSION_KEY, UNC_A_MECH,
 *	UNC_A_PRINCIPAL and possibly UNC_A_LIFETIME.  UNC_A_ERROR is -ESTALE
 *	for a later leg of an exchange that the agent does not know.
 * @UNC_KIND_AUTH_END: UNC_A_EXCHANGE is over, forget it.  No answer is
 *	awaited, and UNC_A_COOKIE is 0.
 */
enum unc_kind {
	UNC_KIND_RESOLVE	= 1,
	UNC_KIND_AUTH		= 2,
	UNC_KIND_AUTH_END	= 3,
};

/**
 * enum unc_stage - the step on the way to a share at which something failed
 * @UNC_STAGE_NONE: not known
 * @UNC_STAGE_AGENT: no agent, or it did not answer
 * @UNC_STAGE_RESOLVE: host name to address
 * @UNC_STAGE_CONNECT: TCP connection
 * @UNC_STAGE_NEGOTIATE: SMB dialect and its contexts
 * @UNC_STAGE_MECHANISM: choice and set-up of a GSS mechanism
 * @UNC_STAGE_KDC: getting a Kerberos ticket
 * @UNC_STAGE_SESSION: SESSION_SETUP refused by the server
 * @UNC_STAGE_TREE: TREE_CONNECT refused by the server
 * @UNC_STAGE_ROOT: the share's root directory
 */
enum unc_stage {
	UNC_STAGE_NONE		= 0,
	UNC_STAGE_AGENT		= 1,
	UNC_STAGE_RESOLVE	= 2,
	UNC_STAGE_CONNECT	= 3,
	UNC_STAGE_NEGOTIATE	= 4,
	UNC_STAGE_MECHANISM	= 5,
	UNC_STAGE_KDC		= 6,
	UNC_STAGE_SESSION	= 7,
	UNC_STAGE_TREE		= 8,
	UNC_STAGE_ROOT		= 9,
};

/**
 * enum unc_sec - authentication policy of a mount (option sec=)
 * @UNC_SEC_ANY: what the agent thinks best
 * @UNC_SEC_KRB5: Kerberos 5 or nothing
 * @UNC_SEC_NTLM: NTLMv2 within SPNEGO
 * @UNC_SEC_NONE: anonymous
 */
enum unc_sec {
	UNC_SEC_ANY	= 0,
	UNC_SEC_KRB5	= 1,
	UNC_SEC_NTLM	= 2,
	UNC_SEC_NONE	= 3,
};

/**
 * enum unc_obj - objects in a UNC_CMD_STATUS dump
 * @UNC_OBJ_CONNECTION: UNC_A_HOST, UNC_A_ADDRESSES, UNC_A_STATE,
 *	UNC_A_DIALECT, UNC_A_CIPHER, UNC_A_SIGNING, UNC_A_CREDITS,
 *	UNC_A_REQUESTS
 * @UNC_OBJ_SESSION: UNC_A_STATE, UNC_A_USER, UNC_A_DOMAIN, UNC_A_MECH,
 *	UNC_A_FLAGS (&enum unc_session_flag)
 * @UNC_OBJ_TREE: UNC_A_SHARE, UNC_A_STATE, UNC_A_OPENS
 */
enum unc_obj {
	UNC_OBJ_CONNECTION	= 1,
	UNC_OBJ_SESSION		= 2,
	UNC_OBJ_TREE		= 3,
};

/**
 * enum unc_session_flag - bits of UNC_A_FLAGS for a session
 * @UNC_SESSION_SIGN: every message is signed
 * @UNC_SESSION_SEAL: every message is encrypted
 * @UNC_SESSION_GUEST: the server took the user for a guest
 */
enum unc_session_flag {
	UNC_SESSION_SIGN	= 1 << 0,
	UNC_SESSION_SEAL	= 1 << 1,
	UNC_SESSION_GUEST	= 1 << 2,
};

/**
 * enum unc_attr - attributes
 * @UNC_A_UNSPEC: never sent
 * @UNC_A_PAD: padding before 64-bit values
 * @UNC_A_VERSION: u32, UNC_GENL_VERSION as the agent knows it
 * @UNC_A_COOKIE: u64, random; names one request
 * @UNC_A_KIND: u32, &enum unc_kind
 * @UNC_A_DEADLINE_MS: u32, milliseconds left to answer
 * @UNC_A_ERROR: s32, 0 or a negative errno
 * @UNC_A_STAGE: u32, &enum unc_stage
 * @UNC_A_MESSAGE: string, at most UNC_MESSAGE_MAX bytes, for people
 * @UNC_A_GSS_MAJOR: u32, GSS-API major status
 * @UNC_A_GSS_MINOR: u32, GSS-API minor status of the mechanism
 * @UNC_A_HOST: string, at most UNC_HOST_MAX bytes
 * @UNC_A_ADDRESSES: nest of UNC_A_ADDRESS, at most UNC_ADDRESSES_MAX
 * @UNC_A_ADDRESS: binary, struct sockaddr_in or struct sockaddr_in6
 * @UNC_A_EXCHANGE: u64, random; ties the legs of one authentication
 * @UNC_A_UID: u32, the user (in the initial user namespace) on whose behalf
 * @UNC_A_SEC: u32, &enum unc_sec
 * @UNC_A_USER: string, at most UNC_USER_MAX bytes
 * @UNC_A_DOMAIN: string, at most UNC_DOMAIN_MAX bytes
 * @UNC_A_PASSWORD: string, at most UNC_PASSWORD_MAX bytes
 * @UNC_A_TOKEN: binary, at most UNC_TOKEN_MAX bytes, a GSS token
 * @UNC_A_DONE: flag, the agent's side of the authentication is complete
 * @UNC_A_SESSION_KEY: binary, 16 to UNC_SESSION_KEY_MAX bytes
 * @UNC_A_MECH: string, "krb5", "ntlmssp", ...
 * @UNC_A_PRINCIPAL: string, who the agent authenticated as
 * @UNC_A_OBJ_KIND: u32, &enum unc_obj
 * @UNC_A_OBJ_ID: u64, unique among objects of its kind
 * @UNC_A_OBJ_PARENT: u64, the tree's session, the session's connection
 * @UNC_A_STATE: string
 * @UNC_A_DIALECT: u32, 0x0100 (SMB 1), 0x0202, 0x0210, 0x0300, 0x0302, 0x0311
 * @UNC_A_CIPHER: u32, [MS-SMB2] 2.2.3.1.2; 0 for none
 * @UNC_A_SIGNING: u32, [MS-SMB2] 2.2.3.1.7; 0x0100 for MD5, of SMB 1
 * @UNC_A_CREDITS: u32, credits the client holds now
 * @UNC_A_REQUESTS: u32, requests sent and not answered
 * @UNC_A_SHARE: string, "//host/share"
 * @UNC_A_OPENS: u32, open files and pipes
 * @UNC_A_FLAGS: u32, by object
 * @UNC_A_STORE: string, at most UNC_STORE_MAX bytes, where the user's Kerberos
 *	credential is: "keytab:" and a path, or "ccache:" and a name
 * @UNC_A_LIFETIME: u32, seconds after which the server will want another
 *	authentication, 0 or absent if it will not; with UNC_A_DONE
 */
enum unc_attr {
	UNC_A_UNSPEC,
	UNC_A_PAD,
	UNC_A_VERSION,
	UNC_A_COOKIE,
	UNC_A_KIND,
	UNC_A_DEADLINE_MS,
	UNC_A_ERROR,
	UNC_A_STAGE,
	UNC_A_MESSAGE,
	UNC_A_GSS_MAJOR,
	UNC_A_GSS_MINOR,
	UNC_A_HOST,
	UNC_A_ADDRESSES,
	UNC_A_ADDRESS,
	UNC_A_EXCHANGE,
	UNC_A_UID,
	UNC_A_SEC,
	UNC_A_USER,
	UNC_A_DOMAIN,
	UNC_A_PASSWORD,
	UNC_A_TOKEN,
	UNC_A_DONE,
	UNC_A_SESSION_KEY,
	UNC_A_MECH,
	UNC_A_PRINCIPAL,
	UNC_A_OBJ_KIND,
	UNC_A_OBJ_ID,
	UNC_A_OBJ_PARENT,
	UNC_A_STATE,
	UNC_A_DIALECT,
	UNC_A_CIPHER,
	UNC_A_SIGNING,
	UNC_A_CREDITS,
	UNC_A_REQUESTS,
	UNC_A_SHARE,
	UNC_A_OPENS,
	UNC_A_FLAGS,
	UNC_A_STORE,
	UNC_A_LIFETIME,
	__UNC_A_AFTER_LAST
};

#define UNC_A_MAX (__UNC_A_AFTER_LAST - 1)

#define UNC_HOST_MAX		255
#define UNC_USER_MAX		256
#define UNC_DOMAIN_MAX		255
#define UNC_PASSWORD_MAX	512
#define UNC_STORE_MAX		511
#define UNC_MESSAGE_MAX		511
#define UNC_TOKEN_MAX		65000
#define UNC_SESSION_KEY_MAX	64
#define UNC_ADDRESSES_MAX	16

/* ---- Keys ------------------------------------------------------------- */

/*
 * A key of type "uncfs" holds one long-term credential.  Its description is
 * the server it is meant for in lower case, or "*" for any: at most
 * UNC_HOST_MAX bytes, no blanks, no upper case; its payload is three strings,
 * each ended by a NUL byte: user, domain (may be empty) and password (may be
 * empty), and optionally a fourth, as UNC_A_STORE; then the password is empty.  User space can add, update, revoke and time it out, but never read
 * it; the module hands it to the agent of the mount's network namespace.  By
 * its description a key is found only in the network namespace in which it
 * was added, by its serial number wherever it may be searched for.
 */
#define UNC_KEY_TYPE		"uncfs"
#define UNC_KEY_PAYLOAD_MAX	(UNC_USER_MAX + UNC_DOMAIN_MAX + \
				 UNC_PASSWORD_MAX + UNC_STORE_MAX + 4)

/* ---- Pipe files ------------------------------------------------------- */

#include "uncfs_pipe.h"

#endif /* _UAPI_UNCFS_H */
