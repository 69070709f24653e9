// SPDX-License-Identifier: GPL-2.0-or-later
#include "jobs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <time.h>

#include "auth.h"
#include "log.h"
#include "resolve.h"
#include "spnego.h"
#include "worker.h"

/*
 * As many processes at a time, and of them for one user, so that whoever talks to
 * servers that never answer leaves something for the others.  The rest waits.
 */
#define WORKERS_MAX	64
#define WORKERS_USER	48
#define WAITING_MAX	1024

/* An exchange of which no leg came for so long is forgotten. */
#define EXCHANGE_IDLE_US	(60 * 1000000ULL)

/*
 * One worker and what it is asked.  A job of kind RESOLVE ends with its
 * answer; one of kind AUTH lives on between the legs of its exchange, then
 * with @cookie 0, since no request waits.
 */
struct job {
	LIST_ENTRY(job) link;
	struct jobs *jobs;
	uint32_t kind;
	uint32_t uid;
	uint64_t cookie;
	uint64_t exchange;
	unsigned int leg;
	uint64_t began_us;
	struct worker *worker;		/* NULL while it waits for a place */
	sd_event_source *timer;
	struct request *req;		/* of the first leg, until given away */
	char host[UNC_HOST_MAX + 1];
};

struct jobs {
	sd_event *event;
	jobs_answer_handler handler;
	void *owner;
	LIST_HEAD(, job) list;		/* newest first */
	unsigned int workers;
	unsigned int waiting;
};

static uint64_t now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + (uint64_t)ts.tv_nsec / 1000;
}

/* ---- A job's end and its answers ---------------------------------------- */

static void jobs_start_waiting(struct jobs *jobs);

static void job_free(struct job *job)
{
	struct jobs *jobs = job->jobs;

	if (job->worker)
		jobs->workers--;
	else
		jobs->waiting--;
	worker_kill(job->worker);
	sd_event_source_disable_unref(job->timer);
	request_free(job->req);
	LIST_REMOVE(job, link);
	free(job);
	jobs_start_waiting(jobs);
}

static void log_answer(const struct job *job, const struct answer *answer)
{
	const char *what = job->kind == UNC_KIND_AUTH ? "authenticate to" :
							"resolve";
	unsigned int ms = (unsigned int)((now_us() - job->began_us) / 1000);

	if (answer->error)
		log_info("%s %s: %s (%s, after %u ms)", what, job->host,
			 answer->message, strerrorname_np(-answer->error), ms);
	else if (answer->done)
		log_info("%s %s: done by %s as %s in %u legs", what, job->host,
			 answer->mech, answer->principal, job->leg);
	else
		log_debug("%s %s: answered in %u ms", what, job->host, ms);
}

static void job_answer(struct job *job, const struct answer *answer)
{
	uint64_t cookie = job->cookie;

	log_answer(job, answer);
	job->cookie = 0;
	if (cookie)
		job->jobs->handler(cookie, answer, job->jobs->owner);
}

static void reply_error(struct jobs *jobs, uint64_t cookie, int error,
			const char *message)
{
	static struct answer answer;

	answer_clear(&answer);
	answer_fail(&answer, error, UNC_STAGE_AGENT, "%s", message);
	log_warning("request refused: %s", message);
	if (cookie)
		jobs->handler(cookie, &answer, jobs->owner);
}

static void job_answer_error(struct job *job, int error, enum unc_stage stage,
			     const char *message)
{
	static struct answer answer;

	answer_clear(&answer);
	answer_fail(&answer, error, stage, "%s", message);
	job_answer(job, &answer);
}

/* ---- Time --------------------------------------------------------------- */

static int job_timed_out(sd_event_source *source, uint64_t usec, void *data)
{
	struct job *job = data;
	bool auth = job->kind == UNC_KIND_AUTH;

	if (!job->cookie)
		log_info("authenticate to %s: forgotten, no further leg came",
			 job->host);
	else if (!job->worker)
		job_answer_error(job, ETIMEDOUT, UNC_STAGE_AGENT,
				 "the agent has too much to do");
	else
		job_answer_error(job, ETIMEDOUT,
				 auth ? UNC_STAGE_MECHANISM : UNC_STAGE_RESOLVE,
				 auth ? "the authentication step took too long" :
				 "the host name could not be looked up in time: no name server answers");
	job_free(job);
	return 0;
}

/* The reason shall arrive while the kernel still waits for it. */
static uint64_t answer_by_us(uint32_t deadline_ms)
{
	uint64_t us = (uint64_t)deadline_ms * 1000;
	uint64_t margin = us / 10;

	return us - (margin < 250000 ? margin : 250000);
}

static bool job_set_timer(struct job *job, uint64_t us)
{
	int ret;

	job->timer = sd_event_source_disable_unref(job->timer);
	ret = sd_event_add_time_relative(job->jobs->event, &job->timer,
					 CLOCK_MONOTONIC, us, 10000,
					 job_timed_out, job);
	if (ret < 0)
		log_error("cannot set a timer: %s", strerror(-ret));
	return ret >= 0;
}

