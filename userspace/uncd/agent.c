// SPDX-License-Identifier: GPL-2.0-or-later
#include "agent.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <netinet/in.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "genl.h"
#include "jobs.h"
#include "log.h"
#include "ready.h"
#include "secret.h"

#define RECEIVE_ROOM	(256 * 1024)
#define RECEIVE_BUFFER	(4 << 20)

enum agent_state {
	AGENT_WAITING,
	AGENT_GREETING,
	AGENT_SERVING,
};

struct agent {
	sd_event *event;
	enum agent_state state;
	struct jobs *jobs;
	struct nl_sock *watch;		/* notices of families coming and going */
	sd_event_source *watch_io;
	struct nl_sock *sock;		/* the agent's socket; new for each hello */
	sd_event_source *io;
	int family;
	uint32_t hello_seq;
	uint8_t *buffer;		/* RECEIVE_ROOM */
};

typedef void (*message_handler)(struct agent *agent, struct nlmsghdr *msg);

static void agent_wait(struct agent *agent);
static bool agent_greet(struct agent *agent);

/* Leave the event loop; uncd ends with @status. */
static void agent_give_up(struct agent *agent, int status)
{
	sd_event_exit(agent->event, status);
}

/* ---- Sending ------------------------------------------------------------ */

static int put_addresses(struct nl_msg *msg, const struct answer *answer)
{
	struct nlattr *nest;
	int ret = 0;

	if (!answer->address_count)
		return 0;
	nest = nla_nest_start(msg, UNC_A_ADDRESSES | NLA_F_NESTED);
	if (!nest)
		return -NLE_NOMEM;
	for (uint32_t i = 0; !ret && i < answer->address_count; i++) {
		const struct sockaddr_storage *ss = &answer->addresses[i];
		int len = ss->ss_family == AF_INET ?
			  (int)sizeof(struct sockaddr_in) :
			  (int)sizeof(struct sockaddr_in6);

		ret = nla_put(msg, UNC_A_ADDRESS, len, ss);
	}
	nla_nest_end(msg, nest);
	return ret;
}

static int put_auth(struct nl_msg *msg, const struct answer *answer)
{
	int ret = nla_put(msg, UNC_A_TOKEN, (int)answer->token_len,
			  answer->token);

	if (*answer->mech)
		ret = ret ?: nla_put_string(msg, UNC_A_MECH, answer->mech);
	if (!answer->done)
		return ret;
	ret = ret ?: nla_put_flag(msg, UNC_A_DONE);
	ret = ret ?: nla_put(msg, UNC_A_SESSION_KEY, (int)answer->key_len,
			     answer->key);
	ret = ret ?: nla_put_string(msg, UNC_A_PRINCIPAL, answer->principal);
	if (answer->lifetime)
		ret = ret ?: nla_put_u32(msg, UNC_A_LIFETIME,
					 answer->lifetime);
	return ret;
}

static int put_error(struct nl_msg *msg, const struct answer *answer)
{
	int ret = nla_put_u32(msg, UNC_A_STAGE, answer->stage);

	if (*answer->message)
		ret = ret ?: nla_put_string(msg, UNC_A_MESSAGE,
					    answer->message);
	if (answer->gss_major) {
		ret = ret ?: nla_put_u32(msg, UNC_A_GSS_MAJOR,
					 answer->gss_major);
		ret = ret ?: nla_put_u32(msg, UNC_A_GSS_MINOR,
					 answer->gss_minor);
	}
	return ret;
}

static int put_answer(struct nl_msg *msg, uint64_t cookie,
		      const struct answer *answer)
{
	int ret = nla_put_u64(msg, UNC_A_COOKIE, cookie);

	ret = ret ?: nla_put_s32(msg, UNC_A_ERROR, answer->error);
	if (answer->error)
		return ret ?: put_error(msg, answer);
	if (answer->address_count)
		return ret ?: put_addresses(msg, answer);
	return ret ?: put_auth(msg, answer);
}

/* A jobs_answer_handler. */
static void agent_answer(uint64_t cookie, const struct answer *answer,
			 void *data)
{
	struct agent *agent = data;
	struct nl_msg *msg;
	int ret = -NLE_NOMEM;

	if (agent->state == AGENT_WAITING)
		return;
	msg = genl_message(agent->family, UNC_CMD_ANSWER, 0);
	if (msg) {
		ret = put_answer(msg, cookie, answer);
		if (!ret)
			ret = nl_send_auto(agent->sock, msg);
		/* It may hold a session key. */
		secret_wipe(nlmsg_data(nlmsg_hdr(msg)),
			    (size_t)nlmsg_datalen(nlmsg_hdr(msg)));
		nlmsg_free(msg);
	}
	if (ret < 0)
		log_error("cannot send an answer: %s", nl_geterror(ret));
}

/* ---- Receiving ---------------------------------------------------------- */

