// SPDX-License-Identifier: GPL-2.0-only
/*
 * Direct TCP ([MS-SMB2] 2.1): a zero byte and a 24-bit length before each
 * message, on a TCP socket of the kernel's own.  The NetBIOS session service
 * (nbss.c) begins with packets of its own and then goes on in the same way.
 *
 * The waits here are not freezable: their callers hold mutexes, and a task
 * that freezes with a mutex keeps others from freezing.  Each has a deadline.
 */
#include <linux/err.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/tcp.h>
#include <linux/uio.h>
#include <linux/unaligned.h>
#include <linux/wait.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include <net/tcp.h>
#include "../wire/nbss.h"
#include "tcp.h"
#include "transport.h"

/* How much is received before unc_transport_last_heard() moves on. */
#define UNC_TCP_CHUNK		(64 * 1024)

/* How long somebody being killed goes on with a message. */
#define UNC_TCP_KILLED_GRACE	(2 * HZ)

/* An idle connection is looked after by TCP: gone after 60 + 3 * 10 s. */
#define UNC_TCP_KEEP_IDLE	60
#define UNC_TCP_KEEP_INTERVAL	10
#define UNC_TCP_KEEP_COUNT	3

/**
 * struct unc_transport - a TCP connection to a server
 * @sock: the socket; does not pin its network namespace
 * @timeout: jiffies that connecting, and sending one message, may take
 * @heard: jiffies when something came in last
 * @msg_max: longest message, either way
 * @down: T once it was shut down from this side
 */
struct unc_transport {
	struct socket	*sock;
	unsigned long	timeout;
	unsigned long	heard;
	u32		msg_max;
	bool		down;
};

#ifdef CONFIG_DEBUG_LOCK_ALLOC
/*
 * Sockets of programs are locked above page faults, which may lock inodes of
 * ours; our sockets are locked below those.  Lockdep must tell them apart.
 */
static struct lock_class_key unc_tcp_key[2];
static struct lock_class_key unc_tcp_slock_key[2];

static void unc_tcp_classify(struct sock *sk)
{
	if (WARN_ON_ONCE(!sock_allow_reclassification(sk)))
		return;
	if (sk->sk_family == AF_INET6)
		sock_lock_init_class_and_name(sk, "slock-AF_INET6-UNCFS",
					      &unc_tcp_slock_key[1],
					      "sk_lock-AF_INET6-UNCFS",
					      &unc_tcp_key[1]);
	else
		sock_lock_init_class_and_name(sk, "slock-AF_INET-UNCFS",
					      &unc_tcp_slock_key[0],
					      "sk_lock-AF_INET-UNCFS",
					      &unc_tcp_key[0]);
}
#else
static void unc_tcp_classify(struct sock *sk)
{
}
#endif

/* The network stack wakes interruptible sleepers; ours are killable ones. */
static int unc_tcp_wake(struct wait_queue_entry *entry, unsigned int mode,
			int sync, void *key)
{
	return woken_wake_function(entry, TASK_NORMAL, sync, key);
}

static void unc_tcp_tune(struct sock *sk)
{
	/* memory for sending must not be had by writing out files of ours */
	sk->sk_allocation = GFP_NOFS;
	/* the page fragment of the task may be in use above us */
	sk->sk_use_task_frag = false;
	tcp_sock_set_nodelay(sk);
	sock_set_keepalive(sk);
	tcp_sock_set_keepidle(sk, UNC_TCP_KEEP_IDLE);
	tcp_sock_set_keepintvl(sk, UNC_TCP_KEEP_INTERVAL);
	tcp_sock_set_keepcnt(sk, UNC_TCP_KEEP_COUNT);
	/* at the end, rather a reset than an orphan without a timer */
	sock_no_linger(sk);
}

static int unc_tcp_addr_len(const struct sockaddr_storage *addr)
{
	switch (addr->ss_family) {
	case AF_INET:
		return sizeof(struct sockaddr_in);
	case AF_INET6:
		return sizeof(struct sockaddr_in6);
	}
	return -EAFNOSUPPORT;
}