/* ---- In the worker ------------------------------------------------------ */

static struct answer child_answer;

/* Passwords of others who wait; this job's own is needed. */
static void child_forget(void *data)
{
	struct job *own = data, *job;

	LIST_FOREACH(job, &own->jobs->list, link)
		if (job != own && job->req)
			request_forget_password(job->req);
}

static void child_resolve(int fd, void *data)
{
	struct job *job = data;

	resolve_name(job->req->host, &child_answer);
	answer_send(&child_answer, fd);
}

/* The first leg's token came with the request, later ones come by @fd. */
static void child_auth(int fd, void *data)
{
	struct job *job = data;
	struct request *req = job->req;
	struct auth *auth = auth_new(req);

	for (;;) {
		ssize_t len;

		auth_leg(auth, req->token, req->token_len, &child_answer);
		if (!answer_send(&child_answer, fd))
			break;
		if (child_answer.error || child_answer.done)
			break;
		/* One byte ahead: an empty token is no end of file. */
		len = recv(fd, req->token, sizeof(req->token), 0);
		if (len < 1)
			break;
		req->token_len = (size_t)len - 1;
		memmove(req->token, req->token + 1, req->token_len);
	}
	answer_clear(&child_answer);
	auth_free(auth);
	request_free(req);
}

static const struct worker_task resolve_task = {
	.name = "uncd-resolve",
	.forget = child_forget,
	.run = child_resolve,
};

static struct worker_task auth_task(const struct request *req)
{
	return (struct worker_task){
		.name = "uncd-auth",
		.uid = req->uid,
		/* Root's tickets are needed only where no password is. */
		.keep_root = !req->cred.has_password,
		.forget = child_forget,
		.run = child_auth,
	};
}

/* ---- In the main process ------------------------------------------------ */

static void job_worker_event(struct worker *worker, struct answer *answer,
			     void *owner)
{
	struct job *job = owner;

	if (answer) {
		job_answer(job, answer);
		if (job->kind == UNC_KIND_AUTH && !answer->error &&
		    !answer->done && job_set_timer(job, EXCHANGE_IDLE_US))
			return;
	} else if (job->cookie) {
		job_answer_error(job, EIO, UNC_STAGE_AGENT,
				 "the agent's worker ended unexpectedly (see the journal of uncd)");
	}
	job_free(job);
}

static void job_start(struct job *job)
{
	struct worker_task task = resolve_task;
	struct jobs *jobs = job->jobs;

	if (job->kind == UNC_KIND_AUTH)
		task = auth_task(job->req);
	job->worker = worker_spawn(jobs->event, &task, job, job_worker_event,
				   job);
	if (!job->worker) {
		job_answer_error(job, errno, UNC_STAGE_AGENT,
				 "the agent cannot start a worker");
		job_free(job);
		return;
	}
	jobs->waiting--;
	jobs->workers++;
	/* The worker has its copy; this process needs the secret no longer. */
	request_free(job->req);
	job->req = NULL;
}

/* How many workers each user has; a user is in it once. */
struct tally {
	unsigned int users;
	struct {
		uint32_t uid;
		unsigned int workers;
	} of[WORKERS_MAX];
};

static unsigned int *tally_of(struct tally *tally, uint32_t uid, bool add)
{
	unsigned int i = 0;

	while (i < tally->users && tally->of[i].uid != uid)
		i++;
	if (i < tally->users)
		return &tally->of[i].workers;
	if (!add)
		return NULL;
	tally->users++;
	tally->of[i].uid = uid;
	tally->of[i].workers = 0;
	return &tally->of[i].workers;
}

/* The oldest of whoever has the fewest workers; NULL if nobody may have more. */
static struct job *next_to_start(struct jobs *jobs)
{
	unsigned int *workers, least = WORKERS_USER;
	struct tally tally = { .users = 0 };
	struct job *job, *next = NULL;

	LIST_FOREACH(job, &jobs->list, link)
		if (job->worker)
			++*tally_of(&tally, job->uid, true);
	LIST_FOREACH(job, &jobs->list, link) {
		if (job->worker)
			continue;
		workers = tally_of(&tally, job->uid, false);
		/* Newest first: equals that come later are older. */
		if ((workers ? *workers : 0) > (next ? least : least - 1))
			continue;
		least = workers ? *workers : 0;
		next = job;
	}
	return next;
}

/* Start those that wait while there are places, fair among users. */
static void jobs_start_waiting(struct jobs *jobs)
{
	struct job *next;

	while (jobs->waiting && jobs->workers < WORKERS_MAX &&
	       (next = next_to_start(jobs)))
		job_start(next);
}

