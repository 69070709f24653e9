/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests in flight: which worker has which, and until when.
 *
 * Every request taken by jobs_request() is answered exactly once, by its
 * worker, at its deadline or when the worker ends, unless it is cancelled
 * before.  Nothing here knows how requests and answers travel.
 */
#ifndef UNCD_JOBS_H
#define UNCD_JOBS_H

#include <stdint.h>
#include <systemd/sd-event.h>

#include "answer.h"
#include "request.h"

struct jobs;

typedef void (*jobs_answer_handler)(uint64_t cookie,
				    const struct answer *answer, void *owner);

struct jobs *jobs_new(sd_event *event, jobs_answer_handler handler,
		      void *owner);

/* Takes @req over. */
void jobs_request(struct jobs *jobs, struct request *req);

/* The answer to @cookie is no longer wanted. */
void jobs_cancel(struct jobs *jobs, uint64_t cookie);

/* End every job without an answer; the kernel's side is gone. */
void jobs_drop(struct jobs *jobs);

void jobs_free(struct jobs *jobs);

#endif
