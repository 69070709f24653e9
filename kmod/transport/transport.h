/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A byte stream to a server that carries whole messages.
 *
 * Direct TCP ([MS-SMB2] 2.1) puts a zero byte and a 24-bit big-endian length
 * before each message; NetBIOS sessions (RFC 1002 4.3) start with a call by
 * name and then do the same with 17 bits.  One thread receives; senders take turns by a lock of
 * the caller's.  unc_transport_shutdown() may be called by anybody at any
 * time and makes every other call on the object return soon.
 */
#ifndef _UNC_TRANSPORT_H
#define _UNC_TRANSPORT_H

#include <linux/socket.h>
#include <linux/types.h>

struct iov_iter;
struct kvec;
struct net;
struct unc_transport;
struct wire_nbss_answer;
struct wire_nbss_request;

#define UNC_TCP_PORT		445
#define UNC_NBSS_PORT		139
#define UNC_TRANSPORT_MSG_MAX	0xffffff	/* 24-bit length */

struct unc_transport *unc_transport_connect(struct net *net,
					    const struct sockaddr_storage *addr,
					    unsigned int timeout_ms);
int unc_nbss_call(struct unc_transport *tp,
		  const struct wire_nbss_request *names,
		  struct wire_nbss_answer *answer);
int unc_transport_send(struct unc_transport *tp, const struct kvec *head,
		       struct iov_iter *payload);
int unc_transport_next(struct unc_transport *tp, u32 *len);
int unc_transport_recv(struct unc_transport *tp, void *buf, u32 len);
u32 unc_transport_msg_max(const struct unc_transport *tp);
unsigned long unc_transport_last_heard(const struct unc_transport *tp);
void unc_transport_shutdown(struct unc_transport *tp);
void unc_transport_free(struct unc_transport *tp);

#endif /* _UNC_TRANSPORT_H */
