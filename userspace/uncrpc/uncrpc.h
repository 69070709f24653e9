/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libuncrpc: calls of DCE/RPC servers ([C706], [MS-RPCE]), as Windows and Samba
 * are, over TCP and over named pipes. See uncrpc(3).
 *
 *	#include <uncrpc/uncrpc.h>
 *	#include <uncrpc/srvsvc.h>
 *
 *	struct uncrpc_error err;
 *	struct uncrpc *rpc = uncrpc_open("ncacn_ip_tcp:files[sign]", "srvsvc",
 *					 NULL, &err);
 *	struct srvsvc_NetrRemoteTOD call = { 0 };
 *
 *	if (rpc && uncrpc_call(rpc, "NetrRemoteTOD", &call, sizeof(call),
 *			       &err) == 0 && call.Return == 0)
 *		printf("%u:%02u\n", call.BufferPtr->tod_hours,
 *		       call.BufferPtr->tod_mins);
 *	uncrpc_close(rpc);
 *
 * Every interface has a header, <uncrpc/INTERFACE.h>, with its structures as the
 * document of the protocol has them, and for every method a structure
 * INTERFACE_METHOD with a member for each parameter, and Return.
 *
 * Functions that return int return 0 or a negative errno; what fails fills in
 * the error. A client belongs to one thread at a time; threads that have a
 * client each are fine. The library sets LM_COMPAT_LEVEL in the environment,
 * for the NTLM mechanism.
 */
#ifndef UNCRPC_UNCRPC_H
#define UNCRPC_UNCRPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct json_t;		/* of <jansson.h>; for the functions with JSON only */

/** A connection that is bound to one interface, or more. */
struct uncrpc;

/** A call under way. */
struct uncrpc_call;

/**
 * struct uncrpc_error - what went wrong, for programs and for people
 * @code: a negative errno: EREMOTEIO the server answered with a fault, EACCES it
 *	refused who we are or the fault says so, EPROTO it broke the protocol,
 *	EBADMSG what it sent cannot be decoded, EPROTONOSUPPORT it does not have
 *	the interface, EPIPE the connection is gone, ETIMEDOUT, EMSGSIZE and
 *	ENOMEM the memory of a call was not enough, EINVAL bad arguments
 * @status: the fault's status; 0 without a fault
 * @text: a sentence about it, which names the field of the structure if it is
 *	one that is wrong
 */
struct uncrpc_error {
	int code;
	uint32_t status;
	char text[320];
};

/** How the SMB session below a named pipe is authenticated. */
enum uncrpc_sec {
	UNCRPC_SEC_ANY,
	UNCRPC_SEC_KRB5,
	UNCRPC_SEC_NTLM,
	UNCRPC_SEC_NONE,
};

/**
 * struct uncrpc_options - all but @size may be zero
 * @size: sizeof(struct uncrpc_options)
 * @user: NAME, DOMAIN\NAME or NAME@REALM; NULL: for pipes what "unc login" left,
 *	for authentication within the calls the Kerberos ticket cache
 * @domain: of the user, if its name does not say
 * @password: of the user; NULL: none, which leaves Kerberos
 * @sec: of the session below a pipe
 * @timeout_ms: for connecting and for each wait over TCP; 0: 30 seconds
 * @memory: bytes that the results of one call may take; 0: 64 MiB
 * @trace: a line for every PDU, arguments and results go there
 * @concurrent: ask the server for several calls at once, see uncrpc_begin()
 */
struct uncrpc_options {
	size_t size;
	const char *user;
	const char *domain;
	const char *password;
	enum uncrpc_sec sec;
	int timeout_ms;
	size_t memory;
	FILE *trace;
	bool concurrent;
};

/** uncrpc_version - "0.1" */
const char *uncrpc_version(void);

/* ---- Connections --------------------------------------------------------- */

/**
 * uncrpc_open - connect, find the endpoint if need be, bind
 * @binding: "//HOST" for pipes, or PROTOCOL:HOST[ENDPOINT,OPTION,...] with
 *	ncacn_np or ncacn_ip_tcp; the options are those of unc(1)
 * @interface: name of one of uncrpc_interfaces()
 * @options: NULL for the defaults; nothing of it is kept
 *
 * Context: waits for the network, up to the time of the options each time.
 * Over TCP a user that was named is authenticated and calls are signed even if
 * the binding has no word of it.
 *
 * Return: NULL with @err set.
 */
struct uncrpc *uncrpc_open(const char *binding, const char *interface,
			   const struct uncrpc_options *options,
			   struct uncrpc_error *err);

/** uncrpc_close - with all results of its calls; NULL is fine */
void uncrpc_close(struct uncrpc *rpc);

