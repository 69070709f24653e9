// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests in flight, with real workers and no kernel: answered once, ended at
 * their deadline, cancelled, forgotten.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>

#include "jobs.h"
#include "log.h"
#include "tap.h"

static sd_event *event;
static struct jobs *jobs;
static unsigned int answers;
static uint64_t last_cookie;
static struct answer last;
static bool answered[200];	/* cookies from 1000 on */

static void take_answer(uint64_t cookie, const struct answer *answer,
			void *owner)
{
	answers++;
	last_cookie = cookie;
	if (cookie >= 1000)
		answered[cookie - 1000] = true;
	last = *answer;
}

static struct request *request_new(uint32_t kind, uint64_t cookie,
				   const char *host)
{
	struct request *req = calloc(1, sizeof(*req));

	req->kind = kind;
	req->cookie = cookie;
	req->exchange = cookie;
	req->deadline_ms = 5000;
	req->sec = UNC_SEC_NONE;
	req->uid = 0;
	strcpy(req->host, host);
	return req;
}

/* Run the loop until @count answers or @ms without one. */
static void run(unsigned int count, unsigned int ms)
{
	for (unsigned int i = 0; i < ms / 10 && answers < count; i++)
		sd_event_run(event, 10000);
}

/* Let workers end and be reaped. */
static void settle(void)
{
	for (int i = 0; i < 20; i++)
		sd_event_run(event, 10000);
}

static void test_numeric(void)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)&last.addresses[0];

	answers = 0;
	jobs_request(jobs, request_new(UNC_KIND_RESOLVE, 1, "192.0.2.7"));
	ok(answers == 1 && !last.error && last.address_count == 1 &&
	   sin->sin_family == AF_INET &&
	   sin->sin_addr.s_addr == htonl(0xc0000207),
	   "an address in digits is answered at once");
	jobs_request(jobs, request_new(UNC_KIND_RESOLVE, 2, "2001:db8::1"));
	ok(answers == 2 && last.addresses[0].ss_family == AF_INET6,
	   "so is one of IPv6");
}

static void test_resolve(void)
{
	answers = 0;
	jobs_request(jobs, request_new(UNC_KIND_RESOLVE, 3, "localhost"));
	run(1, 5000);
	ok(answers == 1 && !last.error && last.address_count &&
	   last_cookie == 3, "localhost");
	answers = 0;
	jobs_request(jobs, request_new(UNC_KIND_RESOLVE, 4,
				       "no-such-host.invalid"));
	run(1, 6000);
	ok(answers == 1 && last.error < 0 && last.stage == UNC_STAGE_RESOLVE &&
	   *last.message, "a name that does not exist: %s", last.message);
	settle();
}

static void test_auth(void)
{
	static const uint8_t resp[] = { 0xa1, 0x02, 0x30, 0x00 };
	struct request *req;

	answers = 0;
	jobs_request(jobs, request_new(UNC_KIND_AUTH, 5, "files"));
	run(1, 5000);
	ok(answers == 1 && !last.error && last.token_len && !last.done,
	   "first leg: a token");
	req = request_new(UNC_KIND_AUTH, 6, "files");
	req->exchange = 5;
	memcpy(req->token, resp, sizeof(resp));
	req->token_len = sizeof(resp);
	jobs_request(jobs, req);
	run(2, 5000);
	ok(answers == 2 && last_cookie == 6 && last.error == -EPROTO,
	   "second leg reaches the same worker, which finds it malformed: %s",
	   last.message);
	req = request_new(UNC_KIND_AUTH, 7, "files");
	memcpy(req->token, resp, sizeof(resp));
	req->token_len = sizeof(resp);
	jobs_request(jobs, req);
	ok(answers == 3 && last.error == -ESTALE,
	   "a leg of an exchange unknown here: %s", last.message);
	settle();
}

static void test_end(void)
{
	struct request *end = request_new(UNC_KIND_AUTH_END, 0, "");
	struct request *leg = request_new(UNC_KIND_AUTH, 9, "files");

	answers = 0;
	jobs_request(jobs, request_new(UNC_KIND_AUTH, 8, "files"));
	run(1, 5000);
	end->exchange = 8;
	jobs_request(jobs, end);
	leg->exchange = 8;
	leg->token_len = 2;
	memcpy(leg->token, "\xa1", 2);
	jobs_request(jobs, leg);
	ok(answers == 2 && last.error == -ESTALE,
	   "after AUTH_END the exchange is forgotten");
	answers = 0;
	jobs_request(jobs, request_new(UNC_KIND_AUTH, 10, "files"));
	jobs_cancel(jobs, 10);
	settle();
	ok(answers == 0, "cancelled: no answer");
}

static void test_deadline(void)
{
	struct request *req = request_new(UNC_KIND_RESOLVE, 11,
					  "no-such-host.invalid");

	answers = 0;
	req->deadline_ms = 1;
	jobs_request(jobs, req);
	run(1, 2000);
	settle();
	ok(answers == 1 && (last.error == -ETIMEDOUT ||
			    last.error == -EHOSTUNREACH),
	   "a deadline of a millisecond: answered once, %s", last.message);
}

/* Whoever comes last and asks little does not wait for whoever asks much. */
static void test_fair(void)
{
	struct request *req;

	answers = 0;
	for (uint64_t i = 0; i < 150; i++)
		jobs_request(jobs, request_new(UNC_KIND_AUTH, 1000 + i,
					       "files"));
	run(48, 5000);
	for (uint64_t i = 150; i < 153; i++) {
		req = request_new(UNC_KIND_AUTH, 1000 + i, "files");
		req->uid = 1;
		jobs_request(jobs, req);
	}
	run(51, 5000);
	ok(answers == 51 && answered[150] && answered[151] && answered[152],
	   "another user's three are served beside 102 that wait (%u)",
	   answers);
	jobs_drop(jobs);
	settle();
	memset(answered, 0, sizeof(answered));
}

static void test_many(void)
{
	answers = 0;
	for (uint64_t i = 0; i < 200; i++)
		jobs_request(jobs, request_new(UNC_KIND_AUTH, 1000 + i,
					       "files"));
	run(64, 1000);
	ok(answers == 48, "48 of one user's 200 exchanges have a worker (%u)",
	   answers);
	for (uint64_t i = 0; i < 200; i++) {
		struct request *end = request_new(UNC_KIND_AUTH_END, 0, "");

		for (int tries = 0; !answered[i] && tries < 200; tries++)
			sd_event_run(event, 10000);
		end->exchange = 1000 + i;
		jobs_request(jobs, end);
	}
	ok(answers == 200, "the others follow when those end (%u)", answers);
	jobs_request(jobs, request_new(UNC_KIND_AUTH, 1, "files"));
	jobs_request(jobs, request_new(UNC_KIND_AUTH, 1, "files"));
	answers = 0;
	run(1, 5000);
	run(2, 200);
	ok(answers == 1, "a cookie used twice is answered once");
	jobs_drop(jobs);
	settle();
}

int main(void)
{
	sigset_t set;

	log_open("# test_jobs", LOG_LEVEL_ERROR, false);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sd_event_default(&event);
	jobs = jobs_new(event, take_answer, NULL);
	test_numeric();
	test_resolve();
	test_auth();
	test_end();
	test_deadline();
	test_fair();
	test_many();
	jobs_free(jobs);
	sd_event_unref(event);
	return tap_done();
}
