/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The generic netlink family, as the rest of upcall/ sees it.
 */
#ifndef _UNC_UPCALL_GENL_H
#define _UNC_UPCALL_GENL_H

#include <linux/types.h>
#include <net/netlink.h>
#include "../uapi/uncfs.h"

#define UNC_ANSWER_ATTR_MAX	UNC_A_LIFETIME

extern const struct nla_policy unc_answer_policy[UNC_ANSWER_ATTR_MAX + 1];

struct sk_buff *unc_genl_new(enum unc_cmd cmd, size_t room, void **hdr);

#endif /* _UNC_UPCALL_GENL_H */
