/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The agent's place in a network namespace, and the upcalls that wait there.
 */
#ifndef _UNC_UPCALL_AGENT_H
#define _UNC_UPCALL_AGENT_H

#include <linux/hashtable.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

struct net;
struct sk_buff;
struct sock;
struct unc_upcall;

#define UNC_AGENT_HASH_BITS	8
#define UNC_AGENT_UPCALLS_MAX	4096	/* waiting at once */
#define UNC_AGENT_UPCALLS_UID	512	/* of them, on behalf of one user */

/**
 * struct unc_agent - who answers in a network namespace, and who waits
 * @net: the namespace, which this is a part of
 * @idle: woken when the last waiter leaves while @closing
 * @lock: protects the next 6 fields, and in each hashed &struct unc_upcall
 *	those that it lists; taken in process context only, holds inside it
 *	only the locks of wait queues
 * @sk: the agent's socket (pinned), NULL while there is no agent
 * @portid: its port
 * @epoch: counts agents, so that two with the same port are told apart
 * @closing: T once the namespace, or the module, goes
 * @waiting: upcalls added and not left yet
 * @upcalls: unanswered upcalls by cookie, no references.  A hash table,
 *	because cookies are random over 64 bits: a tree of that depth would
 *	allocate a chain of nodes for each of them
 */
struct unc_agent {
	struct net		*net;
	wait_queue_head_t	idle;
	spinlock_t		lock;	/* protects the next 6 fields */
	struct sock		*sk;
	u32			portid;
	u64			epoch;
	bool			closing;
	unsigned int		waiting;
	DECLARE_HASHTABLE(upcalls, UNC_AGENT_HASH_BITS);
};

struct unc_agent *unc_agent_of(struct net *net);
int unc_agent_hello(struct unc_agent *agent, struct sock *sk, u32 portid);
int unc_agent_add(struct unc_agent *agent, struct unc_upcall *up);
u32 unc_agent_leave(struct unc_agent *agent, struct unc_upcall *up);
int unc_agent_post(struct unc_agent *agent, struct unc_upcall *up,
		   struct sk_buff *skb);
int unc_agent_tell(struct unc_agent *agent, struct sk_buff *skb);
struct unc_upcall *unc_agent_claim(struct unc_agent *agent, struct sock *sk,
				   u64 cookie);
int unc_agent_init(void);
void unc_agent_exit(void);

#endif /* _UNC_UPCALL_AGENT_H */