/* Asks again and again, because the second call is what ends a connect. */
static int unc_tcp_connect(struct unc_transport *tp,
			   const struct sockaddr_storage *addr, int addr_len)
{
	DEFINE_WAIT_FUNC(wait, unc_tcp_wake);
	struct sockaddr_storage to = *addr;
	struct sock *sk = tp->sock->sk;
	long left = tp->timeout;
	int err;

	add_wait_queue(sk_sleep(sk), &wait);
	for (;;) {
		err = kernel_connect(tp->sock, (struct sockaddr *)&to, addr_len,
				     O_NONBLOCK);
		if (err != -EINPROGRESS && err != -EALREADY)
			break;
		if (fatal_signal_pending(current))
			err = -EINTR;
		else if (!left)
			err = -ETIMEDOUT;
		else
			left = wait_woken(&wait, TASK_KILLABLE, left);
		if (err == -EINTR || err == -ETIMEDOUT)
			break;
	}
	remove_wait_queue(sk_sleep(sk), &wait);
	return err;
}

/**
 * unc_transport_connect - connect to a server
 * @net: network namespace; the caller pins it until unc_transport_free()
 * @addr: where to, IPv4 or IPv6, port included
 * @timeout_ms: how long connecting may take, and later sending one message
 *
 * May sleep, killable.
 *
 * Return: a transport to be freed with unc_transport_free(), or an ERR_PTR:
 * -EINTR when killed, -ETIMEDOUT, -ECONNREFUSED, -EHOSTUNREACH, -ENETUNREACH,
 * -EAFNOSUPPORT, -ENOMEM and what else TCP may say.
 */
struct unc_transport *unc_transport_connect(struct net *net,
					    const struct sockaddr_storage *addr,
					    unsigned int timeout_ms)
{
	int addr_len = unc_tcp_addr_len(addr);
	struct unc_transport *tp;
	int err;

	if (addr_len < 0)
		return ERR_PTR(addr_len);
	tp = kzalloc(sizeof(*tp), GFP_KERNEL);
	if (!tp)
		return ERR_PTR(-ENOMEM);
	tp->timeout = clamp_t(unsigned long, msecs_to_jiffies(timeout_ms), 1,
			      LONG_MAX / 2);
	err = sock_create_kern(net, addr->ss_family, SOCK_STREAM, IPPROTO_TCP,
			       &tp->sock);
	if (err)
		goto free;
	unc_tcp_classify(tp->sock->sk);
	unc_tcp_tune(tp->sock->sk);
	err = unc_tcp_connect(tp, addr, addr_len);
	if (err)
		goto release;
	tp->heard = jiffies;
	tp->msg_max = UNC_TRANSPORT_MSG_MAX;
	return tp;

release:
	sock_release(tp->sock);
free:
	kfree(tp);
	return ERR_PTR(err);
}

/**
 * struct unc_tcp_send - a message on its way out
 * @wait: the task, on the socket's queue
 * @left: jiffies it may still wait for room
 * @begun: T once a byte of it was taken
 * @killed: T once the task was found to be dying
 */
struct unc_tcp_send {
	struct wait_queue_entry	*wait;
	long			left;
	bool			begun;
	bool			killed;
};

/*
 * Wait for room.  A message that has begun must be finished, and one that has
 * its number (MessageId) must be sent, or nobody can use the connection any
 * more; so a task that is being killed gets a grace.
 */
static int unc_tcp_wait_room(struct unc_tcp_send *tx)
{
	if (fatal_signal_pending(current) && !tx->killed) {
		tx->killed = true;
		tx->left = min_t(long, tx->left, UNC_TCP_KILLED_GRACE);
	}
	if (!tx->left)
		return tx->killed ? -EINTR : -ETIMEDOUT;
	tx->left = wait_woken(tx->wait, tx->killed ? TASK_UNINTERRUPTIBLE :
			      TASK_KILLABLE, tx->left);
	return 0;
}

/*
 * All that @msg has.  Never blocks inside TCP, where any signal would cut a
 * message in two.
 */
static int unc_tcp_send_all(struct unc_transport *tp, struct msghdr *msg,
			    struct unc_tcp_send *tx)
{
	int err;

	while (msg_data_left(msg)) {
		err = READ_ONCE(tp->down) ? -EPIPE :
		      sock_sendmsg(tp->sock, msg);
		if (err > 0)
			tx->begun = true;
		else if (err == -EAGAIN)
			err = unc_tcp_wait_room(tx);
		else if (!err)
			err = -EIO;
		if (err < 0)
			return err;
	}
	return 0;
}

