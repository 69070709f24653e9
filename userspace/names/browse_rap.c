// SPDX-License-Identifier: GPL-2.0-or-later
/* The lists of master browsers, [MS-BRWS] 3.3.4.1, by RAP over SMB 1. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "browse.h"
#include "rapcall.h"

#define PARAMS_ROOM	128
#define CALLS_MAX	64	/* that one list may take */

/**
 * struct listing - a list that comes in parts
 * @browse: where it goes
 * @fd: of rap_open()
 * @last: the last name that came, with which the next part begins
 * @target: whom to ask
 */
struct listing {
	struct browse *browse;
	int fd;
	char last[RAP_NAME_ROOM];
	struct rap_target target;
};

static void take_server(struct listing *list, const struct rap_server *server)
{
	struct browse_machine *machine;

	if (!*server->name)
		return;
	machine = browse_add(list->browse, NAMES_BROWSE_RAP, server->name);
	if (machine && !*machine->comment)
		snprintf(machine->comment, sizeof(machine->comment), "%s",
			 server->comment);
	if (machine && !*machine->group && *list->browse->group)
		snprintf(machine->group, sizeof(machine->group), "%s",
			 list->browse->group);
}

/* Return: 1 if there is more to come, 0, or a negative errno. */
static int take(struct listing *list, const struct rap_answer *answer,
		const struct wire_blob *data)
{
	struct rap_server server;
	int ret = rap_errno(answer);

	if (ret)
		return ret;
	for (unsigned int i = 0; i < answer->count; i++) {
		ret = rap_server_decode(data, answer, i, &server);
		if (ret)
			return ret;
		take_server(list, &server);
	}
	if (answer->status != RAP_MORE_DATA || !answer->count ||
	    strcmp(list->last, server.name) == 0)
		return 0;
	memcpy(list->last, server.name, sizeof(list->last));
	return 1;
}

static int list_all(struct listing *list)
{
	struct rap_server_enum what = {
		.room = UNC_RAP_MAX,
		.types = RAP_SERVER_ALL,
		.domain = list->browse->group,
	};
	u8 params[PARAMS_ROOM];
	struct rap_answer answer;
	struct wire_blob data;
	struct wire_out out;
	int ret = 1;

	for (int i = 0; ret > 0 && i < CALLS_MAX; i++) {
		wire_out_init(&out, params, sizeof(params));
		ret = rap_server_enum_encode(&out, &what);
		if (!ret)
			ret = rap_call(list->fd, &list->target,
				       &(struct wire_blob){ params, out.pos },
				       &answer, &data);
		if (!ret)
			ret = take(list, &answer, &data);
		what.first = list->last;
	}
	return ret < 0 ? ret : 0;
}

static void ask(struct listing *list, struct in_addr master)
{
	char host[INET_ADDRSTRLEN], what[INET_ADDRSTRLEN + 40];
	int ret;

	inet_ntop(AF_INET, &master, host, sizeof(host));
	list->target.host = host;
	list->last[0] = '\0';
	ret = list_all(list);
	snprintf(what, sizeof(what), "the master browser %s", host);
	if (ret)
		browse_failed(list->browse, NAMES_BROWSE_RAP, -ret, what);
}

void browse_rap(struct browse *browse)
{
	static struct listing list;
	const struct in_addr *masters;
	unsigned int count;

	list.browse = browse;
	list.target.key = browse->key;
	list.target.sec = browse->sec;
	list.target.port = browse->port;
	list.fd = rap_open();
	if (list.fd < 0) {
		browse_failed(browse, NAMES_BROWSE_RAP, errno,
			      "/dev/npipe (see modprobe uncfs)");
		return;
	}
	count = browse_masters(browse, &masters);
	for (unsigned int i = 0; i < count; i++)
		ask(&list, masters[i]);
	if (!count)
		browse_failed(browse, NAMES_BROWSE_RAP, 0,
			      "there is no master browser on the links");
	close(list.fd);
}
