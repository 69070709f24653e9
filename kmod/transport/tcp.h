/* SPDX-License-Identifier: GPL-2.0-only */
/* What the beginning of a NetBIOS session needs of the TCP below it. */
#ifndef _UNC_TRANSPORT_TCP_H
#define _UNC_TRANSPORT_TCP_H

#include <linux/types.h>

struct iov_iter;
struct kvec;
struct unc_transport;

int unc_tcp_send(struct unc_transport *tp, u8 type, const struct kvec *head,
		 const struct iov_iter *payload);
int unc_tcp_recv_soon(struct unc_transport *tp, void *buf, u32 len);
void unc_tcp_limit(struct unc_transport *tp, u32 msg_max);

#endif /* _UNC_TRANSPORT_TCP_H */
