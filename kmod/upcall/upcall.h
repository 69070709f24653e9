/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel asks its agent (uncd), one request and one answer at a time.
 *
 * Every call here may sleep, is killable and freezable, has a deadline, and
 * is answered by the agent of @net only.
 */
#ifndef _UNC_UPCALL_H
#define _UNC_UPCALL_H

#include <linux/socket.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include "failure.h"

struct key;
struct net;
struct sk_buff;
struct netlink_callback;

/**
 * struct unc_auth_leg - one leg of an authentication, as asked
 * @exchange: ties the legs together; from unc_upcall_exchange()
 * @host: server name as the user wrote it, without domain rewriting
 * @uid: on whose behalf
 * @sec: policy of the mount
 * @key: credential of type "uncfs", or NULL; only looked at if @first
 * @first: T in the first leg
 * @token: what the server sent (the NEGOTIATE hint in the first leg)
 * @token_len: its length in bytes, may be 0
 */
struct unc_auth_leg {
	u64		exchange;
	const char	*host;
	kuid_t		uid;
	enum unc_sec	sec;
	struct key	*key;
	bool		first;
	const u8	*token;
	u32		token_len;
};

/**
 * struct unc_auth_reply - what the agent answered to one leg
 * @token: to be sent to the server; kvmalloc'ed, NULL if empty
 * @token_len: its length in bytes
 * @done: T if the agent's side is complete
 * @key: session key, valid if @done
 * @key_len: its length in bytes, 16 to UNC_SESSION_KEY_MAX
 * @mech: name of the mechanism that made @token, empty if it is not known
 * @principal: who we are for the server, valid if @done
 * @lifetime: seconds until the server wants to be told again, 0 for never
 *
 * Freed, and the key zeroed, by unc_auth_reply_clear().
 */
struct unc_auth_reply {
	u8	*token;
	u32	token_len;
	bool	done;
	u8	key[UNC_SESSION_KEY_MAX];
	u32	key_len;
	char	mech[32];
	char	principal[UNC_USER_MAX + UNC_DOMAIN_MAX + 2];
	u32	lifetime;
};

/* resolve.c */
int unc_upcall_resolve(struct net *net, const char *host,
		       struct sockaddr_storage *addrs, unsigned int max,
		       struct unc_failure *why);

/* auth.c */
u64 unc_upcall_exchange(void);
int unc_upcall_auth(struct net *net, const struct unc_auth_leg *leg,
		    struct unc_auth_reply *reply, struct unc_failure *why);
void unc_upcall_auth_end(struct net *net, u64 exchange);
void unc_auth_reply_clear(struct unc_auth_reply *reply);

/* credential.c: the key type "uncfs" */
struct key *unc_credential_find(struct net *net, const char *host, s32 serial);
bool unc_credential_equal(struct key *a, struct key *b);
int unc_credential_user(struct key *key, char *user, size_t user_len,
			char *domain, size_t domain_len);
int unc_credential_init(void);
void unc_credential_exit(void);

/*
 * genl.c: the family.  Objects are shown by whoever owns them: conn/ gives
 * its dump function at init, so that nothing here looks upward.
 */
typedef int (*unc_status_dump_t)(struct sk_buff *skb,
				 struct netlink_callback *cb);
int unc_upcall_init(unc_status_dump_t dump);
void unc_upcall_exit(void);
void *unc_upcall_status_begin(struct sk_buff *skb, struct netlink_callback *cb);

#endif /* _UNC_UPCALL_H */