static int unc_tcp_send_packet(struct unc_transport *tp, u8 type,
			       const struct kvec *head,
			       const struct iov_iter *payload,
			       struct unc_tcp_send *tx)
{
	size_t len = head->iov_len + (payload ? iov_iter_count(payload) : 0);
	__be32 prefix = cpu_to_be32(len | type << 24);
	struct kvec vec[2] = {
		{ .iov_base = &prefix, .iov_len = sizeof(prefix) }, *head,
	};
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL };
	int err;

	if (payload)
		msg.msg_flags |= MSG_MORE;
	iov_iter_kvec(&msg.msg_iter, ITER_SOURCE, vec, ARRAY_SIZE(vec),
		      sizeof(prefix) + head->iov_len);
	err = unc_tcp_send_all(tp, &msg, tx);
	if (err || !payload)
		return err;
	msg.msg_flags &= ~MSG_MORE;
	msg.msg_iter = *payload;
	return unc_tcp_send_all(tp, &msg, tx);
}

/**
 * unc_tcp_send - send one packet of any type
 * @tp: the transport; one sender at a time
 * @type: enum nbss_type
 * @head: as unc_transport_send() takes it; the sum of both fits the type
 * @payload: as well, or NULL
 *
 * May sleep.  Return: as unc_transport_send(), without its checks.
 */
int unc_tcp_send(struct unc_transport *tp, u8 type, const struct kvec *head,
		 const struct iov_iter *payload)
{
	DEFINE_WAIT_FUNC(wait, unc_tcp_wake);
	struct unc_tcp_send tx = { .wait = &wait, .left = tp->timeout };
	wait_queue_head_t *queue = sk_sleep(tp->sock->sk);
	int err;

	add_wait_queue(queue, &wait);
	err = unc_tcp_send_packet(tp, type, head, payload, &tx);
	remove_wait_queue(queue, &wait);
	if (err && (tx.begun || err != -EINTR))
		unc_transport_shutdown(tp);
	return err;
}

/**
 * unc_transport_send - send one message
 * @tp: the transport; the caller's lock lets one sender in at a time
 * @head: the message, or its first part, not empty
 * @payload: the rest of it, in memory of the kernel; not advanced; NULL or
 *	empty for none.  The pages must not change until this returns.
 *
 * May sleep, no longer than the timeout of unc_transport_connect(); a task that
 * is killed has two seconds left to get its message out.
 *
 * Return: 0 when TCP has taken all of it.  -EINTR (killed), -EMSGSIZE or
 * -EINVAL before the first byte: nothing was sent and the transport is as it
 * was.  After any other error, and -EINTR in the middle of the message, the
 * transport is shut down, so that the receiver finds out at once: -ETIMEDOUT
 * when the server takes no data, -EPIPE, -ECONNRESET and what else TCP may say.
 */
int unc_transport_send(struct unc_transport *tp, const struct kvec *head,
		       struct iov_iter *payload)
{
	size_t len;

	if (payload && !iov_iter_count(payload))
		payload = NULL;
	if (!head->iov_len || (payload && user_backed_iter(payload)))
		return -EINVAL;
	len = size_add(head->iov_len, payload ? iov_iter_count(payload) : 0);
	if (len > tp->msg_max)
		return -EMSGSIZE;
	return unc_tcp_send(tp, NBSS_MESSAGE, head, payload);
}

/**
 * unc_tcp_recv_soon - receive bytes before there is a thread for it
 * @tp: the transport
 * @buf: memory of the kernel
 * @len: how many bytes
 *
 * May sleep, killable, no longer than the timeout of unc_transport_connect().
 *
 * Return: 0 when all are there; -EINTR when killed; -ETIMEDOUT; -ECONNRESET
 * when the server closed; what else TCP may say.
 */
int unc_tcp_recv_soon(struct unc_transport *tp, void *buf, u32 len)
{
	DEFINE_WAIT_FUNC(wait, unc_tcp_wake);
	wait_queue_head_t *queue = sk_sleep(tp->sock->sk);
	struct kvec vec = { .iov_base = buf, .iov_len = len };
	long left = tp->timeout;
	int n = 0;

	add_wait_queue(queue, &wait);
	while (vec.iov_len) {
		struct msghdr msg = { };

		n = kernel_recvmsg(tp->sock, &msg, &vec, 1, vec.iov_len,
				   MSG_DONTWAIT);
		if (n > 0) {
			vec.iov_base += n;
			vec.iov_len -= n;
			continue;
		}
		if (n != -EAGAIN)
			break;
		n = fatal_signal_pending(current) ? -EINTR : -ETIMEDOUT;
		if (n == -EINTR || !left)
			break;
		left = wait_woken(&wait, TASK_KILLABLE, left);
	}
	remove_wait_queue(queue, &wait);
	if (!vec.iov_len)
		return 0;
	return n ?: -ECONNRESET;
}

