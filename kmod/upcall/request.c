// SPDX-License-Identifier: GPL-2.0-only
/*
 * One upcall: sent to the agent of the moment, sent again to the next one if
 * that dies, answered once, or given up.
 *
 * The asker does all the sending, in its own context: what it asks is on its
 * stack, and only it knows when to stop.  Agents coming and going wake it.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include "agent.h"
#include "genl.h"
#include "request.h"

/* How long a missing agent is waited for, so that a restart goes unnoticed. */
#define UPCALL_GRACE_MS		2000
/*
 * When to try again to send to an agent whose socket is full: soon at first,
 * then less often, or thousands waiting for a hung agent would keep the
 * processors busy.
 */
#define UPCALL_RETRY_MIN_MS	50
#define UPCALL_RETRY_MAX_MS	1000
/* From here on errno values are the kernel's own and mean nothing outside. */
#define UPCALL_ERRNO_PRIVATE	512

/* What an asker has to do next. */
enum upcall_step {
	STEP_ANSWERED,
	STEP_LOST,
	STEP_CLOSING,
	STEP_SEND,
	STEP_ABSENT,
	STEP_WAIT,
};

/**
 * unc_upcall_new - make an upcall
 * @question: what it will ask
 *
 * Context: may sleep.
 * Return: an upcall with one reference, or NULL.
 */
struct unc_upcall *unc_upcall_new(const struct unc_question *question)
{
	struct unc_upcall *up;

	up = kzalloc(struct_size(up, answer, question->kind->answer_size),
		     GFP_KERNEL);
	if (!up)
		return NULL;
	refcount_set(&up->ref, 1);
	init_waitqueue_head(&up->wait);
	INIT_HLIST_NODE(&up->node);
	up->kind = question->kind;
	up->uid = question->uid;
	up->sticky = question->sticky;
	return up;
}

/**
 * unc_upcall_put - drop a reference
 * @up: the upcall; the last one frees it and its answer
 *
 * Context: may sleep.
 */
void unc_upcall_put(struct unc_upcall *up)
{
	if (!refcount_dec_and_test(&up->ref))
		return;
	if (up->kind->clear)
		up->kind->clear(up->answer);
	kfree_sensitive(up);
}

static enum upcall_step upcall_step(struct unc_upcall *up)
{
	struct unc_agent *agent = up->agent;

	lockdep_assert_held(&agent->lock);
	if (up->answered)
		return STEP_ANSWERED;
	if (up->claimed)
		return STEP_WAIT;
	if (agent->closing)
		return STEP_CLOSING;
	if (up->sticky && (!agent->sk || agent->epoch != up->bound))
		return STEP_LOST;
	if (!agent->sk)
		return STEP_ABSENT;
	return up->epoch == agent->epoch ? STEP_WAIT : STEP_SEND;
}

static enum upcall_step upcall_look(struct unc_upcall *up)
{
	enum upcall_step step;

	spin_lock(&up->agent->lock);
	step = upcall_step(up);
	spin_unlock(&up->agent->lock);
	return step;
}

/*
 * Sleep until there is something else to do than @step, or until @until.
 * Returns 0 or -EINTR.  Askers may hold mutexes (a session's set-up) and may
 * be frozen with them: whoever wants those can be frozen as well.
 */
static int upcall_sleep(struct unc_upcall *up, enum upcall_step step,
			unsigned long until)
{
	long left = until - jiffies;

	if (left <= 0)
		return 0;
	left = ___wait_event(up->wait,
			     ___wait_cond_timeout(upcall_look(up) != step),
			     (TASK_KILLABLE | TASK_FREEZABLE_UNSAFE), 0, left,
			     __ret = schedule_timeout(__ret));
	return left < 0 ? -EINTR : 0;
}

/*
 * What a message with a secret looked like must not stay in freed memory.
 * The clone shares the bytes with what the agent receives; once that is
 * freed, they are ours alone and can be zeroed.  If the agent has not read it
 * by then (it hangs, we were killed), its reading it will free the bytes as
 * they are: zeroing them under its eyes could make it try a wrong password.
 */
