// SPDX-License-Identifier: GPL-2.0-only
/*
 * The TCP transport against a socket of the test's own, over the loopback
 * interface of the initial network namespace.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/in.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/tcp.h>
#include <linux/uio.h>
#include <linux/unaligned.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include "../transport/transport.h"

#define TIMEOUT_MS	1000
#define LONG_LEN	(15 * 1024 * 1024 + 3)

/* One connection. */
struct pair {
	struct socket		*listener;
	struct socket		*server;
	struct sockaddr_storage	addr;
	struct unc_transport	*tp;
	struct completion	done;
	u8			*buf;
	int			result;
};

static int listen_on_loopback(struct pair *pair)
{
	struct sockaddr_in *in = (struct sockaddr_in *)&pair->addr;
	int err;

	err = sock_create_kern(&init_net, AF_INET, SOCK_STREAM, IPPROTO_TCP,
			       &pair->listener);
	if (err)
		return err;
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	err = kernel_bind(pair->listener, (struct sockaddr *)in, sizeof(*in));
	if (!err)
		err = kernel_listen(pair->listener, 1);
	if (!err)
		err = kernel_getsockname(pair->listener, (struct sockaddr *)in);
	return err < 0 ? err : 0;
}

static int pair_init(struct kunit *test)
{
	struct pair *pair = kunit_kzalloc(test, sizeof(*pair), GFP_KERNEL);
	int err;

	KUNIT_ASSERT_NOT_NULL(test, pair);
	init_completion(&pair->done);
	test->priv = pair;
	err = listen_on_loopback(pair);
	KUNIT_ASSERT_EQ(test, 0, err);
	pair->tp = unc_transport_connect(&init_net, &pair->addr, TIMEOUT_MS);
	if (pair->tp == ERR_PTR(-ENETUNREACH))
		kunit_skip(test, "the loopback interface is down");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pair->tp);
	err = kernel_accept(pair->listener, &pair->server, 0);
	KUNIT_ASSERT_EQ(test, 0, err);
	return 0;
}

static void pair_exit(struct kunit *test)
{
	struct pair *pair = test->priv;

	if (!pair)
		return;
	if (!IS_ERR(pair->tp))
		unc_transport_free(pair->tp);
	if (pair->server)
		sock_release(pair->server);
	if (pair->listener)
		sock_release(pair->listener);
	kvfree(pair->buf);
}

static int server_send(struct pair *pair, const void *data, u32 len)
{
	struct kvec vec = { .iov_base = (void *)data, .iov_len = len };
	struct msghdr msg = { .msg_flags = MSG_NOSIGNAL };

	return kernel_sendmsg(pair->server, &msg, &vec, 1, len);
}

static int server_recv(struct pair *pair, void *data, u32 len)
{
	struct kvec vec = { .iov_base = data, .iov_len = len };
	struct msghdr msg = { };

	return kernel_recvmsg(pair->server, &msg, &vec, 1, len, MSG_WAITALL);
}

/* Run the other half of a test; it ends by completing @done. */
static void in_thread(struct kunit *test, int (*half)(void *pair))
{
	struct task_struct *task = kthread_run(half, test->priv, "unc-kunit");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, task);
}

static void send_in_two_parts(struct kunit *test)
{
	struct pair *pair = test->priv;
	struct kvec head = { .iov_base = "hello ", .iov_len = 6 };
	struct kvec rest = { .iov_base = "world", .iov_len = 5 };
	struct iov_iter payload;
	u8 got[15];

	iov_iter_kvec(&payload, ITER_SOURCE, &rest, 1, rest.iov_len);
	KUNIT_EXPECT_EQ(test, 0, unc_transport_send(pair->tp, &head, &payload));
	KUNIT_EXPECT_EQ(test, 5, iov_iter_count(&payload));
	KUNIT_ASSERT_EQ(test, 15, server_recv(pair, got, 15));
	KUNIT_EXPECT_MEMEQ(test, "\0\0\0\13hello world", got, 15);
	KUNIT_EXPECT_EQ(test, 0, unc_transport_send(pair->tp, &head, NULL));
	KUNIT_ASSERT_EQ(test, 10, server_recv(pair, got, 10));
	KUNIT_EXPECT_MEMEQ(test, "\0\0\0\6hello ", got, 10);
}

