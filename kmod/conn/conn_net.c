// SPDX-License-Identifier: GPL-2.0-only
/*
 * The connections of each network namespace.
 */
#include <linux/netlink.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include <net/sock.h>
#include "../upcall/upcall.h"
#include "conn.h"
#include "session.h"

/**
 * struct conn_net - state of a network namespace
 * @lock: protects the list and the users of each connection in it; taken
 *	outside conn->lock
 * @conns: connections that can be found; each pins the namespace
 */
struct conn_net {
	spinlock_t		lock;
	struct list_head	conns;
};

static unsigned int conn_net_id;

static struct conn_net *conn_net(struct net *net)
{
	return net_generic(net, conn_net_id);
}

static bool same_policy(const struct unc_policy *a, const struct unc_policy *b)
{
	return a->dialect_min == b->dialect_min &&
	       a->dialect_max == b->dialect_max &&
	       a->sign == b->sign && a->seal == b->seal && a->multi == b->multi &&
	       a->timeout_ms == b->timeout_ms && a->netbios == b->netbios &&
	       !strcmp(a->called, b->called) && !strcmp(a->calling, b->calling);
}

/* The address counts only while one was given instead of a name. */
static bool same_server(const struct unc_conn *a, const struct unc_conn *b)
{
	return a->port == b->port && !strcasecmp(a->host, b->host) &&
	       a->fixed_addr == b->fixed_addr &&
	       (!a->fixed_addr || !memcmp(&a->addr, &b->addr, sizeof(a->addr))) &&
	       same_policy(&a->policy, &b->policy);
}

/**
 * unc_conn_use - find a connection like this one, or make this one findable
 * @fresh: a new connection; the caller's reference (unc_why_alloc) is consumed
 *
 * May sleep.  Return: the connection to use, with one use and one reference
 * (unc_why_reach) for the caller.
 */
struct unc_conn *unc_conn_use(struct unc_conn *fresh)
{
	struct conn_net *cn = conn_net(fresh->net);
	struct unc_conn *conn, *found = fresh;

	spin_lock(&cn->lock);
	list_for_each_entry(conn, &cn->conns, net_link) {
		if (unc_conn_state(conn) != UNC_STATE_DEAD &&
		    same_server(conn, fresh)) {
			found = conn;
			break;
		}
	}
	if (found == fresh)
		list_add_tail(&fresh->net_link, &cn->conns);
	found->users++;
	unc_conn_get(found, unc_why_reach);
	spin_unlock(&cn->lock);
	unc_conn_put(fresh, unc_why_alloc);
	return found;
}

/**
 * unc_conn_unuse - drop a use
 * @conn: the connection; the caller keeps its reference
 *
 * Any context.  Return: T if it was the last one: nobody can find the
 * connection any more, and the caller stops it.
 */
bool unc_conn_unuse(struct unc_conn *conn)
{
	struct conn_net *cn = conn_net(conn->net);
	bool last;

	spin_lock(&cn->lock);
	last = --conn->users == 0;
	if (last)
		list_del_init(&conn->net_link);
	spin_unlock(&cn->lock);
	return last;
}

static const char *state_name(enum unc_state state)
{
	switch (state) {
	case UNC_STATE_NEW:
		return "connecting";
	case UNC_STATE_READY:
		return "ready";
	case UNC_STATE_DEAD:
		return "dead";
	}
	return "?";
}

static int put_object(struct sk_buff *skb, enum unc_obj kind, u64 id, u64 parent)
{
	return nla_put_u32(skb, UNC_A_OBJ_KIND, kind) ?:
	       nla_put_u64_64bit(skb, UNC_A_OBJ_ID, id, UNC_A_PAD) ?:
	       nla_put_u64_64bit(skb, UNC_A_OBJ_PARENT, parent, UNC_A_PAD);
}