static void upcall_wipe(struct unc_upcall *up)
{
	struct sk_buff *skb = up->secret;

	if (!skb)
		return;
	if (!skb_cloned(skb))
		memzero_explicit(skb->data, skb_headlen(skb));
	up->secret = NULL;
	consume_skb(skb);
}

/*
 * Encode a question.  The buffer is as large as needed and not larger, so
 * that netlink does not move the message to a smaller one and frees the first
 * with the secret in it.
 */
static struct sk_buff *question_encode(const struct unc_question *question,
				       u64 cookie, unsigned int left_ms)
{
	size_t room = nla_total_size_64bit(sizeof(u64)) +
		      3 * nla_total_size(sizeof(u32)) +
		      question->kind->room(question->args);
	struct sk_buff *skb;
	void *hdr;
	int err;

	skb = unc_genl_new(UNC_CMD_REQUEST, room, &hdr);
	if (!skb)
		return ERR_PTR(-ENOMEM);
	err = nla_put_u64_64bit(skb, UNC_A_COOKIE, cookie, UNC_A_PAD) ?:
	      nla_put_u32(skb, UNC_A_KIND, question->kind->kind) ?:
	      nla_put_u32(skb, UNC_A_DEADLINE_MS, left_ms) ?:
	      nla_put_u32(skb, UNC_A_UID,
			  from_kuid(&init_user_ns, question->uid)) ?:
	      question->kind->encode(skb, question->args);
	if (err) {
		nlmsg_free(skb);
		return ERR_PTR(err);
	}
	genlmsg_end(skb, hdr);
	return skb;
}

/* Returns 0, -EAGAIN if it should be tried again soon, or -errno. */
static int upcall_send(struct unc_upcall *up,
		       const struct unc_question *question,
		       unsigned long deadline)
{
	long left = deadline - jiffies;
	struct sk_buff *skb;

	skb = question_encode(question, up->cookie,
			      left > 0 ? jiffies_to_msecs(left) : 1);
	/* -EMSGSIZE: the credential was made longer in between */
	if (IS_ERR(skb))
		return skb == ERR_PTR(-EMSGSIZE) ? -EAGAIN : PTR_ERR(skb);
	if (question->secret) {
		upcall_wipe(up);
		up->secret = skb_clone(skb, GFP_KERNEL);
	}
	return unc_agent_post(up->agent, up, skb);
}

static unsigned long sooner(unsigned long a, unsigned long b)
{
	return time_before(a, b) ? a : b;
}

/*
 * See an added upcall through.  Returns 0 once it was answered; -ENETDOWN,
 * -ESTALE, -ETIMEDOUT, -EUNATCH, -EINTR, or why it could not be sent.
 */
static int upcall_await(struct unc_upcall *up,
			const struct unc_question *question)
{
	unsigned long deadline = jiffies +
				 msecs_to_jiffies(question->kind->timeout_ms);
	unsigned int retry_ms = UPCALL_RETRY_MIN_MS;
	unsigned long until, grace = deadline;
	enum upcall_step step, last = STEP_WAIT;
	int err = 0;

	for (; !err; last = step) {
		step = upcall_look(up);
		until = deadline;
		switch (step) {
		case STEP_ANSWERED:
			return 0;
		case STEP_LOST:
			return -ESTALE;
		case STEP_CLOSING:
			return -ENETDOWN;
		case STEP_SEND:
			err = upcall_send(up, question, deadline);
			if (!err)
				continue;
			if (err != -EAGAIN)
				return err;
			until = jiffies + msecs_to_jiffies(retry_ms);
			retry_ms = min(2 * retry_ms, UPCALL_RETRY_MAX_MS);
			break;
		case STEP_ABSENT:
			if (last != STEP_ABSENT)
				grace = jiffies +
					msecs_to_jiffies(UPCALL_GRACE_MS);
			if (time_after_eq(jiffies, grace))
				return -EUNATCH;
			until = grace;
			break;
		case STEP_WAIT:
			break;
		}
		if (time_after_eq(jiffies, deadline))
			return -ETIMEDOUT;
		err = upcall_sleep(up, step, sooner(until, deadline));
	}
	return err;
}