static void receive(struct kunit *test)
{
	struct pair *pair = test->priv;
	unsigned long before = unc_transport_last_heard(pair->tp);
	u8 got[3];
	u32 len;

	msleep(20);
	/* two keep-alives, a message, and the next one's first bytes */
	KUNIT_ASSERT_EQ(test, 17, server_send(pair, "\x85\0\0\0\x85\0\0\0"
					      "\0\0\0\3abc\0\0", 17));
	KUNIT_ASSERT_EQ(test, 0, unc_transport_next(pair->tp, &len));
	KUNIT_EXPECT_EQ(test, 3, len);
	KUNIT_ASSERT_EQ(test, 0, unc_transport_recv(pair->tp, got, 3));
	KUNIT_EXPECT_MEMEQ(test, "abc", got, 3);
	KUNIT_EXPECT_TRUE(test, time_after(unc_transport_last_heard(pair->tp),
					   before));
	KUNIT_ASSERT_EQ(test, 3, server_send(pair, "\0\1z", 3));
	KUNIT_ASSERT_EQ(test, 0, unc_transport_next(pair->tp, &len));
	KUNIT_EXPECT_EQ(test, 1, len);
}

/* What is no message; one transport for each would do no more. */
static const char *const bad_prefixes[] = {
	"\0\0\0\0",	/* empty */
	"\x85\0\0\1",	/* a keep-alive that is not empty */
	"\x81\0\0\4",	/* NetBIOS session request */
	"\x82\0\0\0",	/* positive response */
	"\xff\xff\xff\xff",
	"HTTP",
};

static void prefix_name(const char *const *prefix, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%*ph", 4, *prefix);
}

KUNIT_ARRAY_PARAM(prefix, bad_prefixes, prefix_name);

static void bad_prefix(struct kunit *test)
{
	const char *const *prefix = test->param_value;
	struct pair *pair = test->priv;
	u32 len;

	KUNIT_ASSERT_EQ(test, 4, server_send(pair, *prefix, 4));
	KUNIT_EXPECT_EQ(test, -EPROTO, unc_transport_next(pair->tp, &len));
}

static void closed_by_server(struct kunit *test)
{
	struct kvec head = { .iov_base = "hello ", .iov_len = 6 };
	struct pair *pair = test->priv;
	u8 got[10];
	u32 len;
	int i, err = 0;

	KUNIT_ASSERT_EQ(test, 8, server_send(pair, "\0\0\0\12hell", 8));
	sock_release(pair->server);
	pair->server = NULL;
	KUNIT_ASSERT_EQ(test, 0, unc_transport_next(pair->tp, &len));
	KUNIT_EXPECT_EQ(test, -ECONNRESET,
			unc_transport_recv(pair->tp, got, len));
	/* the first one may still go out: nobody has said anything yet */
	for (i = 0; i < 10 && !err; i++) {
		err = unc_transport_send(pair->tp, &head, NULL);
		msleep(20);
	}
	KUNIT_EXPECT_TRUE(test, err == -EPIPE || err == -ECONNRESET);
}

static void too_long(struct kunit *test)
{
	struct pair *pair = test->priv;
	struct kvec head = { .iov_base = "hello ", .iov_len = 6 };
	struct kvec rest = {
		.iov_base = "x", .iov_len = UNC_TRANSPORT_MSG_MAX - 5,
	};
	struct iov_iter payload;
	u8 got[10];

	iov_iter_kvec(&payload, ITER_SOURCE, &rest, 1, rest.iov_len);
	KUNIT_EXPECT_EQ(test, -EMSGSIZE,
			unc_transport_send(pair->tp, &head, &payload));
	head.iov_len = 0;
	KUNIT_EXPECT_EQ(test, -EINVAL, unc_transport_send(pair->tp, &head, NULL));
	/* no harm was done */
	head.iov_len = 6;
	KUNIT_EXPECT_EQ(test, 0, unc_transport_send(pair->tp, &head, NULL));
	KUNIT_EXPECT_EQ(test, 10, server_recv(pair, got, 10));
}

static u8 *long_buffer(struct kunit *test)
{
	struct pair *pair = test->priv;

	pair->buf = kvzalloc(LONG_LEN, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pair->buf);
	return pair->buf;
}

/* A server that takes nothing: the deadline holds, and all is over then. */
static void stalled_server(struct kunit *test)
{
	struct pair *pair = test->priv;
	struct kvec head = { .iov_base = "hello ", .iov_len = 6 };
	struct kvec rest = { .iov_base = long_buffer(test), .iov_len = LONG_LEN };
	unsigned long start = jiffies;
	struct iov_iter payload;
	u32 len;

	iov_iter_kvec(&payload, ITER_SOURCE, &rest, 1, rest.iov_len);
	KUNIT_EXPECT_EQ(test, -ETIMEDOUT,
			unc_transport_send(pair->tp, &head, &payload));
	KUNIT_EXPECT_TRUE(test, time_after_eq(jiffies, start +
					      msecs_to_jiffies(TIMEOUT_MS)));
	KUNIT_EXPECT_TRUE(test, time_before(jiffies, start + 20 * HZ));
	KUNIT_EXPECT_EQ(test, -EPIPE, unc_transport_send(pair->tp, &head, NULL));
	KUNIT_EXPECT_EQ(test, -ECONNABORTED, unc_transport_next(pair->tp, &len));
}

