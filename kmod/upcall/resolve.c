// SPDX-License-Identifier: GPL-2.0-only
/*
 * UNC_KIND_RESOLVE: a host name to its addresses.
 */
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/string.h>
#include <net/netlink.h>
#include "genl.h"
#include "request.h"
#include "upcall.h"

/* getaddrinfo() asks each DNS server for 5 s, twice, as resolv.conf has it. */
#define RESOLVE_TIMEOUT_MS	20000

static size_t resolve_room(const void *args)
{
	const char *host = args;

	return nla_total_size(strlen(host) + 1);
}

static int resolve_encode(struct sk_buff *skb, const void *args)
{
	return nla_put_string(skb, UNC_A_HOST, args);
}

/* The port is ours to choose, and the flow label is nobody's. */
static int address_decode(struct sockaddr_storage *addr,
			  const struct nlattr *attr)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)addr;
	struct sockaddr_in *in = (struct sockaddr_in *)addr;
	int len = nla_len(attr);

	if (nla_type(attr) != UNC_A_ADDRESS ||
	    len < sizeof(*in) || len > sizeof(*in6))
		return -EBADMSG;
	memcpy(addr, nla_data(attr), len);
	switch (addr->ss_family) {
	case AF_INET:
		if (len != sizeof(*in))
			return -EBADMSG;
		in->sin_port = 0;
		return 0;
	case AF_INET6:
		if (len != sizeof(*in6))
			return -EBADMSG;
		in6->sin6_port = 0;
		in6->sin6_flowinfo = 0;
		return 0;
	}
	return -EBADMSG;
}

static int resolve_decode(void *answer, struct nlattr **attrs)
{
	struct unc_addresses *found = answer;
	const struct nlattr *attr;
	int rest, err;

	if (!attrs[UNC_A_ADDRESSES])
		return -EBADMSG;
	nla_for_each_nested(attr, attrs[UNC_A_ADDRESSES], rest) {
		if (found->count == UNC_ADDRESSES_MAX)
			return -EBADMSG;
		err = address_decode(&found->addrs[found->count], attr);
		if (err)
			return err;
		found->count++;
	}
	return found->count ? 0 : -EBADMSG;
}

const struct unc_upcall_kind unc_resolve_kind = {
	.kind		= UNC_KIND_RESOLVE,
	.stage		= UNC_STAGE_RESOLVE,
	.timeout_ms	= RESOLVE_TIMEOUT_MS,
	.attrs		= BIT_ULL(UNC_A_ADDRESSES),
	.answer_size	= sizeof(struct unc_addresses),
	.room		= resolve_room,
	.encode		= resolve_encode,
	.decode		= resolve_decode,
};

/**
 * unc_upcall_resolve - ask the agent for the addresses of a host
 * @net: network namespace; the caller holds a reference to it
 * @host: name or numeric address, 1 to UNC_HOST_MAX bytes
 * @addrs: where to put the addresses, best one first, with port 0
 * @max: how many fit
 * @why: filled when it fails; or NULL
 *
 * Context: process; sleeps, killable and freezable, at most 20 s.
 * Return: number of addresses stored, at least 1; -EINVAL or -ENAMETOOLONG
 * for a bad @host; -errno as of unc_upcall_ask(), among it what the agent
 * says (-EHOSTUNREACH for a name that does not exist).
 */
int unc_upcall_resolve(struct net *net, const char *host,
		       struct sockaddr_storage *addrs, unsigned int max,
		       struct unc_failure *why)
{
	const struct unc_question question = {
		.kind	= &unc_resolve_kind,
		.args	= host,
		.uid	= current_fsuid(),
	};
	size_t len = strnlen(host, UNC_HOST_MAX + 1);
	const struct unc_addresses *found;
	struct unc_upcall *up;
	unsigned int count;

	if (!len || !max || len > UNC_HOST_MAX) {
		unc_failure_set(why, UNC_STAGE_RESOLVE, "bad host name");
		return len > UNC_HOST_MAX ? -ENAMETOOLONG : -EINVAL;
	}
	up = unc_upcall_ask(net, &question, why);
	if (IS_ERR(up))
		return PTR_ERR(up);
	found = (const void *)up->answer;
	count = min(found->count, max);
	memcpy(addrs, found->addrs, count * sizeof(*addrs));
	unc_upcall_put(up);
	return count;
}
