/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints of uncfs, and the reasons for which references are held.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM uncfs

#ifndef _UNC_TRACE_TYPES_H
#define _UNC_TRACE_TYPES_H

/*
 * Why a reference is taken or dropped.  Every get has a put with the same
 * reason; a leak is the reason whose two counts differ in the trace.
 */
#define UNC_WHYS \
	EM(unc_why_alloc,	"alloc") \
	EM(unc_why_find,	"find") \
	EM(unc_why_io,		"io") \
	EM(unc_why_lease,	"lease") \
	EM(unc_why_lock,	"lock") \
	EM(unc_why_open,	"open") \
	EM(unc_why_reach,	"reach") \
	EM(unc_why_request,	"request") \
	EM(unc_why_rx,		"rx") \
	EM(unc_why_session,	"session") \
	EM(unc_why_share,	"share") \
	EM(unc_why_status,	"status") \
	EM(unc_why_tree,	"tree") \
	E_(unc_why_watch,	"watch")

#undef EM
#undef E_
#define EM(a, b) a,
#define E_(a, b) a

struct unc_part;
struct wire_smb2_hdr;

/* enum unc_why - why a reference is held */
enum unc_why { UNC_WHYS };

#endif /* _UNC_TRACE_TYPES_H */

#if !defined(_UNC_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _UNC_TRACE_H

#include <linux/tracepoint.h>

#undef EM
#undef E_
#define EM(a, b) TRACE_DEFINE_ENUM(a);
#define E_(a, b) TRACE_DEFINE_ENUM(a);
UNC_WHYS

#undef EM
#undef E_
#define EM(a, b) { a, b },
#define E_(a, b) { a, b }

/* what: 'C'onnection, 'S'ession, 'T'ree, 'O'pen, 'R'equest */
TRACE_EVENT(unc_ref,
	TP_PROTO(char what, u64 id, int ref, enum unc_why why),
	TP_ARGS(what, id, ref, why),
	TP_STRUCT__entry(
		__field(char,		what)
		__field(u64,		id)
		__field(int,		ref)
		__field(enum unc_why,	why)
	),
	TP_fast_assign(
		__entry->what = what;
		__entry->id = id;
		__entry->ref = ref;
		__entry->why = why;
	),
	TP_printk("%c=%llu ref=%d why=%s", __entry->what, __entry->id,
		  __entry->ref, __print_symbolic(__entry->why, UNC_WHYS))
);

/* A command is about to be sent; it has been paid for, @credits are left. */
TRACE_EVENT(unc_part_send,
	TP_PROTO(u64 conn, u64 session, u32 credits, const struct unc_part *p,
		 u8 index),
	TP_ARGS(conn, session, credits, p, index),
	TP_STRUCT__entry(
		__field(u64,	conn)
		__field(u64,	session)
		__field(u64,	mid)
		__field(u32,	credits)
		__field(u16,	command)
		__field(u16,	charge)
		__field(u8,	index)
	),
	TP_fast_assign(
		__entry->conn = conn;
		__entry->session = session;
		__entry->mid = p->mid;
		__entry->credits = credits;
		__entry->command = p->command;
		__entry->charge = p->charge;
		__entry->index = index;
	),
	TP_printk("C=%llu mid=%llu cmd=%u charge=%u part=%u S=%#llx credits=%u",
		  __entry->conn, __entry->mid, __entry->command,
		  __entry->charge, __entry->index, __entry->session,
		  __entry->credits)
);

/* A command was answered, for good or by STATUS_PENDING, after @us. */
TRACE_EVENT(unc_part_reply,
	TP_PROTO(u64 conn, u64 session, u32 us, const struct unc_part *p,
		 const struct wire_smb2_hdr *hdr),
	TP_ARGS(conn, session, us, p, hdr),
	TP_STRUCT__entry(
		__field(u64,	conn)
		__field(u64,	session)
		__field(u64,	mid)
		__field(u32,	status)
		__field(u32,	us)
		__field(u16,	command)
		__field(u16,	granted)
	),
	TP_fast_assign(
		__entry->conn = conn;
		__entry->session = session;
		__entry->mid = p->mid;
		__entry->status = hdr->status;
		__entry->us = us;
		__entry->command = p->command;
		__entry->granted = hdr->credits;
	),
	TP_printk("C=%llu mid=%llu cmd=%u status=%#x S=%#llx granted=%u us=%u",
		  __entry->conn, __entry->mid, __entry->command,
		  __entry->status, __entry->session, __entry->granted,
		  __entry->us)
);

/* A lease was granted, broken, lost or closed. */
TRACE_EVENT(unc_lease,
	TP_PROTO(u64 key, u32 state, u32 opens, const char *what),
	TP_ARGS(key, state, opens, what),
	TP_STRUCT__entry(
		__field(u64,		key)
		__field(u32,		state)
		__field(u32,		opens)
		__string(what,		what)
	),
	TP_fast_assign(
		__entry->key = key;
		__entry->state = state;
		__entry->opens = opens;
		__assign_str(what);
	),
	TP_printk("L=%016llx %s %s%s%s opens=%u", __entry->key,
		  __get_str(what), __entry->state & 1 ? "R" : "-",
		  __entry->state & 4 ? "W" : "-",
		  __entry->state & 2 ? "H" : "-", __entry->opens)
);

/* A handle has come back after its connection was lost. */
TRACE_EVENT(unc_open_back,
	TP_PROTO(u64 id, const char *how),
	TP_ARGS(id, how),
	TP_STRUCT__entry(
		__field(u64,	id)
		__string(how,	how)
	),
	TP_fast_assign(
		__entry->id = id;
		__assign_str(how);
	),
	TP_printk("O=%llu %s", __entry->id, __get_str(how))
);

/* An attempt to bring a lost share back has ended. */
TRACE_EVENT(unc_reconnect,
	TP_PROTO(const char *share, u32 attempt, u32 ms, int error),
	TP_ARGS(share, attempt, ms, error),
	TP_STRUCT__entry(
		__string(share,	share)
		__field(u32,	attempt)
		__field(u32,	ms)
		__field(int,	error)
	),
	TP_fast_assign(
		__assign_str(share);
		__entry->attempt = attempt;
		__entry->ms = ms;
		__entry->error = error;
	),
	TP_printk("share=%s attempt=%u ms=%u error=%d", __get_str(share),
		  __entry->attempt, __entry->ms, __entry->error)
);

/* A connection was lost, or given up. */
TRACE_EVENT(unc_conn_lost,
	TP_PROTO(u64 conn, int error),
	TP_ARGS(conn, error),
	TP_STRUCT__entry(
		__field(u64,	conn)
		__field(int,	error)
	),
	TP_fast_assign(
		__entry->conn = conn;
		__entry->error = error;
	),
	TP_printk("C=%llu error=%d", __entry->conn, __entry->error)
);

#endif /* _UNC_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