static int put_address(struct sk_buff *skb, const struct unc_conn *conn)
{
	size_t len = conn->addr.ss_family == AF_INET6 ?
		     sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	struct nlattr *nest = nla_nest_start(skb, UNC_A_ADDRESSES);

	if (!nest || nla_put(skb, UNC_A_ADDRESS, len, &conn->addr))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_conn(struct sk_buff *skb, const void *object)
{
	const struct unc_conn *conn = object;

	return put_object(skb, UNC_OBJ_CONNECTION, conn->id, 0) ?:
	       nla_put_string(skb, UNC_A_HOST, conn->host) ?:
	       nla_put_string(skb, UNC_A_STATE, state_name(conn->state)) ?:
	       put_address(skb, conn) ?:
	       nla_put_u32(skb, UNC_A_DIALECT, conn->dialect) ?:
	       nla_put_u32(skb, UNC_A_CIPHER, conn->cipher) ?:
	       nla_put_u32(skb, UNC_A_SIGNING, conn->signing) ?:
	       nla_put_u32(skb, UNC_A_CREDITS, conn->credits) ?:
	       nla_put_u32(skb, UNC_A_REQUESTS, conn->in_flight);
}

static int put_session(struct sk_buff *skb, const void *object)
{
	const struct unc_session *s = object;

	return put_object(skb, UNC_OBJ_SESSION, s->serial, s->conn->id) ?:
	       nla_put_string(skb, UNC_A_STATE, state_name(s->state)) ?:
	       nla_put_string(skb, UNC_A_USER, s->principal) ?:
	       nla_put_string(skb, UNC_A_MECH, s->mech) ?:
	       nla_put_u32(skb, UNC_A_UID,
			   from_kuid(&init_user_ns, s->who.uid)) ?:
	       nla_put_u32(skb, UNC_A_FLAGS, s->flags);
}

static int put_tree(struct sk_buff *skb, const void *object)
{
	const struct unc_tree *tree = object;
	const struct unc_conn *conn = tree->session->conn;
	char name[UNC_HOST_MAX + 96];

	scnprintf(name, sizeof(name), "//%s/%s", conn->host, tree->share);
	return put_object(skb, UNC_OBJ_TREE, tree->serial,
			  tree->session->serial) ?:
	       nla_put_string(skb, UNC_A_STATE, state_name(tree->state)) ?:
	       nla_put_string(skb, UNC_A_SHARE, name) ?:
	       nla_put_u32(skb, UNC_A_OPENS, atomic_read(&tree->opens));
}

/**
 * struct dump - where a dump stands
 * @skb: being filled
 * @cb: of netlink; args[0] counts the objects that went out before
 * @index: of the object looked at now
 */
struct dump {
	struct sk_buff		*skb;
	struct netlink_callback	*cb;
	long			index;
};

/* One object, one message; nothing if it went out before. */
static int dump_one(struct dump *d, int (*put)(struct sk_buff *skb,
					       const void *object),
		    const void *object)
{
	void *hdr;

	if (d->index++ < d->cb->args[0])
		return 0;
	hdr = unc_upcall_status_begin(d->skb, d->cb);
	if (!hdr)
		return -EMSGSIZE;
	if (put(d->skb, object)) {
		genlmsg_cancel(d->skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(d->skb, hdr);
	d->cb->args[0] = d->index;
	return 0;
}

static int dump_conn(struct dump *d, struct unc_conn *conn)
{
	struct unc_session *s;
	struct unc_tree *tree;
	int err;

	lockdep_assert_held(&conn->lock);
	err = dump_one(d, put_conn, conn);
	list_for_each_entry(s, &conn->session_list, link) {
		if (!err)
			err = dump_one(d, put_session, s);
		list_for_each_entry(tree, &s->tree_list, link)
			if (!err)
				err = dump_one(d, put_tree, tree);
	}
	return err;
}

/**
 * unc_conn_status_dump - UNC_CMD_STATUS
 * @skb: to be filled
 * @cb: of netlink
 *
 * Objects that come or go between two parts of a long dump may be missed or
 * seen twice.  Return: bytes in @skb.
 */
int unc_conn_status_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct conn_net *cn = conn_net(sock_net(skb->sk));
	struct dump d = { .skb = skb, .cb = cb };
	struct unc_conn *conn;
	int err = 0;

	spin_lock(&cn->lock);
	list_for_each_entry(conn, &cn->conns, net_link) {
		spin_lock(&conn->lock);
		err = dump_conn(&d, conn);
		spin_unlock(&conn->lock);
		if (err)
			break;
	}
	spin_unlock(&cn->lock);
	return skb->len;
}

static int __net_init conn_net_start(struct net *net)
{
	struct conn_net *cn = conn_net(net);

	spin_lock_init(&cn->lock);
	INIT_LIST_HEAD(&cn->conns);
	return 0;
}

static void __net_exit conn_net_end(struct net *net)
{
	WARN_ON_ONCE(!list_empty(&conn_net(net)->conns));
}

static struct pernet_operations conn_net_ops = {
	.init	= conn_net_start,
	.exit	= conn_net_end,
	.id	= &conn_net_id,
	.size	= sizeof(struct conn_net),
};

/**
 * unc_conn_net_init - be told of network namespaces
 *
 * Return: 0 or -ENOMEM.
 */
int unc_conn_net_init(void)
{
	return register_pernet_subsys(&conn_net_ops);
}

/**
 * unc_conn_net_exit - the opposite of unc_conn_net_init()
 *
 * No mount and no pipe is left: they pin the module.
 */
void unc_conn_net_exit(void)
{
	unregister_pernet_subsys(&conn_net_ops);
}
