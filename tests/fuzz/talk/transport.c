// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmod/transport for a conversation: what the client sends goes to the server
 * in the same call, what the server has said lies here until it is received.
 */
#include "../../../kmod/transport/transport.h"
#include "talk.h"

struct unc_transport {
	bool		shut;
	unsigned long	heard;
	u8		*msg;
	u32		len;
};

struct unc_transport *talk_transport_new(void)
{
	struct unc_transport *tp = kzalloc(sizeof(*tp), GFP_KERNEL);

	if (tp)
		tp->heard = jiffies;
	return tp;
}

int unc_transport_send(struct unc_transport *tp, const struct kvec *head,
		       struct iov_iter *payload)
{
	u32 data = payload ? iov_iter_count(payload) : 0;
	u8 *msg;

	might_sleep();
	if (tp->shut)
		return -ESHUTDOWN;
	msg = malloc(head->iov_len + data);
	memcpy(msg, head->iov_base, head->iov_len);
	if (data && !copy_from_iter_full(msg + head->iov_len, data, payload))
		shim_die("a payload that is shorter than it says");
	world_elsewhere = true;
	talk_server->hear(msg, head->iov_len + data);
	world_elsewhere = false;
	free(msg);
	return 0;
}

int unc_transport_next(struct unc_transport *tp, u32 *len)
{
	int error = 0;

	if (tp->shut)
		return -ECONNABORTED;
	if (!talk_speak(&tp->msg, &tp->len, &error))
		world_nothing_to_receive();
	if (error)
		return error;
	tp->heard = jiffies;
	*len = tp->len;
	return 0;
}

int unc_transport_recv(struct unc_transport *tp, void *buf, u32 len)
{
	if (len != tp->len)
		shim_die("a message received in part");
	memcpy(buf, tp->msg, len);
	free(tp->msg);
	tp->msg = NULL;
	return 0;
}

u32 unc_transport_msg_max(const struct unc_transport *tp)
{
	return UNC_TRANSPORT_MSG_MAX;
}

unsigned long unc_transport_last_heard(const struct unc_transport *tp)
{
	return tp->heard;
}

void unc_transport_shutdown(struct unc_transport *tp)
{
	tp->shut = true;
}

void unc_transport_free(struct unc_transport *tp)
{
	free(tp->msg);
	free(tp);
}
