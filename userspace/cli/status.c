// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <netlink/errno.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <stdio.h>

#include "cli.h"
#include "genl.h"
#include "log.h"
#include "status.h"

static const char help_text[] =
"usage: unc status [--json]\n"
"Shows the servers that this network namespace is connected to, the sessions on\n"
"them and the shares in use, with open files, requests in flight and credits.\n"
"\n"
"  -j, --json  as JSON\n"
"  -h, --help  show this\n";

static const struct option long_options[] = {
	{ "json",	no_argument,	NULL, 'j' },
	{ "help",	no_argument,	NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

/* Appends to the list, in the order of the kernel. */
static int take_object(struct nl_msg *msg, void *data)
{
	struct nlattr *attrs[UNC_A_MAX + 1];
	struct object ***end = data;

	if (genlmsg_parse(nlmsg_hdr(msg), 0, attrs, UNC_A_MAX, NULL) < 0)
		return NL_SKIP;
	**end = object_new(attrs);
	if (!**end)
		return -NLE_NOMEM;
	*end = &(**end)->next;
	return NL_OK;
}

static int dump(struct nl_sock *sock, int family, struct object **list)
{
	struct nl_msg *msg = genl_message(family, UNC_CMD_STATUS, NLM_F_DUMP);
	struct object **end = list;
	int ret;

	if (!msg)
		return -NLE_NOMEM;
	nl_socket_modify_cb(sock, NL_CB_VALID, NL_CB_CUSTOM, take_object, &end);
	ret = nl_send_auto(sock, msg);
	nlmsg_free(msg);
	return ret < 0 ? ret : nl_recvmsgs_default(sock);
}

bool status_fetch(struct object **list)
{
	struct nl_sock *sock = genl_open();
	int ret;

	if (!sock)
		return false;
	ret = genl_family(sock);
	if (ret < 0) {
		log_error("the kernel module is not loaded (modprobe uncfs)");
	} else {
		ret = dump(sock, ret, list);
		if (ret == -NLE_PERM)
			log_error("only root may see this");
		else if (ret < 0)
			log_error("cannot get the status: %s",
				  nl_geterror(ret));
	}
	nl_socket_free(sock);
	return ret >= 0;
}

int status_main(int argc, char **argv)
{
	struct object *list = NULL;
	bool json = false, good;
	int option;

	while ((option = getopt_long(argc, argv, "jh", long_options,
				     NULL)) != -1) {
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'h':
			fputs(help_text, stdout);
			return UNC_OK;
		default:
			return UNC_USAGE;
		}
	}
	if (optind < argc) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	good = status_fetch(&list);
	if (good && json)
		good = status_print_json(list);
	else if (good)
		status_print_text(list);
	object_free_all(list);
	return good ? UNC_OK : UNC_FAILED;
}