static void job_new(struct jobs *jobs, struct request *req)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job) {
		reply_error(jobs, req->cookie, ENOMEM, "out of memory");
		request_free(req);
		return;
	}
	job->jobs = jobs;
	job->kind = req->kind;
	job->uid = req->uid;
	job->cookie = req->cookie;
	job->exchange = req->exchange;
	job->leg = 1;
	job->began_us = now_us();
	job->req = req;
	memcpy(job->host, req->host, sizeof(job->host));
	LIST_INSERT_HEAD(&jobs->list, job, link);
	jobs->waiting++;
	if (!job_set_timer(job, answer_by_us(req->deadline_ms))) {
		job_answer_error(job, ENOMEM, UNC_STAGE_AGENT, "out of memory");
		job_free(job);
		return;
	}
	jobs_start_waiting(jobs);
}

static struct job *find_exchange(struct jobs *jobs, uint64_t exchange)
{
	struct job *job;

	LIST_FOREACH(job, &jobs->list, link)
		if (job->kind == UNC_KIND_AUTH && job->exchange == exchange)
			return job;
	return NULL;
}

static struct job *find_cookie(struct jobs *jobs, uint64_t cookie)
{
	struct job *job;

	LIST_FOREACH(job, &jobs->list, link)
		if (cookie && job->cookie == cookie)
			return job;
	return NULL;
}

/* Hand a later leg to the worker that has the exchange. */
static void job_next_leg(struct job *job, struct request *req)
{
	static uint8_t message[1 + UNC_TOKEN_MAX];

	if (job->cookie) {
		reply_error(job->jobs, req->cookie, EPROTO,
			    "a leg came before the answer to the one before");
		return;
	}
	job->cookie = req->cookie;
	job->began_us = now_us();
	job->leg++;
	memcpy(message + 1, req->token, req->token_len);
	if (job_set_timer(job, answer_by_us(req->deadline_ms)) &&
	    worker_send(job->worker, message, 1 + req->token_len))
		return;
	job_answer_error(job, EIO, UNC_STAGE_AGENT,
			 "the agent's worker for this authentication is gone");
	job_free(job);
}

static void auth_request(struct jobs *jobs, struct request *req)
{
	struct job *job = find_exchange(jobs, req->exchange);

	if (job) {
		job_next_leg(job, req);
		request_free(req);
	} else if (spnego_is_resp(req->token, req->token_len)) {
		/* An agent before this one had it, and its state is lost. */
		reply_error(jobs, req->cookie, ESTALE,
			    "the agent was restarted during this authentication");
		request_free(req);
	} else {
		job_new(jobs, req);
	}
}

static void resolve_request(struct jobs *jobs, struct request *req)
{
	static struct answer answer;

	if (!resolve_numeric(req->host, &answer)) {
		job_new(jobs, req);
		return;
	}
	jobs->handler(req->cookie, &answer, jobs->owner);
	request_free(req);
}

static void end_request(struct jobs *jobs, struct request *req)
{
	struct job *job = find_exchange(jobs, req->exchange);

	if (job)
		job_free(job);
	request_free(req);
}

void jobs_request(struct jobs *jobs, struct request *req)
{
	if (req->kind == UNC_KIND_AUTH_END) {
		end_request(jobs, req);
	} else if (!req->cookie || find_cookie(jobs, req->cookie)) {
		log_warning("a request without a cookie of its own is ignored");
		request_free(req);
	} else if (jobs->waiting >= WAITING_MAX) {
		reply_error(jobs, req->cookie, EAGAIN,
			    "the agent has too much to do");
		request_free(req);
	} else if (req->kind == UNC_KIND_AUTH) {
		auth_request(jobs, req);
	} else {
		resolve_request(jobs, req);
	}
}

void jobs_cancel(struct jobs *jobs, uint64_t cookie)
{
	struct job *job = find_cookie(jobs, cookie);

	if (job)
		job_free(job);
}

struct jobs *jobs_new(sd_event *event, jobs_answer_handler handler, void *owner)
{
	struct jobs *jobs = calloc(1, sizeof(*jobs));

	if (!jobs)
		return NULL;
	jobs->event = sd_event_ref(event);
	jobs->handler = handler;
	jobs->owner = owner;
	LIST_INIT(&jobs->list);
	return jobs;
}

void jobs_drop(struct jobs *jobs)
{
	struct job *job;

	/* Those that wait first, or ending others would start them. */
	while ((job = LIST_FIRST(&jobs->list)) && jobs->waiting) {
		while (job && job->worker)
			job = LIST_NEXT(job, link);
		if (!job)
			break;
		job_free(job);
	}
	while ((job = LIST_FIRST(&jobs->list)))
		job_free(job);
}

void jobs_free(struct jobs *jobs)
{
	if (!jobs)
		return;
	jobs_drop(jobs);
	sd_event_unref(jobs->event);
	free(jobs);
}
