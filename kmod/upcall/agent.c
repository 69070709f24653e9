// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is the agent of a network namespace, how its death is noticed, and which
 * upcalls wait for it.
 */
#include <linux/notifier.h>
#include <linux/random.h>
#include <net/genetlink.h>
#include <net/netns/generic.h>
#include <net/sock.h>
#include "agent.h"
#include "request.h"

static unsigned int unc_agent_net_id;

/**
 * unc_agent_of - the agent's place in a network namespace
 * @net: the namespace
 *
 * Return: never NULL; valid as long as @net and the module.
 */
struct unc_agent *unc_agent_of(struct net *net)
{
	return net_generic(net, unc_agent_net_id);
}

/* Let every waiter look again at what it waits for. */
static void agent_wake_all(struct unc_agent *agent)
{
	struct unc_upcall *up;
	unsigned int bucket;

	lockdep_assert_held(&agent->lock);
	hash_for_each(agent->upcalls, bucket, up, node)
		wake_up(&up->wait);
}

/**
 * unc_agent_hello - a socket wants to be the agent
 * @agent: the place
 * @sk: the socket
 * @portid: its port
 *
 * Whoever waits then sends its request to the new agent.  The caller, within
 * sendmsg() on @sk, has checked the privilege.
 *
 * Context: process; does not sleep.
 * Return: 0; -EBUSY if there is an agent; -ENETDOWN.
 */
int unc_agent_hello(struct unc_agent *agent, struct sock *sk, u32 portid)
{
	int err = 0;

	spin_lock(&agent->lock);
	if (agent->closing) {
		err = -ENETDOWN;
	} else if (agent->sk) {
		err = -EBUSY;
	} else {
		sock_hold(sk);
		agent->sk = sk;
		agent->portid = portid;
		agent->epoch++;
		agent_wake_all(agent);
	}
	spin_unlock(&agent->lock);
	return err;
}

/* The socket at @portid was closed; if it was the agent's, there is none now. */
static void agent_gone(struct unc_agent *agent, u32 portid)
{
	struct sock *sk = NULL;

	spin_lock(&agent->lock);
	if (agent->sk && agent->portid == portid) {
		swap(sk, agent->sk);
		agent->portid = 0;
		agent_wake_all(agent);
	}
	spin_unlock(&agent->lock);
	if (sk)
		sock_put(sk);
}

/*
 * The port to send to, 0 if there is none.  A socket leaves the table of
 * ports before its death is announced; in between, any process could bind
 * its port and be sent passwords.  So the socket itself is asked whether it
 * lives, which leaves only the instant between this look and the sending.
 */
static u32 agent_port(struct unc_agent *agent)
{
	lockdep_assert_held(&agent->lock);
	if (!agent->sk || sock_flag(agent->sk, SOCK_DEAD))
		return 0;
	return agent->portid;
}

static struct unc_upcall *agent_find(struct unc_agent *agent, u64 cookie)
{
	struct unc_upcall *up;

	lockdep_assert_held(&agent->lock);
	hash_for_each_possible(agent->upcalls, up, node, cookie)
		if (up->cookie == cookie)
			return up;
	return NULL;
}

/*
 * Is there a place for one more of @uid's?  Counting is only needed when
 * there are many, so it is done by looking at all.
 */
static bool agent_has_room(struct unc_agent *agent, kuid_t uid)
{
	unsigned int bucket, count = 0;
	struct unc_upcall *up;

	lockdep_assert_held(&agent->lock);
	if (agent->waiting < UNC_AGENT_UPCALLS_UID)
		return true;
	if (agent->waiting >= UNC_AGENT_UPCALLS_MAX)
		return false;
	hash_for_each(agent->upcalls, bucket, up, node)
		count += uid_eq(up->uid, uid);
	return count < UNC_AGENT_UPCALLS_UID;
}

/**
 * unc_agent_add - let an upcall wait
 * @agent: the place
 * @up: the upcall, not yet added; the caller keeps a reference until it has
 *	called unc_agent_leave()
 *
 * Gives it its cookie and binds it to the agent of the moment.
 *
 * Context: process; does not sleep.
 * Return: 0; -EBUSY if too many wait, in all or of this user; -ENETDOWN.
 */
int unc_agent_add(struct unc_agent *agent, struct unc_upcall *up)
{
	int err = 0;

	spin_lock(&agent->lock);
	if (agent->closing) {
		err = -ENETDOWN;
	} else if (!agent_has_room(agent, up->uid)) {
		err = -EBUSY;
	} else {
		do {
			up->cookie = get_random_u64();
		} while (!up->cookie || agent_find(agent, up->cookie));
		up->bound = agent->sk ? agent->epoch : 0;
		hash_add(agent->upcalls, &up->node, up->cookie);
		agent->waiting++;
	}
	spin_unlock(&agent->lock);
	return err;
}

/**
 * unc_agent_leave - an upcall's asker waits no more
 * @agent: the place
 * @up: the upcall, added before; not to be used with @agent any more
 *
 * Context: process; does not sleep.
 * Return: the cookie's epoch is still that of an agent which works on it:
 * its port, to which UNC_CMD_CANCEL should go; otherwise 0.
 */
u32 unc_agent_leave(struct unc_agent *agent, struct unc_upcall *up)
{
	u32 portid = 0;

	spin_lock(&agent->lock);
	if (!hlist_unhashed(&up->node)) {
		hash_del(&up->node);
		if (up->epoch == agent->epoch)
			portid = agent_port(agent);
	}
	agent->waiting--;
	/* Woken under the lock: unc_agent_net_exit() frees what it is in. */
	if (agent->closing && !agent->waiting)
		wake_up(&agent->idle);
	spin_unlock(&agent->lock);
	return portid;
}

