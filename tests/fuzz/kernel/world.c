// SPDX-License-Identifier: GPL-2.0-only
/*
 * Time, work, the receive thread and memory for the code under test: everything
 * that happens is decided here and by the input, so that a run can be repeated.
 */
#include <setjmp.h>

#define WAITS_END	(3600 * HZ)	/* a wait longer than that has no end */
#define STEPS_MAX	200000
#define DEPTH_MAX	16

unsigned long jiffies;
unsigned int world_spinlocks;
bool world_signalled;
bool world_elsewhere;
unsigned long world_patience;
bool (*world_has_more)(void);

static struct work_struct *first_work;
static struct work_struct *running[DEPTH_MAX];	/* each waits for the next one */
static unsigned int depth;
static struct task_struct *task;
static jmp_buf rx_left, work_left;
static bool receiving;
static unsigned int steps;
static unsigned int countdown;
static unsigned long quiet_since;
static u64 chance;

void shim_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "fuzz_talk: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	va_end(args);
	abort();
}

/* ---- Memory and chance ----------------------------------------------------- */

void *shim_alloc(size_t size, gfp_t gfp)
{
	void *p;

	if (!world_elsewhere && countdown && !--countdown &&
	    !(gfp & __GFP_NOFAIL))
		return NULL;
	p = malloc(size ?: 1);
	if (!p)
		shim_die("%zu bytes wanted", size);
	/* Neither zero nor what was there by chance. */
	return memset(p, 0xa5, size);
}

void *kmemdup(const void *from, size_t len, gfp_t gfp)
{
	void *p = shim_alloc(len, gfp);

	if (p && len)
		memcpy(p, from, len);
	return p;
}

char *kstrdup(const char *s, gfp_t gfp)
{
	return kmemdup(s, strlen(s) + 1, gfp);
}

char *kasprintf(gfp_t gfp, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return kstrdup(text, gfp);
}

void get_random_bytes(void *buf, size_t len)
{
	u8 *to = buf;

	while (len--) {
		chance = chance * 6364136223846793005ULL + 1442695040888963407ULL;
		*to++ = chance >> 56;
	}
}

u64 siphash(const void *data, size_t len, const siphash_key_t *key)
{
	const u8 *from = data;
	u64 hash = 14695981039346656037ULL;

	while (len--)
		hash = (hash ^ *from++) * 1099511628211ULL;
	return hash;
}

/* ---- Work -------------------------------------------------------------------- */

static void unlink_work(struct work_struct *work)
{
	struct work_struct **at = &first_work;

	while (*at && *at != work)
		at = &(*at)->next;
	if (*at)
		*at = work->next;
	work->pending = false;
}

/* In the order of their times. */
bool world_queue(struct work_struct *work, unsigned long delay, bool again)
{
	struct work_struct **at = &first_work;
	bool was = work->pending;

	if (was && !again)
		return false;
	if (was)
		unlink_work(work);
	work->at = jiffies + delay;
	while (*at && !time_after((*at)->at, work->at))
		at = &(*at)->next;
	work->next = *at;
	*at = work;
	work->pending = true;
	return !was;
}

static bool is_running(const struct work_struct *work)
{
	unsigned int i;

	for (i = 0; i < depth; i++)
		if (running[i] == work)
			return true;
	return false;
}

static struct work_struct *due_work(void)
{
	struct work_struct *work = first_work;

	while (work && (is_running(work) || time_after(work->at, jiffies)))
		work = work->next;
	return work;
}

void world_cancel(struct work_struct *work)
{
	unlink_work(work);
	if (is_running(work))
		shim_die("waiting for work that waits for us");
}

static void run_work(struct work_struct *work)
{
	unsigned int below = depth;
	jmp_buf outer;

	if (depth == DEPTH_MAX)
		shim_die("work upon work");
	memcpy(&outer, &work_left, sizeof(outer));
	unlink_work(work);
	running[depth++] = work;
	if (!setjmp(work_left))
		work->func(work);
	else
		world_queue(work, 1, false);
	depth = below;
	memcpy(&work_left, &outer, sizeof(outer));
}