/* Tell the agent that an answer is no longer wanted; if it fails, no harm. */
static void upcall_cancel(struct unc_upcall *up, u32 portid)
{
	struct sk_buff *skb;
	void *hdr;

	skb = unc_genl_new(UNC_CMD_CANCEL, nla_total_size_64bit(sizeof(u64)),
			   &hdr);
	if (!skb)
		return;
	if (nla_put_u64_64bit(skb, UNC_A_COOKIE, up->cookie, UNC_A_PAD)) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_unicast(up->agent->net, skb, portid);
}

/* Put into words why there is no answer. */
static void upcall_explain(const struct unc_question *question, int err,
			   struct unc_failure *why)
{
	const char *text = "the question to the agent (uncd) failed";

	switch (err) {
	case -EUNATCH:
		text = "no agent (uncd) runs in this network namespace";
		break;
	case -ESTALE:
		text = "the agent (uncd) ended during the authentication";
		break;
	case -EBUSY:
		text = "too many requests wait for the agent (uncd)";
		break;
	case -ENETDOWN:
		text = "the network namespace is going away";
		break;
	case -EINTR:
		text = "interrupted while the agent (uncd) was at work";
		break;
	case -EKEYREVOKED:
		text = "the key with the credential was revoked";
		break;
	case -EKEYEXPIRED:
		text = "the key with the credential has expired";
		break;
	case -ETIMEDOUT:
		unc_failure_set(why, UNC_STAGE_AGENT,
				"the agent (uncd) did not answer within %u seconds",
				question->kind->timeout_ms / 1000);
		return;
	}
	unc_failure_set(why, UNC_STAGE_AGENT, "%s", text);
}

/**
 * unc_upcall_ask - ask the agent and wait for the answer
 * @net: network namespace; the caller holds a reference to it
 * @question: what to ask
 * @why: filled when it fails; or NULL
 *
 * If no agent is there, one is waited for a moment.  If the agent dies, the
 * next one is asked, unless the question is sticky.  The wait is killable and
 * freezable and ends by the kind's timeout.
 *
 * Context: process; sleeps.
 * Return: the upcall, with a decoded answer, to be put by the caller; or
 * ERR_PTR: -EUNATCH no agent, -ETIMEDOUT no answer in time, -ESTALE the agent
 * that knew of it is gone, -EBUSY too many wait, -ENETDOWN @net goes away,
 * -EBADMSG the answer made no sense, -EINTR killed, -ENOMEM, -EKEYREVOKED,
 * -EKEYEXPIRED, or what the agent answered.
 */
struct unc_upcall *unc_upcall_ask(struct net *net,
				  const struct unc_question *question,
				  struct unc_failure *why)
{
	struct unc_upcall *up = unc_upcall_new(question);
	u32 portid;
	int err;

	if (!up)
		return ERR_PTR(-ENOMEM);
	up->agent = unc_agent_of(net);
	err = unc_agent_add(up->agent, up);
	if (!err) {
		err = upcall_await(up, question);
		portid = unc_agent_leave(up->agent, up);
		if (portid)
			upcall_cancel(up, portid);
	}
	upcall_wipe(up);
	if (err) {
		upcall_explain(question, err, why);
	} else if (up->error) {
		err = up->error;
		if (why)
			*why = up->why;
	}
	if (err) {
		unc_upcall_put(up);
		return ERR_PTR(err);
	}
	return up;
}

/**
 * unc_upcall_tell - tell the agent something, without awaiting an answer
 * @net: network namespace; the caller holds a reference to it
 * @question: what to say; without secrets
 *
 * Lost if there is no agent or it is too busy.
 *
 * Context: process; may sleep.
 */
void unc_upcall_tell(struct net *net, const struct unc_question *question)
{
	struct sk_buff *skb = question_encode(question, 0, 0);

	if (!IS_ERR(skb))
		unc_agent_tell(unc_agent_of(net), skb);
}

/* Text for logs and terminals: nothing in it may act on them. */
static void make_printable(char *text)
{
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7e)
			*text = '?';
}