/** uncrpc_host - the server's name, as the binding had it; lives as long as @rpc */
const char *uncrpc_host(const struct uncrpc *rpc);

/**
 * uncrpc_group - the association group that the server gave
 *
 * Another connection with assoc_group_id=NUMBER in its binding joins it: then
 * context handles of one are good on the other.
 */
uint32_t uncrpc_group(const struct uncrpc *rpc);

#define UNCRPC_SESSION_KEY_LEN 16

/**
 * uncrpc_session_key - of the SMB session below a named pipe
 *
 * With it passwords are encrypted within calls ([MS-SAMR] 3.2.2.3); the caller
 * wipes it. Over TCP there is none, nor for a guest or for nobody: ENOKEY.
 */
int uncrpc_session_key(struct uncrpc *rpc,
		       uint8_t key[UNCRPC_SESSION_KEY_LEN],
		       struct uncrpc_error *err);

/* ---- Calls --------------------------------------------------------------- */

/**
 * uncrpc_call - call a method with its C structure
 * @method: its name; INTERFACE.METHOD for another interface of the same
 *	endpoint, which is bound with its first call
 * @args: struct INTERFACE_METHOD, in and out
 * @size: of *@args; it must be what the library knows
 *
 * The pointers of @args that come out lead to memory of @rpc, which stays until
 * uncrpc_release() or uncrpc_close(). What the method returns itself is not
 * looked at. After a fault the connection goes on; after EPIPE and what broke
 * the protocol every further call is EPIPE.
 *
 * Return: 0 or a negative errno with @err set.
 */
int uncrpc_call(struct uncrpc *rpc, const char *method, void *args, size_t size,
		struct uncrpc_error *err);

/** uncrpc_release - forget the results of all calls so far */
void uncrpc_release(struct uncrpc *rpc);

/**
 * uncrpc_begin - send a call, to wait for its results later
 *
 * Takes what uncrpc_call() takes; @args stays where it is until the end. Up to 64
 * calls may be under way; the server works on them at once if it was asked to
 * with @concurrent and agreed, and one after the other if not.
 *
 * Return: the call, to end by uncrpc_finish() or uncrpc_abandon(), or NULL with
 * @err set.
 */
struct uncrpc_call *uncrpc_begin(struct uncrpc *rpc, const char *method,
				 void *args, size_t size,
				 struct uncrpc_error *err);

/** uncrpc_finish - wait for the results; as uncrpc_call(). @call is gone then */
int uncrpc_finish(struct uncrpc_call *call, struct uncrpc_error *err);

/**
 * uncrpc_cancel - ask the server to end a call early
 *
 * It is waited for as ever: the server may answer with the fault
 * nca_s_fault_cancel, or as if it had not been asked.
 */
int uncrpc_cancel(struct uncrpc_call *call, struct uncrpc_error *err);

/**
 * uncrpc_abandon - never mind the results. @call is gone then
 *
 * The connection goes on where the server can keep it; else it is lost.
 */
void uncrpc_abandon(struct uncrpc_call *call);

/**
 * uncrpc_call_json - the same with JSON
 * @args: an object with a member for each parameter; what is missing is null or
 *	0, and what says how long an array is, is taken from the array
 *
 * Return: a new object with the results, for json_decref(), or NULL with @err
 * set.
 */
struct json_t *uncrpc_call_json(struct uncrpc *rpc, const char *method,
				const struct json_t *args,
				struct uncrpc_error *err);

/**
 * uncrpc_endpoints - all that the endpoint mapper of a server knows
 * @rpc: opened for interface epmapper
 *
 * Return: a new array of objects: uuid, major, minor, interface, protocol,
 * endpoint, address, annotation; or NULL with @err set.
 */
struct json_t *uncrpc_endpoints(struct uncrpc *rpc, struct uncrpc_error *err);

/* ---- Without a server ---------------------------------------------------- */

/** uncrpc_check - are these the arguments of a call of INTERFACE.METHOD? */
int uncrpc_check(const char *method, const struct json_t *args,
		 struct uncrpc_error *err);

/**
 * uncrpc_interfaces - all that are compiled in
 *
 * Return: a new array of objects: name, uuid, major, minor, methods (how many),
 * endpoint; NULL when out of memory.
 */
struct json_t *uncrpc_interfaces(void);

/**
 * uncrpc_methods - those of an interface
 *
 * Return: a new array of objects: opnum, name; NULL if there is no such
 * interface.
 */
struct json_t *uncrpc_methods(const char *interface);

/** uncrpc_describe - print the signature of INTERFACE.METHOD and its types as IDL */
int uncrpc_describe(const char *method, FILE *to, struct uncrpc_error *err);

#ifdef __cplusplus
}
#endif

#endif
