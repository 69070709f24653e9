// SPDX-License-Identifier: GPL-2.0-only
/*
 * The agent for a conversation: two legs, whatever the server says, and a key
 * of each user's own.
 */
#include "../../../kmod/upcall/upcall.h"
#include "talk.h"

u64 unc_upcall_exchange(void)
{
	return 1;
}

int unc_upcall_auth(struct net *net, const struct unc_auth_leg *leg,
		    struct unc_auth_reply *reply, struct unc_failure *why)
{
	u32 i, sum = 0;

	might_sleep();
	*reply = (struct unc_auth_reply){};
	for (i = 0; i < leg->token_len; i++)
		sum += leg->token[i];
	reply->token = kmemdup(&sum, sizeof(sum), GFP_KERNEL);
	if (!reply->token)
		return -ENOMEM;
	reply->token_len = sizeof(sum);
	reply->done = !leg->first;
	memset(reply->key, TALK_KEY(leg->uid), sizeof(reply->key));
	reply->key_len = 32;
	strscpy(reply->mech, "fuzz", sizeof(reply->mech));
	strscpy(reply->principal, "fuzz", sizeof(reply->principal));
	reply->lifetime = talk_config.lifetime;
	return 0;
}

void unc_upcall_auth_end(struct net *net, u64 exchange)
{
}

void unc_auth_reply_clear(struct unc_auth_reply *reply)
{
	free(reply->token);
	*reply = (struct unc_auth_reply){};
}

bool unc_credential_equal(struct key *a, struct key *b)
{
	return a == b;
}
