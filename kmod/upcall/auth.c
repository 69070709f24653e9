// SPDX-License-Identifier: GPL-2.0-only
/*
 * UNC_KIND_AUTH: one leg of an authentication, and UNC_KIND_AUTH_END.
 *
 * The agent keeps the state of an exchange between its legs; so a later leg
 * is lost with the agent that had the first one, and the caller starts again.
 */
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/netlink.h>
#include "credential.h"
#include "genl.h"
#include "request.h"
#include "upcall.h"

/* A Kerberos library tries its KDCs for a while, over UDP and then TCP. */
#define AUTH_TIMEOUT_MS		30000

static bool leg_has_secret(const struct unc_auth_leg *leg)
{
	return leg->first && leg->key;
}

static size_t auth_room(const void *args)
{
	const struct unc_auth_leg *leg = args;

	return nla_total_size_64bit(sizeof(u64)) +
	       nla_total_size(strlen(leg->host) + 1) +
	       nla_total_size(sizeof(u32)) +
	       nla_total_size(leg->token_len) +
	       (leg_has_secret(leg) ? unc_credential_room(leg->key) : 0);
}

static int auth_encode(struct sk_buff *skb, const void *args)
{
	const struct unc_auth_leg *leg = args;
	int err;

	err = nla_put_u64_64bit(skb, UNC_A_EXCHANGE, leg->exchange,
				UNC_A_PAD) ?:
	      nla_put_string(skb, UNC_A_HOST, leg->host) ?:
	      nla_put_u32(skb, UNC_A_SEC, leg->sec) ?:
	      nla_put(skb, UNC_A_TOKEN, leg->token_len, leg->token);
	if (!err && leg_has_secret(leg))
		err = unc_credential_put(skb, leg->key);
	return err;
}

/* These names are shown to people: no control characters in them. */
static void take_name(char *to, const struct nlattr *attr, size_t size)
{
	nla_strscpy(to, attr, size);
	for (; *to; to++)
		if (*to < 0x20 || *to == 0x7f)
			*to = '?';
}

static int auth_decode_done(struct unc_auth_reply *reply,
			    struct nlattr **attrs)
{
	const struct nlattr *key = attrs[UNC_A_SESSION_KEY];

	if (!key || !attrs[UNC_A_MECH] || !attrs[UNC_A_PRINCIPAL])
		return -EBADMSG;
	if (nla_len(key) < 16 || nla_len(key) > sizeof(reply->key))
		return -EBADMSG;
	reply->done = true;
	reply->key_len = nla_len(key);
	memcpy(reply->key, nla_data(key), reply->key_len);
	take_name(reply->principal, attrs[UNC_A_PRINCIPAL],
		  sizeof(reply->principal));
	if (attrs[UNC_A_LIFETIME])
		reply->lifetime = nla_get_u32(attrs[UNC_A_LIFETIME]);
	return 0;
}

static int auth_decode(void *answer, struct nlattr **attrs)
{
	const struct nlattr *token = attrs[UNC_A_TOKEN];
	struct unc_auth_reply *reply = answer;
	int err;

	if (attrs[UNC_A_DONE]) {
		err = auth_decode_done(reply, attrs);
		if (err)
			return err;
	} else if (attrs[UNC_A_SESSION_KEY] || attrs[UNC_A_PRINCIPAL] ||
		   attrs[UNC_A_LIFETIME]) {
		return -EBADMSG;
	}
	if (attrs[UNC_A_MECH])
		take_name(reply->mech, attrs[UNC_A_MECH], sizeof(reply->mech));
	if (!token || !nla_len(token))
		return 0;
	if (nla_len(token) > UNC_TOKEN_MAX)
		return -EBADMSG;
	reply->token = kvmemdup(nla_data(token), nla_len(token), GFP_KERNEL);
	if (!reply->token)
		return -ENOMEM;
	reply->token_len = nla_len(token);
	return 0;
}

static void auth_clear(void *answer)
{
	unc_auth_reply_clear(answer);
}

const struct unc_upcall_kind unc_auth_kind = {
	.kind		= UNC_KIND_AUTH,
	.stage		= UNC_STAGE_MECHANISM,
	.timeout_ms	= AUTH_TIMEOUT_MS,
	.attrs		= BIT_ULL(UNC_A_TOKEN) | BIT_ULL(UNC_A_DONE) |
			  BIT_ULL(UNC_A_SESSION_KEY) | BIT_ULL(UNC_A_MECH) |
			  BIT_ULL(UNC_A_PRINCIPAL) | BIT_ULL(UNC_A_LIFETIME),
	.answer_size	= sizeof(struct unc_auth_reply),
	.room		= auth_room,
	.encode		= auth_encode,
	.decode		= auth_decode,
	.clear		= auth_clear,
};

