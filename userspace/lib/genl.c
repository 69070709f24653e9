// SPDX-License-Identifier: GPL-2.0-or-later
#include "genl.h"

#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>

#include "log.h"
#include "uncfs.h"

/* A token and everything around it in one message. */
#define MESSAGE_ROOM (UNC_TOKEN_MAX + 8192)

struct nl_sock *genl_open(void)
{
	struct nl_sock *sock = nl_socket_alloc();
	int ret;

	if (!sock) {
		log_error("out of memory");
		return NULL;
	}
	ret = genl_connect(sock);
	if (ret < 0) {
		log_error("cannot open a netlink socket: %s",
			  nl_geterror(ret));
		nl_socket_free(sock);
		return NULL;
	}
	return sock;
}

int genl_family(struct nl_sock *sock)
{
	return genl_ctrl_resolve(sock, UNC_GENL_NAME);
}

struct nl_msg *genl_message(int family, uint8_t cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc_size(MESSAGE_ROOM);

	if (msg && !genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, family, 0,
				flags, cmd, UNC_GENL_VERSION)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	return msg;
}
