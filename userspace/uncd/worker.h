/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A worker: a forked process that does one piece of work as an unprivileged
 * user and talks to the main process over a socket pair.  What parses bytes
 * from the network runs in one, and may crash without harm.
 */
#ifndef UNCD_WORKER_H
#define UNCD_WORKER_H

#include <stddef.h>
#include <sys/types.h>
#include <systemd/sd-event.h>

#include "answer.h"

struct worker;

struct worker_task {
	const char *name;	/* for ps and the log */
	uid_t uid;		/* 0: nobody, unless keep_root */
	bool keep_root;		/* what the user root owns is needed */
	/* In the child, first: forget what belongs to others. */
	void (*forget)(void *data);
	/* In the child, unprivileged: the work; the process ends with it. */
	void (*run)(int fd, void *data);
};

/*
 * An answer came (@answer, validated, wiped after the call), or the worker is
 * gone (@answer NULL).  After the latter the worker is no more.
 */
typedef void (*worker_handler)(struct worker *worker, struct answer *answer,
			       void *owner);

/* NULL with errno on failure. */
struct worker *worker_spawn(sd_event *event, const struct worker_task *task,
			    void *data, worker_handler handler, void *owner);

/* One message; false when the worker cannot take it any more. */
bool worker_send(struct worker *worker, const void *data, size_t len);

/* End it at once; the handler is not called any more. */
void worker_kill(struct worker *worker);

#endif
