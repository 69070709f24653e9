// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pipe files under io_uring: tests/sys/pipe-uring.sh runs it in a guest.
 *
 *	pipe_uring //HOST/pipe/NAME BIND-PDU-FILE
 *
 * A READ that finds nothing waits without a thread of the caller's; many at once
 * do; it can be cancelled; POLL_ADD tells of data; a linked WRITE and READ are a
 * conversation.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "uncfs.h"

#define ENTRIES		64
#define PIPES		16
#define WORKERS		6	/* one more than Samba has for an interface */
#define ROOM		4096
#define BIND_ACK	12	/* the third byte of a PDU */

struct ring {
	int fd;
	struct io_uring_params p;
	char *sq, *cq;
	struct io_uring_sqe *sqes;
	unsigned int queued;
};

static uint8_t bind_pdu[256];
static size_t bind_len;

#define DEADLINE	45	/* seconds for all of it */
/* What ended, by its tag, for late(). */
static char over[PIPES + 2] = "................-";

static void die(const char *what, int error)
{
	fprintf(stderr, "FAIL: %s: %s\n", what, strerror(error));
	exit(1);
}

static void check(const char *what, bool good)
{
	if (good)
		return;
	fprintf(stderr, "FAIL: %s\n", what);
	exit(1);
}

/* Which of the first PIPES READs had ended is what there is to know. */
static void late(int sig)
{
	static const char words[] = "FAIL: no end; tags that ended: ";

	(void)sig;
	if (write(2, words, sizeof(words) - 1) < 0 ||
	    write(2, over, sizeof(over) - 1) < 0 || write(2, "\n", 1) < 0)
		_exit(3);
	_exit(1);
}

/** What became of an operation: of struct io_uring_cqe. */
struct outcome {
	uint64_t tag;
	int res;
};

/* ---- A ring, by its system calls ------------------------------------------- */

static void *map(const struct ring *ring, size_t len, off_t what)
{
	void *found = mmap(NULL, len, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_POPULATE, ring->fd, what);

	if (found == MAP_FAILED)
		die("mmap", errno);
	return found;
}

static void ring_open(struct ring *ring)
{
	ring->fd = (int)syscall(SYS_io_uring_setup, ENTRIES, &ring->p);
	if (ring->fd < 0)
		die("io_uring_setup", errno);
	ring->sq = map(ring, ring->p.sq_off.array +
		       ring->p.sq_entries * sizeof(uint32_t), IORING_OFF_SQ_RING);
	ring->cq = map(ring, ring->p.cq_off.cqes + ring->p.cq_entries *
		       sizeof(struct io_uring_cqe), IORING_OFF_CQ_RING);
	ring->sqes = map(ring, ring->p.sq_entries * sizeof(*ring->sqes),
			 IORING_OFF_SQES);
}

static _Atomic uint32_t *word(char *base, uint32_t offset)
{
	return (_Atomic uint32_t *)(base + offset);
}

/* One more to submit; it is filled in before submit(). */
static struct io_uring_sqe *queue(struct ring *ring, int op, int fd, uint64_t tag)
{
	_Atomic uint32_t *tail = word(ring->sq, ring->p.sq_off.tail);
	uint32_t at = *tail & (ring->p.sq_entries - 1);
	struct io_uring_sqe *sqe = &ring->sqes[at];

	memset(sqe, 0, sizeof(*sqe));
	sqe->opcode = (uint8_t)op;
	sqe->fd = fd;
	sqe->user_data = tag;
	((uint32_t *)(ring->sq + ring->p.sq_off.array))[at] = at;
	atomic_fetch_add(tail, 1);
	ring->queued++;
	return sqe;
}

static void enter(struct ring *ring, unsigned int wait)
{
	int ret;

	do {
		ret = (int)syscall(SYS_io_uring_enter, ring->fd, ring->queued, wait,
				   wait ? IORING_ENTER_GETEVENTS : 0, NULL, 0);
	} while (ret < 0 && errno == EINTR);
	if (ret < 0 || (unsigned int)ret != ring->queued)
		die("io_uring_enter", ret < 0 ? errno : EIO);
	ring->queued = 0;
}

/* The next that ended, if one has; T with @outcome. */
static bool ended(struct ring *ring, struct outcome *outcome)
{
	_Atomic uint32_t *head = word(ring->cq, ring->p.cq_off.head);
	const struct io_uring_cqe *cqe;

	if (*head == *word(ring->cq, ring->p.cq_off.tail))
		return false;
	cqe = (struct io_uring_cqe *)(ring->cq + ring->p.cq_off.cqes) +
	      (*head & (ring->p.cq_entries - 1));
	outcome->tag = cqe->user_data;
	outcome->res = cqe->res;
	if (outcome->tag <= PIPES)
		over[outcome->tag] = '#';
	atomic_fetch_add(head, 1);
	return true;
}

static struct outcome wait_for_one(struct ring *ring)
{
	struct outcome outcome;

	while (!ended(ring, &outcome))
		enter(ring, 1);
	return outcome;
}

/* ---- Pipes ------------------------------------------------------------------- */

static int pipe_open(const char *path)
{
	struct unc_pipe_connect connect = {
		.path = (uintptr_t)path, .path_len = (uint32_t)strlen(path),
	};
	int fd = open("/dev/npipe", O_RDWR);

	if (fd < 0 || ioctl(fd, UNC_IOC_PIPE_CONNECT, &connect) < 0)
		die(path, errno);
	return fd;
}