static void handle_request(struct agent *agent, struct nlattr **attrs)
{
	struct request *req = malloc(sizeof(*req));
	const char *bad;

	if (!req) {
		log_error("out of memory, a request is lost");
		return;
	}
	bad = request_parse(req, attrs);
	if (bad) {
		static struct answer answer;

		log_error("bad request from the kernel: %s", bad);
		answer_clear(&answer);
		answer_fail(&answer, EPROTO, UNC_STAGE_AGENT, "%s", bad);
		if (req->cookie)
			agent_answer(req->cookie, &answer, agent);
		request_free(req);
		return;
	}
	log_debug("request of kind %u for %s", req->kind, req->host);
	jobs_request(agent->jobs, req);
}

static void handle_family(struct agent *agent, struct nlmsghdr *msg)
{
	struct nlattr *attrs[UNC_A_MAX + 1];
	struct genlmsghdr *head = nlmsg_data(msg);
	int ret;

	if (!genlmsg_valid_hdr(msg, 0))
		return;
	ret = genlmsg_parse(msg, 0, attrs, UNC_A_MAX, request_policy);
	if (ret < 0) {
		log_error("malformed message from the kernel: %s",
			  nl_geterror(ret));
		return;
	}
	if (head->cmd == UNC_CMD_REQUEST)
		handle_request(agent, attrs);
	else if (head->cmd == UNC_CMD_CANCEL && attrs[UNC_A_COOKIE])
		jobs_cancel(agent->jobs, nla_get_u64(attrs[UNC_A_COOKIE]));
	else
		log_debug("command %u is not known", head->cmd);
}

static void hello_done(struct agent *agent, int error)
{
	if (!error) {
		agent->state = AGENT_SERVING;
		log_notice("agent of this network namespace");
		ready_tell("Serving the kernel module");
		return;
	}
	if (error == -EBUSY)
		log_error("another agent serves this network namespace");
	else if (error == -EPERM)
		log_error("the kernel refuses: root (CAP_NET_ADMIN) is needed");
	else
		log_error("the kernel module refuses this agent: %s",
			  strerror(-error));
	agent_give_up(agent, EXIT_FAILURE);
}

static void handle_agent_message(struct agent *agent, struct nlmsghdr *msg)
{
	struct nlmsgerr *err = nlmsg_data(msg);

	if (msg->nlmsg_type == agent->family) {
		handle_family(agent, msg);
		return;
	}
	if (msg->nlmsg_type != NLMSG_ERROR ||
	    nlmsg_datalen(msg) < (int)sizeof(*err))
		return;
	/* No such family any more; the notice is about to come, or lost. */
	if (err->error == -ENOENT)
		agent_wait(agent);
	else if (msg->nlmsg_seq == agent->hello_seq)
		hello_done(agent, err->error);
	else if (err->error == -ESRCH)
		log_debug("an answer came too late");
	else if (err->error)
		log_error("the kernel refused an answer: %s",
			  strerror(-err->error));
}

/*
 * Take one datagram and hand its messages on.  Only the kernel is heard; any
 * process could send to a netlink port.  False: nothing more to read.
 */
static bool receive(struct agent *agent, struct nl_sock *sock,
		    message_handler handler)
{
	struct sockaddr_nl from = { .nl_pid = ~0U };
	socklen_t from_len = sizeof(from);
	ssize_t got = recvfrom(nl_socket_get_fd(sock), agent->buffer,
			       RECEIVE_ROOM, MSG_DONTWAIT | MSG_TRUNC,
			       (struct sockaddr *)&from, &from_len);
	struct nlmsghdr *msg = (struct nlmsghdr *)agent->buffer;
	int left = (int)got;

	if (got < 0 && errno == ENOBUFS) {
		log_warning("messages of the kernel were lost");
		if (agent->state == AGENT_WAITING)
			agent_greet(agent);
		return true;
	}
	if (got < 0)
		return false;
	if (from.nl_pid == 0 && got <= RECEIVE_ROOM)
		for (; nlmsg_ok(msg, left); msg = nlmsg_next(msg, &left))
			handler(agent, msg);
	secret_wipe(agent->buffer,
		    got < RECEIVE_ROOM ? (size_t)got : RECEIVE_ROOM);
	return true;
}

static int agent_readable(sd_event_source *source, int fd, uint32_t events,
			  void *data)
{
	struct agent *agent = data;

	/* The handler may close the socket. */
	while (agent->sock && nl_socket_get_fd(agent->sock) == fd &&
	       receive(agent, agent->sock, handle_agent_message))
		;
	return 0;
}

/* ---- Hello -------------------------------------------------------------- */

static int watch_socket(struct agent *agent, struct nl_sock *sock,
			sd_event_io_handler_t handler, sd_event_source **io)
{
	nl_socket_set_nonblocking(sock);
	return sd_event_add_io(agent->event, io, nl_socket_get_fd(sock),
			       EPOLLIN, handler, agent);
}