static size_t end_room(const void *args)
{
	return nla_total_size_64bit(sizeof(u64));
}

static int end_encode(struct sk_buff *skb, const void *args)
{
	const u64 *exchange = args;

	return nla_put_u64_64bit(skb, UNC_A_EXCHANGE, *exchange, UNC_A_PAD);
}

/* Only told, never answered. */
static const struct unc_upcall_kind end_kind = {
	.kind		= UNC_KIND_AUTH_END,
	.stage		= UNC_STAGE_MECHANISM,
	.room		= end_room,
	.encode		= end_encode,
};

/**
 * unc_upcall_exchange - name a new authentication
 *
 * Return: a random number, not 0.  Any context.
 */
u64 unc_upcall_exchange(void)
{
	u64 exchange;

	do {
		exchange = get_random_u64();
	} while (!exchange);
	return exchange;
}

static int leg_check(const struct unc_auth_leg *leg, struct unc_failure *why)
{
	size_t len = strnlen(leg->host, UNC_HOST_MAX + 1);

	if (!len || len > UNC_HOST_MAX) {
		unc_failure_set(why, UNC_STAGE_MECHANISM, "bad host name");
		return len ? -ENAMETOOLONG : -EINVAL;
	}
	if (leg->token_len > UNC_TOKEN_MAX) {
		unc_failure_set(why, UNC_STAGE_MECHANISM,
				"the server's token has %u bytes, more than %u",
				leg->token_len, UNC_TOKEN_MAX);
		return -EMSGSIZE;
	}
	if (!uid_valid(leg->uid))
		return -EINVAL;
	return 0;
}

/**
 * unc_upcall_auth - have the agent do one leg of an authentication
 * @net: network namespace; the caller holds a reference to it
 * @leg: the leg; stays the caller's
 * @reply: filled on success, to be cleared by unc_auth_reply_clear(); empty
 *	otherwise
 * @why: filled when it fails; or NULL
 *
 * The legs of one exchange are asked one after the other, and it ends by
 * unc_upcall_auth_end(), whatever came of them.
 *
 * Context: process; sleeps, killable and freezable, at most 30 s.
 * Return: 0; -ESTALE if the agent that had the earlier legs is gone: start
 * again with a new exchange; -EKEYREVOKED or -EKEYEXPIRED if @leg->key may
 * not be used any more; -errno as of unc_upcall_ask().
 */
int unc_upcall_auth(struct net *net, const struct unc_auth_leg *leg,
		    struct unc_auth_reply *reply, struct unc_failure *why)
{
	const struct unc_question question = {
		.kind	= &unc_auth_kind,
		.args	= leg,
		.uid	= leg->uid,
		.sticky	= !leg->first,
		.secret	= leg_has_secret(leg),
	};
	struct unc_auth_reply *answer;
	struct unc_upcall *up;
	int err;

	memset(reply, 0, sizeof(*reply));
	err = leg_check(leg, why);
	if (err)
		return err;
	up = unc_upcall_ask(net, &question, why);
	if (IS_ERR(up))
		return PTR_ERR(up);
	answer = (void *)up->answer;
	*reply = *answer;
	answer->token = NULL;	/* moved */
	answer->token_len = 0;
	unc_upcall_put(up);
	return 0;
}

/**
 * unc_upcall_auth_end - tell the agent that an exchange is over
 * @net: network namespace; the caller holds a reference to it
 * @exchange: from unc_upcall_exchange()
 *
 * Context: process; may sleep for memory, does not wait for the agent.
 */
void unc_upcall_auth_end(struct net *net, u64 exchange)
{
	const struct unc_question question = {
		.kind	= &end_kind,
		.args	= &exchange,
	};

	unc_upcall_tell(net, &question);
}

/**
 * unc_auth_reply_clear - free and zero what a reply holds
 * @reply: the reply; may be empty; the memory stays the caller's
 *
 * Context: may sleep.
 */
void unc_auth_reply_clear(struct unc_auth_reply *reply)
{
	kvfree_sensitive(reply->token, reply->token_len);
	memzero_explicit(reply, sizeof(*reply));
}
