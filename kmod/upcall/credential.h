/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Credential keys, as the rest of upcall/ sees them.
 */
#ifndef _UNC_UPCALL_CREDENTIAL_H
#define _UNC_UPCALL_CREDENTIAL_H

#include <linux/types.h>

struct key;
struct sk_buff;

size_t unc_credential_room(struct key *key);
int unc_credential_put(struct sk_buff *skb, struct key *key);

#endif /* _UNC_UPCALL_CREDENTIAL_H */