/**
 * unc_tcp_limit - from now on messages are shorter
 * @tp: the transport; nobody else uses it yet
 * @msg_max: longest message, bytes
 */
void unc_tcp_limit(struct unc_transport *tp, u32 msg_max)
{
	tp->msg_max = msg_max;
}

/**
 * unc_transport_msg_max - the longest message
 * @tp: the transport
 *
 * Any context.
 *
 * Return: bytes.
 */
u32 unc_transport_msg_max(const struct unc_transport *tp)
{
	return tp->msg_max;
}

/**
 * unc_transport_recv - receive bytes of a message
 * @tp: the transport; one thread receives
 * @buf: memory of the kernel
 * @len: how many bytes
 *
 * May sleep, until the bytes are there or the transport goes down; it is for
 * a thread without signals, and whoever misses an answer shuts down.
 *
 * Return: 0 when all are there; -ECONNABORTED after unc_transport_shutdown();
 * -ECONNRESET when the server closed; what else TCP may say.
 */
int unc_transport_recv(struct unc_transport *tp, void *buf, u32 len)
{
	while (len) {
		struct kvec vec = {
			.iov_base = buf, .iov_len = min_t(u32, len, UNC_TCP_CHUNK),
		};
		struct msghdr msg = { };
		int n = kernel_recvmsg(tp->sock, &msg, &vec, 1, vec.iov_len,
				       MSG_WAITALL);

		if (READ_ONCE(tp->down))
			return -ECONNABORTED;
		if (!n)
			return -ECONNRESET;
		if (n < 0)
			return n;
		WRITE_ONCE(tp->heard, jiffies);
		buf += n;
		len -= n;
	}
	return 0;
}

/**
 * unc_transport_next - wait for the next message
 * @tp: the transport; one thread receives
 * @len: set to its length, at least 1, at most unc_transport_msg_max(); exactly
 *	so many bytes are to be had with unc_transport_recv() then
 *
 * Keep-alives are dropped.  May sleep, as unc_transport_recv().
 *
 * Return: 0; -EPROTO for anything but a message; errors as
 * unc_transport_recv().
 */
int unc_transport_next(struct unc_transport *tp, u32 *len)
{
	u8 prefix[NBSS_PREFIX_LEN];
	u32 n;
	int err;

	do {
		err = unc_transport_recv(tp, prefix, sizeof(prefix));
		if (err)
			return err;
		n = get_unaligned_be24(prefix + 1);
	} while (prefix[0] == NBSS_KEEP_ALIVE && !n);
	if (prefix[0] != NBSS_MESSAGE || !n || n > tp->msg_max)
		return -EPROTO;
	*len = n;
	return 0;
}

/**
 * unc_transport_last_heard - when the server was heard last
 * @tp: the transport
 *
 * Moves on while a long message arrives, too.  Any context.
 *
 * Return: jiffies.
 */
unsigned long unc_transport_last_heard(const struct unc_transport *tp)
{
	return READ_ONCE(tp->heard);
}

/**
 * unc_transport_shutdown - end all communication
 * @tp: the transport
 *
 * Makes the receiver and a sender return, and all later calls fail.  May be
 * called by anybody who may sleep, any number of times; does not wait for the
 * network.
 */
void unc_transport_shutdown(struct unc_transport *tp)
{
	WRITE_ONCE(tp->down, true);
	kernel_sock_shutdown(tp->sock, SHUT_RDWR);
}

/**
 * unc_transport_free - close and free
 * @tp: nobody uses it any more; NULL is fine
 *
 * May sleep; does not wait for the network.  The caller may let go of the
 * network namespace afterwards.
 */
void unc_transport_free(struct unc_transport *tp)
{
	if (!tp)
		return;
	unc_transport_shutdown(tp);
	sock_release(tp->sock);
	kfree(tp);
}
