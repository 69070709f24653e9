// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the name of a server to a transport: its addresses, each one's port, and
 * on port 139 a NetBIOS session.
 */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inet.h>
#include <linux/slab.h>
#include <linux/utsname.h>
#include "../conn/conn.h"
#include "../transport/transport.h"
#include "../upcall/upcall.h"
#include "../wire/nbss.h"
#include "dial.h"

#define CONNECT_TIMEOUT_MS	10000u
#define RETARGETS_MAX		3

/* Any server that hears it takes it for its own name. */
#define ANY_SERVER		"*SMBSERVER"

static struct unc_transport *connect_port(struct unc_conn *conn,
					  struct sockaddr_storage *addr,
					  u16 port, struct unc_failure *why)
{
	struct unc_transport *tp;

	if (addr->ss_family == AF_INET6)
		((struct sockaddr_in6 *)addr)->sin6_port = htons(port);
	else
		((struct sockaddr_in *)addr)->sin_port = htons(port);
	tp = unc_transport_connect(conn->net, addr,
				   min(conn->policy.timeout_ms,
				       CONNECT_TIMEOUT_MS));
	if (IS_ERR(tp))
		unc_failure_set(why, UNC_STAGE_CONNECT,
				"no connection to %pISpc", addr);
	return tp;
}

/* The first label of @host, if it is a name and not too long. */
static int name_of_host(struct wire_nbss_name *name, struct net *net,
			const char *host, enum nbss_suffix suffix)
{
	struct sockaddr_storage addr;

	if (net && !inet_pton_with_scope(net, AF_UNSPEC, host, NULL, &addr))
		return -EINVAL;
	return wire_nbss_name_set(name, host, strcspn(host, "."), suffix);
}

/*
 * Who calls whom.  What was given was looked at when it was; else host names
 * are good guesses.  Return: T if the server was given a name of its own.
 */
static bool session_names(const struct unc_conn *conn,
			  struct wire_nbss_request *names)
{
	const char *called = conn->policy.called;
	const char *calling = conn->policy.calling;
	bool own = true;

	if (wire_nbss_name_set(&names->called, called, strlen(called),
			       NBSS_SERVER) &&
	    name_of_host(&names->called, conn->net, conn->host, NBSS_SERVER)) {
		wire_nbss_name_set(&names->called, ANY_SERVER,
				   strlen(ANY_SERVER), NBSS_SERVER);
		own = false;
	}
	if (wire_nbss_name_set(&names->calling, calling, strlen(calling),
			       NBSS_WORKSTATION) &&
	    name_of_host(&names->calling, NULL, init_utsname()->nodename,
			 NBSS_WORKSTATION))
		wire_nbss_name_set(&names->calling, "UNCFS", 5,
				   NBSS_WORKSTATION);
	return own;
}

/* Where the server sends us instead, RFC 1002 4.3.5; it knows IPv4 alone. */
static u16 retarget(struct sockaddr_storage *addr,
		    const struct wire_nbss_answer *answer)
{
	struct sockaddr_in *to = (struct sockaddr_in *)addr;

	memset(addr, 0, sizeof(*addr));
	to->sin_family = AF_INET;
	memcpy(&to->sin_addr, answer->address, sizeof(to->sin_addr));
	return answer->port;
}

static struct unc_transport *call(struct unc_conn *conn,
				  const struct wire_nbss_request *names,
				  struct sockaddr_storage *addr, u16 port,
				  struct unc_failure *why)
{
	struct wire_nbss_answer answer;
	struct unc_transport *tp;
	int err, i;