/**
 * unc_agent_post - send an upcall's message to the agent
 * @agent: the place
 * @up: the upcall, added
 * @skb: the message; consumed
 *
 * Context: process; may sleep.
 * Return: 0; -EAGAIN if the agent cannot take it now, or has just gone.
 */
int unc_agent_post(struct unc_agent *agent, struct unc_upcall *up,
		   struct sk_buff *skb)
{
	u64 epoch;
	u32 portid;

	spin_lock(&agent->lock);
	portid = agent_port(agent);
	epoch = agent->epoch;
	/* First, because the answer may come before genlmsg_unicast() ends. */
	if (portid)
		up->epoch = epoch;
	spin_unlock(&agent->lock);
	if (!portid) {
		nlmsg_free(skb);
		return -EAGAIN;
	}
	if (!genlmsg_unicast(agent->net, skb, portid))
		return 0;

	spin_lock(&agent->lock);
	if (up->epoch == epoch)
		up->epoch = 0;
	spin_unlock(&agent->lock);
	return -EAGAIN;
}

/**
 * unc_agent_tell - send the agent a message that nobody waits for
 * @agent: the place
 * @skb: the message; consumed
 *
 * Context: process; may sleep.
 * Return: 0; -EAGAIN if there is no agent or it cannot take it.
 */
int unc_agent_tell(struct unc_agent *agent, struct sk_buff *skb)
{
	u32 portid;

	spin_lock(&agent->lock);
	portid = agent_port(agent);
	spin_unlock(&agent->lock);
	if (!portid) {
		nlmsg_free(skb);
		return -EAGAIN;
	}
	return genlmsg_unicast(agent->net, skb, portid) ? -EAGAIN : 0;
}

/**
 * unc_agent_claim - an answer has come
 * @agent: the place
 * @sk: the socket that it came from
 * @cookie: which upcall it answers
 *
 * The upcall is taken out, so it is answered at most once, and by the agent
 * that it was sent to.
 *
 * Context: process; does not sleep.
 * Return: the upcall with a reference for the caller, who shall set
 * @answered; ERR_PTR(-EPERM) if @sk is not the agent's, ERR_PTR(-ESRCH) if
 * nobody waits.
 */
struct unc_upcall *unc_agent_claim(struct unc_agent *agent, struct sock *sk,
				   u64 cookie)
{
	struct unc_upcall *up;

	spin_lock(&agent->lock);
	if (!sk || agent->sk != sk) {
		up = ERR_PTR(-EPERM);
		goto out;
	}
	up = agent_find(agent, cookie);
	if (!up || up->epoch != agent->epoch) {
		up = ERR_PTR(-ESRCH);
		goto out;
	}
	hash_del(&up->node);
	up->claimed = true;
	refcount_inc(&up->ref);
out:
	spin_unlock(&agent->lock);
	return up;
}

static int agent_notify(struct notifier_block *nb, unsigned long event,
			void *data)
{
	struct netlink_notify *n = data;

	if (event == NETLINK_URELEASE && n->protocol == NETLINK_GENERIC)
		agent_gone(unc_agent_of(n->net), n->portid);
	return NOTIFY_DONE;
}

static struct notifier_block agent_notifier = {
	.notifier_call = agent_notify,
};

static int __net_init unc_agent_net_init(struct net *net)
{
	struct unc_agent *agent = unc_agent_of(net);

	agent->net = net;
	spin_lock_init(&agent->lock);
	init_waitqueue_head(&agent->idle);
	hash_init(agent->upcalls);
	return 0;
}

static bool agent_idle(struct unc_agent *agent)
{
	bool idle;

	spin_lock(&agent->lock);
	idle = !agent->waiting;
	spin_unlock(&agent->lock);
	return idle;
}

/*
 * Askers pin the namespace, so nobody should wait here.  If somebody does, it
 * has to be out before the memory goes; it is awake and sleeps no more.
 */
static void __net_exit unc_agent_net_exit(struct net *net)
{
	struct unc_agent *agent = unc_agent_of(net);
	struct sock *sk = NULL;

	spin_lock(&agent->lock);
	agent->closing = true;
	swap(sk, agent->sk);
	agent_wake_all(agent);
	spin_unlock(&agent->lock);
	if (sk)
		sock_put(sk);
	wait_event(agent->idle, agent_idle(agent));
}

static struct pernet_operations unc_agent_net_ops = {
	.init	= unc_agent_net_init,
	.exit	= unc_agent_net_exit,
	.id	= &unc_agent_net_id,
	.size	= sizeof(struct unc_agent),
};

/**
 * unc_agent_init - make places in all network namespaces
 *
 * Return: 0 or -errno.
 */
int unc_agent_init(void)
{
	int err = register_pernet_subsys(&unc_agent_net_ops);

	if (err)
		return err;
	err = netlink_register_notifier(&agent_notifier);
	if (err)
		unregister_pernet_subsys(&unc_agent_net_ops);
	return err;
}

/**
 * unc_agent_exit - undo unc_agent_init(); the family is closed before
 */
void unc_agent_exit(void)
{
	netlink_unregister_notifier(&agent_notifier);
	unregister_pernet_subsys(&unc_agent_net_ops);
}