static void queue_read(struct ring *ring, int fd, uint8_t *room, uint64_t tag)
{
	struct io_uring_sqe *sqe = queue(ring, IORING_OP_READ, fd, tag);

	sqe->addr = (uintptr_t)room;
	sqe->len = ROOM;
}

static void queue_bind(struct ring *ring, int fd, uint64_t tag, uint8_t flags)
{
	struct io_uring_sqe *sqe = queue(ring, IORING_OP_WRITE, fd, tag);

	sqe->addr = (uintptr_t)bind_pdu;
	sqe->len = (uint32_t)bind_len;
	sqe->flags = flags;
}

/*
 * Samba's dcerpcd gives one waiting client to each worker that comes up, and
 * forgets the others until something else happens: many binds at once have
 * answers only when all of its workers run.  A pipe for each makes them.
 */
static void workers_up(const char *path, int fds[WORKERS])
{
	uint8_t room[ROOM];

	for (int i = 0; i < WORKERS; i++) {
		fds[i] = pipe_open(path);
		check("the server is asked", write(fds[i], bind_pdu, bind_len) ==
		      (ssize_t)bind_len);
		check("and answers", read(fds[i], room, ROOM) > 0 &&
		      room[2] == BIND_ACK);
	}
}

static void workers_down(const int fds[WORKERS])
{
	for (int i = 0; i < WORKERS; i++)
		close(fds[i]);
}

/* READs first, of many pipes, then the WRITEs that they wait for. */
static void many_waiting(struct ring *ring, const char *path)
{
	static uint8_t room[PIPES][ROOM];
	struct outcome end;
	int fds[PIPES];

	for (int i = 0; i < PIPES; i++) {
		fds[i] = pipe_open(path);
		queue_read(ring, fds[i], room[i], (uint64_t)i);
	}
	enter(ring, 0);
	usleep(300000);
	check("a READ of an empty pipe waits", !ended(ring, &end));
	for (int i = 0; i < PIPES; i++)
		queue_bind(ring, fds[i], PIPES, 0);
	for (int i = 0; i < 2 * PIPES; i++) {
		end = wait_for_one(ring);
		if (end.res < 0)
			die("READ or WRITE", -end.res);
		check("each READ gets its answer", end.tag == PIPES ||
		      room[end.tag][2] == BIND_ACK);
	}
	for (int i = 0; i < PIPES; i++)
		close(fds[i]);
}

static void linked_pair(struct ring *ring, const char *path)
{
	uint8_t room[ROOM] = { 0 };
	int fd = pipe_open(path);
	struct outcome end;

	queue_bind(ring, fd, 1, IOSQE_IO_LINK);
	queue_read(ring, fd, room, 2);
	end = wait_for_one(ring);
	check("WRITE takes all", end.tag == 1 &&
	      end.res == (int)bind_len);
	end = wait_for_one(ring);
	check("the READ linked to it has the answer", end.tag == 2 &&
	      end.res > 0 && room[2] == BIND_ACK);
	close(fd);
}

static void cancelled_read(struct ring *ring, const char *path)
{
	uint8_t room[ROOM] = { 0 };
	int fd = pipe_open(path);
	struct outcome end;

	queue_read(ring, fd, room, 1);
	enter(ring, 0);
	usleep(200000);
	queue(ring, IORING_OP_ASYNC_CANCEL, -1, 2)->addr = 1;
	for (int i = 0; i < 2; i++) {
		end = wait_for_one(ring);
		check("a READ can be cancelled", end.tag == 2 ||
		      end.res == -ECANCELED || end.res == -EINTR);
	}
	/* What the cancelled one left with the server is the next one's. */
	check("written", write(fd, bind_pdu, bind_len) == (ssize_t)bind_len);
	queue_read(ring, fd, room, 3);
	end = wait_for_one(ring);
	check("nothing is lost by that", end.tag == 3 && end.res > 0 &&
	      room[2] == BIND_ACK);
	close(fd);
}

static void polled(struct ring *ring, const char *path)
{
	uint8_t room[ROOM] = { 0 };
	int fd = pipe_open(path);
	struct outcome end;

	queue(ring, IORING_OP_POLL_ADD, fd, 1)->poll32_events = POLLIN;
	enter(ring, 0);
	usleep(200000);
	check("nothing to read yet", !ended(ring, &end));
	check("written", write(fd, bind_pdu, bind_len) == (ssize_t)bind_len);
	end = wait_for_one(ring);
	check("POLL_ADD tells", end.res > 0 && end.res & POLLIN);
	check("what is there", read(fd, room, ROOM) > 0 && room[2] == BIND_ACK);
	close(fd);
}

int main(int argc, char **argv)
{
	struct ring ring = { 0 };
	int workers[WORKERS];
	FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;

	if (!file) {
		fprintf(stderr, "usage: pipe_uring //HOST/pipe/NAME BIND-PDU\n");
		return 2;
	}
	signal(SIGALRM, late);
	alarm(DEADLINE);
	bind_len = fread(bind_pdu, 1, sizeof(bind_pdu), file);
	fclose(file);
	ring_open(&ring);
	workers_up(argv[1], workers);
	many_waiting(&ring, argv[1]);
	workers_down(workers);
	linked_pair(&ring, argv[1]);
	cancelled_read(&ring, argv[1]);
	polled(&ring, argv[1]);
	return 0;
}