	for (i = 0; i <= RETARGETS_MAX; i++) {
		tp = connect_port(conn, addr, port, why);
		if (IS_ERR(tp))
			return tp;
		err = unc_nbss_call(tp, names, &answer);
		if (!err && answer.type == NBSS_POSITIVE)
			return tp;
		unc_transport_free(tp);
		if (err) {
			unc_failure_set(why, UNC_STAGE_CONNECT,
					"no NetBIOS session with %pISpc", addr);
			return ERR_PTR(err);
		}
		if (answer.type == NBSS_NEGATIVE) {
			unc_failure_set(why, UNC_STAGE_CONNECT,
					"%pISpc refuses a NetBIOS session with \"%.15s\": %s",
					addr, names->called.bytes,
					wire_nbss_error_text(answer.error));
			return ERR_PTR(wire_nbss_error_errno(answer.error));
		}
		port = retarget(addr, &answer);
	}
	unc_failure_set(why, UNC_STAGE_CONNECT,
			"sent from one NetBIOS session to the next, at last to %pISpc",
			addr);
	return ERR_PTR(-ELOOP);
}

/* By its own name, if it has one; else, or if it denies that, by any. */
static struct unc_transport *connect_netbios(struct unc_conn *conn,
					     struct sockaddr_storage *addr,
					     u16 port, struct unc_failure *why)
{
	struct sockaddr_storage first = *addr;
	struct wire_nbss_request names;
	bool own = session_names(conn, &names);
	struct unc_transport *tp;

	tp = call(conn, &names, addr, port, why);
	if (!own || *conn->policy.called || tp != ERR_PTR(-ENXIO))
		return tp;
	wire_nbss_name_set(&names.called, ANY_SERVER, strlen(ANY_SERVER),
			   NBSS_SERVER);
	*addr = first;
	return call(conn, &names, addr, port, why);
}

static struct unc_transport *connect_one(struct unc_conn *conn,
					 struct sockaddr_storage *addr,
					 struct unc_failure *why)
{
	enum unc_netbios netbios = conn->policy.netbios;
	u16 port = conn->port;
	struct unc_transport *tp;

	if (!port)
		port = netbios == UNC_NETBIOS_ALWAYS ? UNC_NBSS_PORT :
						       UNC_TCP_PORT;
	if (netbios == UNC_NETBIOS_ALWAYS ||
	    (netbios == UNC_NETBIOS_AUTO && port == UNC_NBSS_PORT))
		return connect_netbios(conn, addr, port, why);
	tp = connect_port(conn, addr, port, why);
	if (conn->port || netbios == UNC_NETBIOS_NEVER ||
	    tp != ERR_PTR(-ECONNREFUSED))
		return tp;
	return connect_netbios(conn, addr, UNC_NBSS_PORT, why);
}

/* The first address that answers; with none, why the last one did not. */
static struct unc_transport *connect_any(struct unc_conn *conn,
					 struct sockaddr_storage *addrs, int n,
					 struct unc_failure *why)
{
	struct unc_transport *tp = ERR_PTR(-EHOSTUNREACH);
	int i;

	for (i = 0; i < n; i++) {
		tp = connect_one(conn, &addrs[i], why);
		if (!IS_ERR(tp)) {
			conn->addr = addrs[i];
			return tp;
		}
		if (fatal_signal_pending(current))
			break;
	}
	return tp;
}

/**
 * unc_dial - connect to the server of a connection
 * @conn: in state NEW; @conn->addr is set to the address that answered
 * @why: on failure, the stage and the reason
 *
 * May sleep long; killable; each step has its own deadline.
 *
 * Return: a transport, or ERR_PTR(): what unc_upcall_resolve(),
 * unc_transport_connect() and unc_nbss_call() return, what
 * wire_nbss_error_errno() makes of a refusal, -ELOOP.
 */
struct unc_transport *unc_dial(struct unc_conn *conn, struct unc_failure *why)
{
	struct sockaddr_storage *addrs;
	struct unc_transport *tp;
	int n;

	if (conn->fixed_addr) {
		struct sockaddr_storage addr = conn->addr;

		return connect_any(conn, &addr, 1, why);
	}
	addrs = kcalloc(UNC_ADDRESSES_MAX, sizeof(*addrs), GFP_KERNEL);
	if (!addrs)
		return ERR_PTR(-ENOMEM);
	n = unc_upcall_resolve(conn->net, conn->host, addrs, UNC_ADDRESSES_MAX,
			       why);
	tp = n < 0 ? ERR_PTR(n) : connect_any(conn, addrs, n, why);
	kfree(addrs);
	return tp;
}