static bool send_hello(struct agent *agent)
{
	struct nl_msg *msg = genl_message(agent->family, UNC_CMD_HELLO,
					  NLM_F_ACK);
	int ret = -NLE_NOMEM;

	if (msg) {
		ret = nla_put_u32(msg, UNC_A_VERSION, UNC_GENL_VERSION);
		if (!ret)
			ret = nl_send_auto(agent->sock, msg);
		agent->hello_seq = nlmsg_hdr(msg)->nlmsg_seq;
		nlmsg_free(msg);
	}
	if (ret < 0)
		log_error("cannot say hello to the kernel: %s",
			  nl_geterror(ret));
	return ret >= 0;
}

/* True when there was a family to greet, whatever came of it. */
static bool agent_greet(struct agent *agent)
{
	struct nl_sock *sock = genl_open();
	int family;

	if (!sock)
		return false;
	family = genl_family(sock);
	if (family < 0) {
		nl_socket_free(sock);
		return false;
	}
	agent->sock = sock;
	agent->family = family;
	agent->state = AGENT_GREETING;
	nl_socket_set_buffer_size(sock, RECEIVE_BUFFER, RECEIVE_BUFFER);
	if (watch_socket(agent, sock, agent_readable, &agent->io) < 0 ||
	    !send_hello(agent))
		agent_give_up(agent, EXIT_FAILURE);
	return true;
}

static void agent_leave(struct agent *agent)
{
	agent->state = AGENT_WAITING;
	jobs_drop(agent->jobs);
	agent->io = sd_event_source_disable_unref(agent->io);
	nl_socket_free(agent->sock);
	agent->sock = NULL;
}

/* ---- Families coming and going ------------------------------------------ */

static void handle_notice(struct agent *agent, struct nlmsghdr *msg)
{
	struct genlmsghdr *head = nlmsg_data(msg);
	struct nlattr *attrs[CTRL_ATTR_MAX + 1];

	if (msg->nlmsg_type != GENL_ID_CTRL || !genlmsg_valid_hdr(msg, 0) ||
	    genlmsg_parse(msg, 0, attrs, CTRL_ATTR_MAX, NULL) < 0)
		return;
	if (!attrs[CTRL_ATTR_FAMILY_NAME] ||
	    nla_strcmp(attrs[CTRL_ATTR_FAMILY_NAME], UNC_GENL_NAME) != 0)
		return;
	if (head->cmd == CTRL_CMD_NEWFAMILY && agent->state == AGENT_WAITING) {
		agent_greet(agent);
	} else if (head->cmd == CTRL_CMD_DELFAMILY &&
		   agent->state != AGENT_WAITING) {
		log_notice("the kernel module was unloaded");
		agent_wait(agent);
	}
}

static int notice_readable(sd_event_source *source, int fd, uint32_t events,
			   void *data)
{
	struct agent *agent = data;

	while (receive(agent, agent->watch, handle_notice))
		;
	return 0;
}

static bool agent_watch(struct agent *agent)
{
	int group, ret = -1;

	agent->watch = genl_open();
	if (!agent->watch)
		return false;
	group = genl_ctrl_resolve_grp(agent->watch, "nlctrl", "notify");
	if (group >= 0)
		ret = nl_socket_add_membership(agent->watch, group);
	if (ret >= 0)
		ret = watch_socket(agent, agent->watch, notice_readable,
				   &agent->watch_io);
	if (ret < 0)
		log_error("cannot watch for the kernel module");
	return ret >= 0;
}

/*
 * The controller's notice ends the wait.  Asking for the family again and again
 * would not do: each question makes the kernel load the module, so it could
 * never be unloaded.
 *
 * systemd may start what comes after us: the first mount loads the module, and
 * the notice reaches us before that mount asks for anything.
 */
static void agent_wait(struct agent *agent)
{
	if (agent->state != AGENT_WAITING)
		agent_leave(agent);
	log_notice("waiting for the kernel module (modprobe uncfs)");
	ready_tell("Waiting for the kernel module");
}

struct agent *agent_new(sd_event *event)
{
	struct agent *agent = calloc(1, sizeof(*agent));

	if (!agent)
		return NULL;
	agent->event = sd_event_ref(event);
	agent->jobs = jobs_new(event, agent_answer, agent);
	agent->buffer = malloc(RECEIVE_ROOM);
	if (!agent->jobs || !agent->buffer || !agent_watch(agent)) {
		agent_free(agent);
		return NULL;
	}
	if (!agent_greet(agent))
		agent_wait(agent);
	return agent;
}

void agent_free(struct agent *agent)
{
	if (!agent)
		return;
	jobs_free(agent->jobs);
	sd_event_source_disable_unref(agent->io);
	sd_event_source_disable_unref(agent->watch_io);
	nl_socket_free(agent->sock);
	nl_socket_free(agent->watch);
	sd_event_unref(agent->event);
	free(agent->buffer);
	free(agent);
}
