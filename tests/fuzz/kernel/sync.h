/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks, waiting, work and threads where there is one thread: who waits lets the
 * rest of the world do one thing (world_step()) and looks again.
 */
#ifndef UNC_FUZZ_SYNC_H
#define UNC_FUZZ_SYNC_H

#define HZ			100
#define MAX_SCHEDULE_TIMEOUT	LONG_MAX

extern unsigned long jiffies;

#define time_after(a, b)	((long)((b) - (a)) < 0)
#define time_after_eq(a, b)	((long)((a) - (b)) >= 0)
#define msecs_to_jiffies(ms)	((unsigned long)(ms) / (1000 / HZ))

/* ---- Locks: taken twice is a deadlock, kept over a wait a bug ------------------ */

typedef struct {
	bool held;
} spinlock_t;

struct mutex {
	bool held;
};

extern unsigned int world_spinlocks;

#define DEFINE_MUTEX(m)		struct mutex m
#define spin_lock_init(l)	((void)((l)->held = false))
#define mutex_init(m)		((void)((m)->held = false))
#define lockdep_assert_held(l) \
	do { if (!(l)->held) shim_die("%s is not held", #l); } while (0)

static inline void spin_lock(spinlock_t *l)
{
	if (l->held)
		shim_die("a spinlock taken twice");
	l->held = true;
	world_spinlocks++;
}

static inline void spin_unlock(spinlock_t *l)
{
	if (!l->held)
		shim_die("a spinlock given back twice");
	l->held = false;
	world_spinlocks--;
}

void mutex_lock(struct mutex *m);

static inline void mutex_unlock(struct mutex *m)
{
	if (!m->held)
		shim_die("a mutex given back twice");
	m->held = false;
}

#define rcu_read_lock()		((void)0)
#define rcu_read_unlock()	((void)0)

struct rcu_head {
	char none;
};

/* ---- Waiting ------------------------------------------------------------------- */

enum {
	TASK_RUNNING,
	TASK_IDLE,
	TASK_INTERRUPTIBLE,
	TASK_KILLABLE,
	TASK_FREEZABLE = 0x8000,
};

typedef struct {
	char none;
} wait_queue_head_t;

#define init_waitqueue_head(w)	((void)(w))
#define wake_up(w)		((void)(w))
#define wake_up_all(w)		((void)(w))

/* Lets something happen; dies where a wait would have no end. */
void world_step(void);
/* Is there a signal for the client's task, or where a worker waits, none? */
bool world_signal(void);
long schedule_timeout(long left);

static inline void might_sleep(void)
{
	if (world_spinlocks)
		shim_die("sleeping with a spinlock held");
}

#define ___wait_cond_timeout(condition)					\
({									\
	bool __true = (condition);					\
									\
	if (__true && !__ret)						\
		__ret = 1;						\
	__true || !__ret;						\
})

#define ___wait_event(wq, condition, state, exclusive, timeout, cmd)	\
({									\
	long __ret = (timeout);						\
									\
	(void)&(wq);							\
	while (!(condition)) {						\
		if (world_signal()) {					\
			__ret = -ERESTARTSYS;				\
			break;						\
		}							\
		cmd;							\
	}								\
	__ret;								\
})

/* ---- Work ---------------------------------------------------------------------- */

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	work_func_t		func;
	struct work_struct	*next;
	bool			pending;
	unsigned long		at;	/* jiffies */
};

struct delayed_work {
	struct work_struct work;
};

struct workqueue_struct {
	char none;
};

enum {
	WQ_MEM_RECLAIM,
	WQ_UNBOUND,
};

#define system_unbound_wq	NULL
#define system_long_wq		NULL
#define INIT_WORK(w, f)		(*(w) = (struct work_struct){ .func = (f) })
#define INIT_DELAYED_WORK(w, f)	INIT_WORK(&(w)->work, f)
#define to_delayed_work(w)	container_of(w, struct delayed_work, work)

bool world_queue(struct work_struct *work, unsigned long delay, bool again);
void world_cancel(struct work_struct *work);

#define queue_work(wq, w)		world_queue(w, 0, false)
#define queue_delayed_work(wq, w, d)	world_queue(&(w)->work, d, false)
#define mod_delayed_work(wq, w, d)	world_queue(&(w)->work, d, true)
#define cancel_delayed_work_sync(w)	world_cancel(&(w)->work)

struct workqueue_struct *alloc_workqueue(const char *name, int flags, int max);
void destroy_workqueue(struct workqueue_struct *wq);
#define flush_workqueue(wq)		((void)(wq))

/* ---- Threads: the receive thread of one connection ------------------------------ */

struct task_struct {
	int	(*run)(void *data);
	void	*data;
	bool	started;
	bool	ended;
};

struct task_struct *kthread_create(int (*run)(void *data), void *data,
				   const char *name, ...);
void kthread_stop(struct task_struct *task);

#define get_task_struct(t)		(t)
#define put_task_struct(t)		free(t)
#define wake_up_process(t)		((void)((t)->started = true))
/* A thread whose function comes to its end is done here. */
#define kthread_should_stop()		true
#define set_current_state(s)		((void)(s))
#define __set_current_state(s)		((void)(s))
#define schedule()			((void)0)

/*
 * For the fake transport: the receive thread has nothing to receive now.  It
 * holds nothing then, so its function is left, and begun again at the next step.
 */
__attribute__((noreturn))
void world_nothing_to_receive(void);

/* For the fuzz target. */
extern bool world_signalled;
/* When the user gets tired of waiting, for what may last; 0: never. */
extern unsigned long world_patience;
/* T while it is not the client who runs: its memory is what may be short. */
extern bool world_elsewhere;
void world_begin(unsigned int allocation_that_fails);
void world_settle(void);
void world_end(void);
void world_pass(unsigned long delay);
/* Set by whoever plays the server: T if it may still do something. */
extern bool (*world_has_more)(void);

#endif /* UNC_FUZZ_SYNC_H */