/* The agent says no; keep all that it says about it. */
static void upcall_refused(struct unc_upcall *up, struct nlattr **attrs)
{
	struct unc_failure *why = &up->why;

	up->error = nla_get_s32(attrs[UNC_A_ERROR]);
	if (up->error <= -UPCALL_ERRNO_PRIVATE)
		up->error = -EIO;
	if (attrs[UNC_A_STAGE])
		why->stage = nla_get_u32(attrs[UNC_A_STAGE]);
	if (why->stage == UNC_STAGE_NONE)
		why->stage = up->kind->stage;
	if (attrs[UNC_A_GSS_MAJOR])
		why->gss_major = nla_get_u32(attrs[UNC_A_GSS_MAJOR]);
	if (attrs[UNC_A_GSS_MINOR])
		why->gss_minor = nla_get_u32(attrs[UNC_A_GSS_MINOR]);
	if (attrs[UNC_A_MESSAGE]) {
		nla_strscpy(why->message, attrs[UNC_A_MESSAGE],
			    sizeof(why->message));
		make_printable(why->message);
	}
}

static u64 attrs_present(struct nlattr **attrs)
{
	u64 present = 0;
	int type;

	for (type = 1; type <= UNC_ANSWER_ATTR_MAX; type++)
		if (attrs[type])
			present |= BIT_ULL(type);
	return present;
}

/**
 * unc_upcall_decode - take an answer into a claimed upcall
 * @up: the upcall
 * @attrs: the answer's attributes by type, valid by unc_answer_policy, with
 *	UNC_A_COOKIE and UNC_A_ERROR
 *
 * Sets @up->error and what belongs to it.
 *
 * Context: may sleep.
 * Return: 0; -EBADMSG if the attributes are not an answer to what was asked;
 * -ENOMEM.
 */
int unc_upcall_decode(struct unc_upcall *up, struct nlattr **attrs)
{
	static const u64 always = BIT_ULL(UNC_A_COOKIE) |
				  BIT_ULL(UNC_A_ERROR);
	static const u64 refusal = BIT_ULL(UNC_A_STAGE) |
				   BIT_ULL(UNC_A_MESSAGE) |
				   BIT_ULL(UNC_A_GSS_MAJOR) |
				   BIT_ULL(UNC_A_GSS_MINOR);
	bool refused = nla_get_s32(attrs[UNC_A_ERROR]);
	u64 allowed = always | (refused ? refusal : up->kind->attrs);
	int err = 0;

	if (attrs_present(attrs) & ~allowed)
		err = -EBADMSG;
	else if (refused)
		upcall_refused(up, attrs);
	else
		err = up->kind->decode(up->answer, attrs);
	if (err) {
		up->error = err;
		unc_failure_set(&up->why, UNC_STAGE_AGENT, "%s",
				err == -EBADMSG ?
				"the agent (uncd) gave an answer that makes no sense" :
				"no memory for the answer of the agent (uncd)");
	}
	return err;
}

/**
 * unc_upcall_answer - handle an answer
 * @net: network namespace that it came from
 * @sk: socket that it came from
 * @attrs: its attributes, as for unc_upcall_decode()
 *
 * An answer that makes no sense ends the upcall all the same: its asker gets
 * an error at once instead of after its deadline.
 *
 * Context: process; may sleep.
 * Return: 0; -EPERM if @sk is not the agent's; -ESRCH if nobody waits for it;
 * -EBADMSG; -ENOMEM.
 */
int unc_upcall_answer(struct net *net, struct sock *sk, struct nlattr **attrs)
{
	struct unc_agent *agent = unc_agent_of(net);
	struct unc_upcall *up;
	int err;

	up = unc_agent_claim(agent, sk, nla_get_u64(attrs[UNC_A_COOKIE]));
	if (IS_ERR(up))
		return PTR_ERR(up);
	err = unc_upcall_decode(up, attrs);

	spin_lock(&agent->lock);
	up->answered = true;
	wake_up(&up->wait);
	spin_unlock(&agent->lock);
	unc_upcall_put(up);
	return err;
}
