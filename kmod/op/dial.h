/* SPDX-License-Identifier: GPL-2.0-only */
/* From the name of a server to a transport. */
#ifndef _UNC_OP_DIAL_H
#define _UNC_OP_DIAL_H

struct unc_conn;
struct unc_failure;
struct unc_transport;

struct unc_transport *unc_dial(struct unc_conn *conn, struct unc_failure *why);

#endif /* _UNC_OP_DIAL_H */