/* Reads a long message in odd pieces, and says what it summed up to. */
static int slow_reader(void *data)
{
	struct pair *pair = data;
	u32 left = LONG_LEN + 6 + 4;
	u8 *piece = kmalloc(40009, GFP_KERNEL);
	u32 sum = 0;
	int n, i;

	while (piece && left) {
		n = server_recv(pair, piece, min(left, 40009U));
		if (n <= 0)
			break;
		for (i = 0; i < n; i++)
			sum += piece[i];
		left -= n;
	}
	kfree(piece);
	pair->result = left ? -EIO : sum;
	kthread_complete_and_exit(&pair->done, 0);
}

/* Much more than the buffers of the sockets hold goes out in parts. */
static void long_message(struct kunit *test)
{
	struct pair *pair = test->priv;
	struct kvec head = { .iov_base = "\0\0\0\0\0\0", .iov_len = 6 };
	struct kvec rest = { .iov_base = long_buffer(test), .iov_len = LONG_LEN };
	u32 want = 0, i;
	struct iov_iter payload;

	for (i = 0; i < LONG_LEN; i++)
		want += pair->buf[i] = i % 251;
	for (i = 0; i < 3; i++)
		want += (u8)((LONG_LEN + 6) >> (8 * i));
	in_thread(test, slow_reader);
	iov_iter_kvec(&payload, ITER_SOURCE, &rest, 1, rest.iov_len);
	KUNIT_EXPECT_EQ(test, 0, unc_transport_send(pair->tp, &head, &payload));
	wait_for_completion(&pair->done);
	KUNIT_EXPECT_EQ(test, want, pair->result);
}

static int receiver(void *data)
{
	struct pair *pair = data;
	u32 len;

	pair->result = unc_transport_next(pair->tp, &len);
	kthread_complete_and_exit(&pair->done, 0);
}

static void shutdown_wakes_receiver(struct kunit *test)
{
	struct pair *pair = test->priv;

	in_thread(test, receiver);
	msleep(50);
	KUNIT_EXPECT_FALSE(test, completion_done(&pair->done));
	unc_transport_shutdown(pair->tp);
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&pair->done, 10 * HZ),
			0);
	KUNIT_EXPECT_EQ(test, -ECONNABORTED, pair->result);
	unc_transport_shutdown(pair->tp);
}

static int sender(void *data)
{
	struct pair *pair = data;
	struct kvec head = { .iov_base = pair->buf, .iov_len = LONG_LEN };

	pair->result = unc_transport_send(pair->tp, &head, NULL);
	kthread_complete_and_exit(&pair->done, 0);
}

/* Somebody else ends what a sender waits for. */
static void shutdown_wakes_sender(struct kunit *test)
{
	struct pair *pair = test->priv;
	unsigned long start;

	long_buffer(test);
	in_thread(test, sender);
	msleep(100);
	start = jiffies;
	unc_transport_shutdown(pair->tp);
	wait_for_completion(&pair->done);
	KUNIT_EXPECT_EQ(test, -EPIPE, pair->result);
	KUNIT_EXPECT_TRUE(test, time_before(jiffies, start + HZ));
}

static void refused(struct kunit *test)
{
	struct pair *pair = test->priv;
	struct sockaddr_storage odd = { .ss_family = AF_UNIX };
	struct unc_transport *tp;

	sock_release(pair->listener);
	pair->listener = NULL;
	tp = unc_transport_connect(&init_net, &pair->addr, TIMEOUT_MS);
	KUNIT_EXPECT_PTR_EQ(test, tp, ERR_PTR(-ECONNREFUSED));
	tp = unc_transport_connect(&init_net, &odd, TIMEOUT_MS);
	KUNIT_EXPECT_PTR_EQ(test, tp, ERR_PTR(-EAFNOSUPPORT));
}

static struct kunit_case transport_cases[] = {
	KUNIT_CASE(send_in_two_parts),
	KUNIT_CASE(receive),
	KUNIT_CASE_PARAM(bad_prefix, prefix_gen_params),
	KUNIT_CASE(closed_by_server),
	KUNIT_CASE(too_long),
	KUNIT_CASE(stalled_server),
	KUNIT_CASE(long_message),
	KUNIT_CASE(shutdown_wakes_receiver),
	KUNIT_CASE(shutdown_wakes_sender),
	KUNIT_CASE(refused),
	{}
};

static struct kunit_suite transport_suite = {
	.name = "uncfs_transport",
	.init = pair_init,
	.exit = pair_exit,
	.test_cases = transport_cases,
};

kunit_test_suite(transport_suite);
