/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One upcall: a question to the agent, and its one answer.
 */
#ifndef _UNC_UPCALL_REQUEST_H
#define _UNC_UPCALL_REQUEST_H

#include <linux/refcount.h>
#include <linux/socket.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/wait.h>
#include "failure.h"

struct genl_info;
struct net;
struct nlattr;
struct sk_buff;
struct sock;
struct unc_agent;

/**
 * struct unc_upcall_kind - how questions of one kind are put and answered
 * @kind: number of the kind
 * @stage: stage of an error answer that names none
 * @timeout_ms: time for the answer, restarts of the agent included
 * @attrs: bit for each attribute that an answer without error may have,
 *	beside UNC_A_COOKIE and UNC_A_ERROR
 * @answer_size: bytes of the decoded answer
 * @room: bytes that encode() needs, for these arguments, now
 * @encode: append the question; 0 or -errno; secrets go last, so that no
 *	message with a secret fails to be made
 * @decode: take the attributes, valid by unc_answer_policy, into the zeroed
 *	answer; 0, -EBADMSG or -ENOMEM
 * @clear: free what a decoded answer points at and zero its secrets; NULL if
 *	there is nothing to do
 */
struct unc_upcall_kind {
	enum unc_kind	kind;
	enum unc_stage	stage;
	unsigned int	timeout_ms;
	u64		attrs;
	size_t		answer_size;
	size_t		(*room)(const void *args);
	int		(*encode)(struct sk_buff *skb, const void *args);
	int		(*decode)(void *answer, struct nlattr **attrs);
	void		(*clear)(void *answer);
};

/**
 * struct unc_question - what is asked; belongs to the asker, who waits
 * @kind: its kind
 * @args: for the functions of @kind
 * @uid: the user whose share of the waiting places it takes
 * @sticky: T if only the agent of this moment can answer (a later leg)
 * @secret: T if the encoded message holds a secret
 */
struct unc_question {
	const struct unc_upcall_kind	*kind;
	const void			*args;
	kuid_t				uid;
	bool				sticky;
	bool				secret;
};

/**
 * struct unc_upcall - one upcall
 * @ref: the asker has one, the handler of its answer another while it works
 * @agent: where it waits; the asker pins the namespace
 * @kind: of the question, static data
 * @uid: the user whose share of the waiting places it takes
 * @sticky: T if it is lost with the agent
 * @wait: the asker sleeps here
 * @secret: clone of the last message sent, if it holds a secret; the asker's
 * @node: in @agent->upcalls until claimed or left; this field and the next 5
 *	are under @agent->lock
 * @cookie: its name; constant once it is hashed
 * @bound: epoch of the agent it belongs to, if @sticky
 * @epoch: epoch of the agent it was sent to, 0 if not sent
 * @claimed: T once its answer came; then @error, @why and @answer belong to
 *	the handler of the answer
 * @answered: T once the handler is done; then they belong to the asker
 * @error: 0 or a negative errno
 * @why: what the agent said of @error
 * @answer: the decoded answer, kind->answer_size bytes
 */
struct unc_upcall {
	refcount_t			ref;
	struct unc_agent		*agent;
	const struct unc_upcall_kind	*kind;
	kuid_t				uid;
	bool				sticky;
	wait_queue_head_t		wait;
	struct sk_buff			*secret;
	struct hlist_node		node;
	u64				cookie;
	u64				bound;
	u64				epoch;
	bool				claimed;
	bool				answered;
	int				error;
	struct unc_failure		why;
	u8				answer[] __aligned(8);
};

struct unc_upcall *unc_upcall_ask(struct net *net,
				  const struct unc_question *question,
				  struct unc_failure *why);
void unc_upcall_tell(struct net *net, const struct unc_question *question);
int unc_upcall_answer(struct net *net, struct sock *sk,
		      struct nlattr **attrs);
int unc_upcall_decode(struct unc_upcall *up, struct nlattr **attrs);
struct unc_upcall *unc_upcall_new(const struct unc_question *question);
void unc_upcall_put(struct unc_upcall *up);

/**
 * struct unc_addresses - decoded answer to UNC_KIND_RESOLVE
 * @count: number of addresses, at least 1
 * @addrs: the addresses, best one first, port 0
 */
struct unc_addresses {
	unsigned int		count;
	struct sockaddr_storage	addrs[UNC_ADDRESSES_MAX];
};

/* resolve.c and auth.c; the latter is decoded to struct unc_auth_reply */
extern const struct unc_upcall_kind unc_resolve_kind;
extern const struct unc_upcall_kind unc_auth_kind;

#endif /* _UNC_UPCALL_REQUEST_H */
