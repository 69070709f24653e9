/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Connection ([MS-SMB2] 3.2.1.2): one transport to one server, the credits on
 * it, and the requests that wait for their responses.
 */
#ifndef _UNC_CONN_H
#define _UNC_CONN_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/socket.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include "../trace.h"
#include "crypt.h"

struct netlink_callback;
struct sk_buff;
struct task_struct;
struct unc_dialect;
struct unc_transport;
struct wire_smb2_hdr;

/**
 * enum unc_state - life of a Connection, Session or TreeConnect
 * @UNC_STATE_NEW: made, nothing on the network yet
 * @UNC_STATE_READY: usable
 * @UNC_STATE_DEAD: over; never left again
 */
enum unc_state {
	UNC_STATE_NEW,
	UNC_STATE_READY,
	UNC_STATE_DEAD,
};

/**
 * enum unc_netbios - does a connection begin with a NetBIOS session?
 * @UNC_NETBIOS_AUTO: on port 139
 * @UNC_NETBIOS_ALWAYS: on any port
 * @UNC_NETBIOS_NEVER: on none
 */
enum unc_netbios {
	UNC_NETBIOS_AUTO,
	UNC_NETBIOS_ALWAYS,
	UNC_NETBIOS_NEVER,
};

#define UNC_NETBIOS_NAME_ROOM	16	/* with the null */

/**
 * struct unc_policy - what a caller demands of a connection
 * @dialect_min: lowest dialect to accept
 * @dialect_max: highest dialect to offer
 * @sign: T to sign every message
 * @seal: T to encrypt every message
 * @multi: T to begin with a NEGOTIATE of SMB 1 that offers SMB 2
 * @timeout_ms: deadline of a request
 * @netbios: whether it begins with a NetBIOS session
 * @called: NetBIOS name to call the server by, "" for its host name
 * @calling: our own NetBIOS name, "" for our host name
 */
struct unc_policy {
	u16		dialect_min;
	u16		dialect_max;
	bool		sign;
	bool		seal;
	bool		multi;
	unsigned int	timeout_ms;
	enum unc_netbios netbios;
	char		called[UNC_NETBIOS_NAME_ROOM];
	char		calling[UNC_NETBIOS_NAME_ROOM];
};

/**
 * struct unc_conn - a Connection
 * @ref: memory; sessions, requests and the receive thread pin it
 * @users: sessions that use it and callers on their way to one, under the
 *	lock of the namespace's list
 * @net_link: in the list of its network namespace, under that list's lock
 * @net: network namespace (pins it)
 * @id: for traces and status
 * @host: server name as the user wrote it
 * @port: TCP port; 0 for 445, or 139 where nobody listens on that
 * @addr: address to try, if @fixed_addr, and then the one that answered; set
 *	before READY
 * @fixed_addr: T if the user gave an address besides the name
 * @policy: what was demanded
 * @speaks: how requests are made and answers are read; pins it
 * @own: what else @speaks has to remember, or NULL
 * @setup: serialises going from NEW to READY
 * @state: written under @lock, read anywhere with READ_ONCE
 * @error: why it is DEAD, negative errno
 * @tp: transport; set before READY, freed with the memory
 * @rx_task: receive thread (pins ref)
 * @dialect: Connection.Dialect
 * @cipher: Connection.CipherId, 0 for none
 * @signing: Connection.SigningAlgorithmId
 * @capabilities: Connection.ServerCapabilities
 * @security_mode: Connection.ServerSecurityMode
 * @max_transact: Connection.MaxTransactSize, bytes
 * @max_read: Connection.MaxReadSize, bytes
 * @max_write: Connection.MaxWriteSize, bytes
 * @server_guid: Connection.ServerGuid
 * @client_guid: Connection.ClientGuid; the same for the connection that
 *	replaces this one, so that the server knows its handles and leases
 * @clock_offset: the server's clock less ours when it was negotiated, FILETIME
 * @preauth: Connection.PreauthIntegrityHashValue
 * @gss_hint: security buffer of the NEGOTIATE response, kmalloc'ed
 * @gss_hint_len: its length
 * @send_lock: one message at a time goes into the transport
 * @lock: protects the fields below, and the end of each request
 * @next_mid: next MessageId
 * @credits: held and unspent
 * @charged: credits that the requests in flight cost
 * @in_flight: requests sent and not ended
 * @credit_wait: for more credits, or for DEAD
 * @requests: MessageId to struct unc_part
 * @sessions: SessionId to struct unc_session, no reference, RCU
 * @session_list: all of them, also those without an id yet, no reference
 * @watchdog: looks for silence and passed deadlines while @in_flight
 * @echo_sent: T while an ECHO of the watchdog's is in flight
 */
struct unc_conn {
	refcount_t		ref;
	unsigned int		users;
	struct list_head	net_link;
	struct net		*net;
	u64			id;
	char			*host;
	u16			port;
	struct sockaddr_storage	addr;
	bool			fixed_addr;
	struct unc_policy	policy;
	struct unc_dialect	*speaks;
	void			*own;

	struct mutex		setup;
	enum unc_state		state;
	int			error;
	struct unc_transport	*tp;
	struct task_struct	*rx_task;

	u16			dialect;
	u16			cipher;
	u16			signing;
	u32			capabilities;
	u16			security_mode;
	u32			max_transact;
	u32			max_read;
	u32			max_write;
	u8			server_guid[16];
	u8			client_guid[16];
	s64			clock_offset;
	u8			preauth[UNC_PREAUTH_LEN];
	u8			*gss_hint;
	u32			gss_hint_len;

	struct mutex		send_lock;
	spinlock_t		lock;
	u64			next_mid;
	u32			credits;
	u32			charged;
	u32			in_flight;
	wait_queue_head_t	credit_wait;
	struct xarray		requests;
	struct xarray		sessions;
	struct list_head	session_list;
	struct delayed_work	watchdog;
	bool			echo_sent;
};

/* conn_object.c */
struct unc_conn *unc_conn_new(struct net *net, const char *host, u16 port,
			      const struct unc_policy *policy);
struct unc_conn *unc_conn_get(struct unc_conn *conn, enum unc_why why);
void unc_conn_put(struct unc_conn *conn, enum unc_why why);
void unc_conn_name_client(struct unc_conn *conn);

/* conn_state.c */
int unc_conn_start(struct unc_conn *conn, struct unc_transport *tp);
void unc_conn_ready(struct unc_conn *conn);
void unc_conn_lost(struct unc_conn *conn, int error);
void unc_conn_stop(struct unc_conn *conn);
static inline enum unc_state unc_conn_state(const struct unc_conn *conn)
{
	return READ_ONCE(conn->state);
}

/* conn_state.c: for op/, which is above: told of every lost connection */
extern void (*unc_conn_lost_event)(struct unc_conn *conn);

/* conn_rx.c: the receive thread's function */
int unc_conn_rx(void *data);

/* conn_watch.c: silence and deadlines */
void unc_conn_watch(struct work_struct *work);
void unc_conn_watch_start(struct unc_conn *conn);

/* conn_net.c: the connections of a network namespace */
struct unc_conn *unc_conn_use(struct unc_conn *fresh);
bool unc_conn_unuse(struct unc_conn *conn);
int unc_conn_status_dump(struct sk_buff *skb, struct netlink_callback *cb);
int unc_conn_net_init(void);
void unc_conn_net_exit(void);

#endif /* _UNC_CONN_H */
