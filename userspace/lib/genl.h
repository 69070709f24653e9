/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Generic netlink as all the tools need it. */
#ifndef UNC_LIB_GENL_H
#define UNC_LIB_GENL_H

#include <netlink/netlink.h>
#include <stdint.h>

/* A connected generic netlink socket, or NULL (logged). */
struct nl_sock *genl_open(void);

/*
 * The number of family "uncfs" in this network namespace; negative libnl
 * error, -NLE_OBJ_NOTFOUND when the module is not loaded.
 */
int genl_family(struct nl_sock *sock);

/* A message of that family with its header in place; NULL: no memory. */
struct nl_msg *genl_message(int family, uint8_t cmd, int flags);

#endif
