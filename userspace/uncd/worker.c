// SPDX-License-Identifier: GPL-2.0-or-later
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine.h"
#include "log.h"
#include "secret.h"

#define NOBODY 65534

/* More than the slowest honest exchange uses. */
#define WORKER_CPU_SECONDS	20
#define WORKER_FILES		64
#define WORKER_DATA_BYTES	(256UL << 20)

/* Its shadow memory would count as data. */
#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#define ADDRESS_SANITIZER __has_feature(address_sanitizer)
#else
#define ADDRESS_SANITIZER 0
#endif

struct worker {
	pid_t pid;
	int fd;
	sd_event_source *io;
	sd_event_source *child;
	worker_handler handler;
	void *owner;
};

/* ---- In the child ------------------------------------------------------- */

static void limit(int resource, rlim_t value)
{
	struct rlimit r = { value, value };

	setrlimit(resource, &r);
}

static void limit_resources(void)
{
	limit(RLIMIT_CORE, 0);	/* the dump would hold the password */
	limit(RLIMIT_CPU, WORKER_CPU_SECONDS);
	limit(RLIMIT_NOFILE, WORKER_FILES);
	if (!ADDRESS_SANITIZER)
		limit(RLIMIT_DATA, WORKER_DATA_BYTES);
}

static void reset_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Only standard streams and the socket pair, as descriptor 3, stay open. */
static bool keep_descriptor(int fd)
{
	if (fd != 3 && dup2(fd, 3) < 0)
		return false;
	return close_range(4, ~0U, 0) == 0;
}

static gid_t group_of(uid_t uid)
{
	struct passwd *user = getpwuid(uid);

	return user ? user->pw_gid : NOBODY;
}

static bool become(uid_t uid)
{
	gid_t gid;

	if (geteuid() != 0)
		return true;	/* tests run unprivileged */
	gid = uid == NOBODY ? NOBODY : group_of(uid);
	if (setgroups(0, NULL) < 0 || setresgid(gid, gid, gid) < 0)
		return false;
	return setresuid(uid, uid, uid) == 0;
}

static bool drop_privileges(const struct worker_task *task)
{
	uid_t uid = task->uid;

	if (uid == 0 && !task->keep_root)
		uid = NOBODY;
	if (!become(uid))
		return false;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return false;
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	/* Changing the user clears this, so it comes after. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return false;
	return ADDRESS_SANITIZER || confine();
}

/* What the main process was started with is nothing for the user's worker. */
static bool clean_environment(void)
{
	return clearenv() == 0 && setenv("PATH", "/usr/bin:/bin", 1) == 0 &&
	       chdir("/") == 0;
}

static void __attribute__((noreturn))
child_main(int fd, const struct worker_task *task, void *data, pid_t parent)
{
	prctl(PR_SET_NAME, task->name, 0, 0, 0);
	if (task->forget)
		task->forget(data);
	reset_signals();
	if (!keep_descriptor(fd) || !clean_environment()) {
		log_error("%s: cannot set up: %s", task->name, strerror(errno));
		_exit(1);
	}
	limit_resources();
	if (!drop_privileges(task)) {
		log_error("%s: cannot become user %u: %s", task->name,
			  (unsigned int)task->uid, strerror(errno));
		_exit(1);
	}
	if (getppid() != parent)
		_exit(1);
	task->run(3, data);
	_exit(0);
}

/* ---- In the main process ------------------------------------------------ */

static void worker_close(struct worker *worker)
{
	worker->io = sd_event_source_disable_unref(worker->io);
	if (worker->fd >= 0)
		close(worker->fd);
	worker->fd = -1;
}

static int worker_readable(sd_event_source *source, int fd, uint32_t events,
			   void *data)
{
	static struct answer answer;
	struct worker *worker = data;
	ssize_t len = recv(fd, &answer, sizeof(answer), MSG_DONTWAIT);

	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (len <= 0) {
		/* It is ending; worker_exited() tells how. */
		worker_close(worker);
		return 0;
	}
	answer_from_worker(&answer, len);
	worker->handler(worker, &answer, worker->owner);
	answer_clear(&answer);
	return 0;
}

static void log_exit(const siginfo_t *info)
{
	if (info->si_code == CLD_EXITED)
		log_debug("worker %d ended with status %d", (int)info->si_pid,
			  info->si_status);
	else if (info->si_status != SIGKILL)
		log_warning("worker %d was ended by signal %d (%s)",
			    (int)info->si_pid, info->si_status,
			    strsignal(info->si_status));
}

static int worker_exited(sd_event_source *source, const siginfo_t *info,
			 void *data)
{
	struct worker *worker = data;

	log_exit(info);
	/* What it wrote before it ended still counts. */
	if (worker->handler && worker->io)
		worker_readable(worker->io, worker->fd, 0, worker);
	if (worker->handler)
		worker->handler(worker, NULL, worker->owner);
	worker_close(worker);
	sd_event_source_disable_unref(worker->child);
	free(worker);
	return 0;
}

static int worker_watch(struct worker *worker, sd_event *event)
{
	int ret;

	ret = sd_event_add_child(event, &worker->child, worker->pid, WEXITED,
				 worker_exited, worker);
	if (ret < 0)
		return ret;
	return sd_event_add_io(event, &worker->io, worker->fd, EPOLLIN,
			       worker_readable, worker);
}

static struct worker *worker_adopt(sd_event *event, pid_t pid, int fd)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	int ret = -ENOMEM;

	if (worker) {
		worker->pid = pid;
		worker->fd = fd;
		ret = worker_watch(worker, event);
		if (ret >= 0)
			return worker;
		sd_event_source_disable_unref(worker->io);
		sd_event_source_disable_unref(worker->child);
		free(worker);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(fd);
	errno = -ret;
	return NULL;
}

struct worker *worker_spawn(sd_event *event, const struct worker_task *task,
			    void *data, worker_handler handler, void *owner)
{
	pid_t parent = getpid(), pid;
	struct worker *worker;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return NULL;
	pid = fork();
	if (pid == 0)
		child_main(pair[1], task, data, parent);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return NULL;
	}
	worker = worker_adopt(event, pid, pair[0]);
	if (worker) {
		worker->handler = handler;
		worker->owner = owner;
	}
	return worker;
}

bool worker_send(struct worker *worker, const void *data, size_t len)
{
	return worker->fd >= 0 &&
	       send(worker->fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT) ==
	       (ssize_t)len;
}

void worker_kill(struct worker *worker)
{
	if (!worker)
		return;
	worker->handler = NULL;
	worker_close(worker);
	/* Not reaped before worker_exited(), so the pid is still ours. */
	kill(worker->pid, SIGKILL);
}