/*
 * Whoever has the mutex is below us on the stack and cannot go on while we wait.
 * A worker that has done nothing yet can as well begin later.
 */
void mutex_lock(struct mutex *m)
{
	might_sleep();
	if (m->held && !depth)
		shim_die("a mutex taken twice");
	if (m->held)
		longjmp(work_left, 1);
	m->held = true;
}

struct workqueue_struct *alloc_workqueue(const char *name, int flags, int max)
{
	return shim_alloc(sizeof(struct workqueue_struct), GFP_KERNEL);
}

void destroy_workqueue(struct workqueue_struct *wq)
{
	free(wq);
}

/* ---- The receive thread -------------------------------------------------------- */

struct task_struct *kthread_create(int (*run)(void *data), void *data,
				   const char *name, ...)
{
	if (task)
		shim_die("a second thread");
	task = kzalloc(sizeof(*task), GFP_KERNEL);
	if (!task)
		return ERR_PTR(-ENOMEM);
	task->run = run;
	task->data = data;
	return task;
}

static void receive(void)
{
	receiving = true;
	if (!setjmp(rx_left)) {
		task->run(task->data);
		task->ended = true;
	}
	receiving = false;
}

void world_nothing_to_receive(void)
{
	if (!receiving || world_spinlocks)
		shim_die("receiving in the wrong place");
	longjmp(rx_left, 1);
}

/* Whoever stops it has shut the transport down, so it comes to its end. */
void kthread_stop(struct task_struct *t)
{
	might_sleep();
	if (t->started && !t->ended)
		receive();
	if (t->started && !t->ended)
		shim_die("the receive thread does not stop");
	task = NULL;
}

/* ---- Time ---------------------------------------------------------------------- */

/* Passes until the next thing is due, a second at most. */
static void pass(void)
{
	struct work_struct *work = first_work;
	unsigned long next = jiffies + HZ;

	while (work && is_running(work))
		work = work->next;
	if (work && time_after(next, work->at) && time_after(work->at, jiffies))
		next = work->at;
	jiffies = next;
	if (jiffies - quiet_since > WAITS_END)
		shim_die("a wait without end");
}

void world_pass(unsigned long delay)
{
	jiffies += delay;
}

void world_step(void)
{
	struct work_struct *work = due_work();

	might_sleep();
	if (receiving)
		shim_die("the receive thread waits");
	if (++steps > STEPS_MAX)
		shim_die("%d steps and no end", STEPS_MAX);
	if (work) {
		run_work(work);
		return;
	}
	if (world_has_more())
		quiet_since = jiffies;
	if (task && task->started && !task->ended) {
		receive();
		if (world_has_more())
			return;
	}
	if (!due_work())
		pass();
}

bool world_signal(void)
{
	if (world_patience && time_after(jiffies, world_patience))
		world_signalled = true;
	return world_signalled && !depth;
}

long schedule_timeout(long left)
{
	unsigned long before = jiffies;

	world_step();
	if (left == MAX_SCHEDULE_TIMEOUT)
		return left;
	return jiffies - before >= (unsigned long)left ? 0 :
	       left - (long)(jiffies - before);
}

/* All that is due now; what comes of it, too. */
void world_settle(void)
{
	struct work_struct *work;

	while ((work = due_work())) {
		if (++steps > STEPS_MAX)
			shim_die("%d works and no end", STEPS_MAX);
		run_work(work);
	}
}

void world_begin(unsigned int allocation_that_fails)
{
	countdown = allocation_that_fails;
	chance = 1;
	steps = 0;
	jiffies = 1000 * HZ;
	quiet_since = jiffies;
	world_signalled = false;
	world_patience = 0;
}

/* The client is gone, and so must be all that it made. */
void world_end(void)
{
	countdown = 0;
	if (first_work)
		shim_die("work is left");
	if (task)
		shim_die("a thread is left");
	if (world_spinlocks || depth)
		shim_die("a lock is held at the end");
}
