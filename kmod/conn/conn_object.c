// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connection objects: made, held, freed.
 */
#include <linux/once.h>
#include <linux/random.h>
#include <linux/siphash.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "../transport/transport.h"
#include "conn.h"
#include "dialect.h"

static atomic64_t next_id = ATOMIC64_INIT(0);

static void conn_init(struct unc_conn *conn)
{
	refcount_set(&conn->ref, 1);
	conn->id = atomic64_inc_return(&next_id);
	INIT_LIST_HEAD(&conn->net_link);
	INIT_LIST_HEAD(&conn->session_list);
	mutex_init(&conn->setup);
	mutex_init(&conn->send_lock);
	spin_lock_init(&conn->lock);
	init_waitqueue_head(&conn->credit_wait);
	xa_init(&conn->requests);
	xa_init(&conn->sessions);
	INIT_DELAYED_WORK(&conn->watchdog, unc_conn_watch);
	/* [MS-SMB2] 3.2.1.2: one credit, for NEGOTIATE */
	conn->credits = 1;
}

/**
 * unc_conn_new - make a connection object, without touching the network
 * @net: network namespace, which the object will pin
 * @host: server name; copied
 * @port: TCP port, 0 for the usual ones
 * @policy: what to demand of the server; copied
 *
 * May sleep; may load the module of the dialect.
 *
 * Return: a connection in state NEW with one reference (unc_why_alloc) for the
 * caller; -ENOMEM; -EPROTONOSUPPORT if the dialect is not installed.
 */
struct unc_conn *unc_conn_new(struct net *net, const char *host, u16 port,
			      const struct unc_policy *policy)
{
	struct unc_conn *conn = kzalloc(sizeof(*conn), GFP_KERNEL);
	int err = -ENOMEM;

	if (!conn)
		return ERR_PTR(-ENOMEM);
	conn->host = kstrdup(host, GFP_KERNEL);
	if (!conn->host)
		goto out_free;
	conn->speaks = unc_dialect_get(policy);
	err = -EPROTONOSUPPORT;
	if (!conn->speaks)
		goto out_free;
	conn->port = port;
	conn->policy = *policy;
	conn->net = get_net(net);
	conn_init(conn);
	trace_unc_ref('C', conn->id, 1, unc_why_alloc);
	return conn;

out_free:
	kfree(conn->host);
	kfree(conn);
	return ERR_PTR(err);
}

static u64 client_hash(const struct unc_conn *conn, u64 half)
{
	static siphash_key_t key __read_mostly;
	u64 hash;

	get_random_once(&key, sizeof(key));
	hash = siphash_3u64(half, conn->net->net_cookie,
			    conn->fixed_addr ?
			    siphash(&conn->addr, sizeof(conn->addr), &key) : 0,
			    &key);
	hash = siphash_2u64(hash, siphash(conn->host, strlen(conn->host), &key),
			    &key);
	hash = siphash_4u64(hash, conn->policy.netbios,
			    siphash(conn->policy.called,
				    strlen(conn->policy.called), &key),
			    siphash(conn->policy.calling,
				    strlen(conn->policy.calling), &key), &key);
	return siphash_4u64(hash, (u64)conn->port << 32 |
			    conn->policy.dialect_min << 16 |
			    conn->policy.dialect_max,
			    conn->policy.sign | conn->policy.seal << 1 |
			    conn->policy.multi << 2,
			    conn->policy.timeout_ms, &key);
}

/**
 * unc_conn_name_client - choose the ClientGuid
 * @conn: the connection; server and policy are complete
 *
 * Connections that stand for each other (unc_conn_use()) have the same one, as
 * long as the module is loaded, and others have others.
 *
 * Any context.
 */
void unc_conn_name_client(struct unc_conn *conn)
{
	u64 guid[2] = { client_hash(conn, 0), client_hash(conn, 1) };

	memcpy(conn->client_guid, guid, sizeof(conn->client_guid));
}

/**
 * unc_conn_get - take a reference
 * @conn: a connection that the caller already has some hold on
 * @why: reason, to be named again by the put
 *
 * Any context.  Return: @conn.
 */
struct unc_conn *unc_conn_get(struct unc_conn *conn, enum unc_why why)
{
	refcount_inc(&conn->ref);
	trace_unc_ref('C', conn->id, refcount_read(&conn->ref), why);
	return conn;
}

static void conn_free(struct unc_conn *conn)
{
	/* A sender that lost the race with unc_conn_stop() may have started it. */
	cancel_delayed_work_sync(&conn->watchdog);
	WARN_ON_ONCE(!xa_empty(&conn->requests));
	WARN_ON_ONCE(!list_empty(&conn->session_list));
	xa_destroy(&conn->requests);
	xa_destroy(&conn->sessions);
	if (conn->tp)
		unc_transport_free(conn->tp);
	if (conn->speaks->setup.conn_free)
		conn->speaks->setup.conn_free(conn);
	unc_dialect_put(conn->speaks);
	put_net(conn->net);
	kfree(conn->gss_hint);
	kfree(conn->host);
	kfree(conn);
}

/**
 * unc_conn_put - drop a reference
 * @conn: the connection
 * @why: the reason it was taken for
 *
 * May sleep: the last put frees the socket.  unc_conn_stop() must have been
 * called by then if unc_conn_start() was.
 */
void unc_conn_put(struct unc_conn *conn, enum unc_why why)
{
	u64 id = conn->id;
	int ref;
	bool last;

	last = __refcount_dec_and_test(&conn->ref, &ref);
	trace_unc_ref('C', id, ref - 1, why);
	if (last)
		conn_free(conn);
}
