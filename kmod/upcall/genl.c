// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic netlink family "uncfs": what user space may say to the module,
 * and who may say it.  kmod/uapi/uncfs.h is its description.
 */
#include <linux/module.h>
#include <linux/socket.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include "agent.h"
#include "genl.h"
#include "request.h"
#include "upcall.h"

static struct genl_family unc_genl_family;
static unc_status_dump_t unc_status_dump;

static const struct nla_policy hello_policy[UNC_A_VERSION + 1] = {
	[UNC_A_VERSION]		= { .type = NLA_U32 },
};

/* A struct sockaddr_in or a struct sockaddr_in6; which one, decode() sees. */
static const struct nla_policy address_policy[UNC_A_ADDRESS + 1] = {
	[UNC_A_ADDRESS]		= NLA_POLICY_RANGE(NLA_BINARY, 16, 28),
};

/*
 * The buffers for @mech and @principal in struct unc_auth_reply hold these
 * lengths and a NUL.
 */
const struct nla_policy unc_answer_policy[UNC_ANSWER_ATTR_MAX + 1] = {
	[UNC_A_COOKIE]		= NLA_POLICY_MIN(NLA_U64, 1),
	[UNC_A_ERROR]		= NLA_POLICY_RANGE(NLA_S32, -MAX_ERRNO, 0),
	[UNC_A_STAGE]		= NLA_POLICY_MAX(NLA_U32, UNC_STAGE_ROOT),
	[UNC_A_MESSAGE]		= { .type = NLA_NUL_STRING,
				    .len = UNC_MESSAGE_MAX },
	[UNC_A_GSS_MAJOR]	= { .type = NLA_U32 },
	[UNC_A_GSS_MINOR]	= { .type = NLA_U32 },
	[UNC_A_ADDRESSES]	= NLA_POLICY_NESTED(address_policy),
	[UNC_A_TOKEN]		= { .type = NLA_BINARY, .len = UNC_TOKEN_MAX },
	[UNC_A_DONE]		= { .type = NLA_FLAG },
	[UNC_A_SESSION_KEY]	= NLA_POLICY_RANGE(NLA_BINARY, 16,
						   UNC_SESSION_KEY_MAX),
	[UNC_A_MECH]		= { .type = NLA_NUL_STRING, .len = 31 },
	[UNC_A_PRINCIPAL]	= { .type = NLA_NUL_STRING,
				    .len = UNC_USER_MAX + UNC_DOMAIN_MAX + 1 },
	[UNC_A_LIFETIME]	= { .type = NLA_U32 },
};

static int cmd_hello(struct sk_buff *skb, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, UNC_A_VERSION))
		return -EINVAL;
	if (nla_get_u32(info->attrs[UNC_A_VERSION]) != UNC_GENL_VERSION) {
		GENL_SET_ERR_MSG(info, "agent and module differ in version");
		return -EPROTONOSUPPORT;
	}
	return unc_agent_hello(unc_agent_of(genl_info_net(info)),
			       NETLINK_CB(skb).sk, info->snd_portid);
}

static void answer_say(struct genl_info *info, int err)
{
	switch (err) {
	case -EPERM:
		GENL_SET_ERR_MSG(info, "only the agent may answer");
		break;
	case -ESRCH:
		GENL_SET_ERR_MSG(info, "nobody waits for this answer");
		break;
	case -EBADMSG:
		GENL_SET_ERR_MSG(info, "not an answer to this request");
		break;
	}
}

/*
 * No capability is asked for: an agent may drop its privileges after HELLO.
 * It is known by its socket.
 */
static int cmd_answer(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *key = info->attrs[UNC_A_SESSION_KEY];
	int err;

	if (GENL_REQ_ATTR_CHECK(info, UNC_A_COOKIE) ||
	    GENL_REQ_ATTR_CHECK(info, UNC_A_ERROR))
		err = -EINVAL;
	else
		err = unc_upcall_answer(genl_info_net(info),
					NETLINK_CB(skb).sk, info->attrs);
	/* The message is freed without being zeroed: the key must not stay. */
	if (key)
		memzero_explicit(nla_data(key), nla_len(key));
	answer_say(info, err);
	return err;
}

static int cmd_status(struct sk_buff *skb, struct netlink_callback *cb)
{
	return unc_status_dump ? unc_status_dump(skb, cb) : 0;
}

static const struct genl_split_ops unc_genl_ops[] = {
	{
		.cmd		= UNC_CMD_HELLO,
		.doit		= cmd_hello,
		.policy		= hello_policy,
		.maxattr	= UNC_A_VERSION,
		/*
		 * Mounts are made by the machine's root, also within a network
		 * namespace that a container's root owns: their passwords are
		 * not for an agent of the latter.
		 */
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= UNC_CMD_ANSWER,
		.doit		= cmd_answer,
		.policy		= unc_answer_policy,
		.maxattr	= UNC_ANSWER_ATTR_MAX,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= UNC_CMD_STATUS,
		.dumpit		= cmd_status,
		.flags		= GENL_UNS_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
};

static struct genl_family unc_genl_family __ro_after_init = {
	.name		= UNC_GENL_NAME,
	.version	= UNC_GENL_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.split_ops	= unc_genl_ops,
	.n_split_ops	= ARRAY_SIZE(unc_genl_ops),
};

/**
 * unc_genl_new - make a message of the family to its agent
 * @cmd: command
 * @room: bytes that its attributes need
 * @hdr: where to put what genlmsg_end() wants
 *
 * Context: may sleep.
 * Return: the message, owned by the caller; or NULL.
 */
struct sk_buff *unc_genl_new(enum unc_cmd cmd, size_t room, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(room, GFP_KERNEL);

	if (!skb)
		return NULL;
	*hdr = genlmsg_put(skb, 0, 0, &unc_genl_family, 0, cmd);
	if (!*hdr) {
		nlmsg_free(skb);
		return NULL;
	}
	return skb;
}

/**
 * unc_upcall_status_begin - start the message of one object of a dump
 * @skb: the dump's buffer
 * @cb: the dump
 *
 * Context: the dump function given to unc_upcall_init().
 * Return: what genlmsg_end() and genlmsg_cancel() want; NULL if @skb is full.
 */
void *unc_upcall_status_begin(struct sk_buff *skb, struct netlink_callback *cb)
{
	return genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			   &unc_genl_family, NLM_F_MULTI, UNC_CMD_STATUS);
}

/**
 * unc_upcall_init - open the family
 * @dump: called for each round of a UNC_CMD_STATUS dump, several at a time;
 *	returns as a netlink dump function does
 *
 * The last step of a module's init: from here on agents may say hello and
 * @dump may be called.
 *
 * Return: 0 or -errno.
 */
int unc_upcall_init(unc_status_dump_t dump)
{
	int err;

	BUILD_BUG_ON(sizeof(struct sockaddr_in) != 16);
	BUILD_BUG_ON(sizeof(struct sockaddr_in6) != 28);
	BUILD_BUG_ON(sizeof_field(struct unc_auth_reply, mech) < 32);
	BUILD_BUG_ON(sizeof_field(struct unc_auth_reply, principal) <
		     UNC_USER_MAX + UNC_DOMAIN_MAX + 2);

	err = unc_agent_init();
	if (err)
		return err;
	unc_status_dump = dump;
	err = genl_register_family(&unc_genl_family);
	if (err)
		unc_agent_exit();
	return err;
}

/**
 * unc_upcall_exit - close the family
 *
 * Nobody may ask any more.  Returns when no handler and no dump runs.
 */
void unc_upcall_exit(void)
{
	genl_unregister_family(&unc_genl_family);
	unc_agent_exit();
}
