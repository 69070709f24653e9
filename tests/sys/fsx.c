// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Random operations on one file of a share, compared with a copy in memory: all
 * that moves, makes or removes bytes, also on the server's side.
 *
 *	fsx [-n OPERATIONS] [-t SECONDS] [-s SEED] [-c EVERY] FILE SERVER-FILE
 *
 * Ends after that many operations or seconds, whichever is first; every EVERY
 * operations the file is closed and compared with SERVER-FILE, which is the
 * same file as the server sees it.  When something differs it prints what it did
 * last, and the seed by which it does the same again.  What the server cannot do
 * (EOPNOTSUPP) is left out from then on, and named at the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX	(256 * 1024)
#define CHUNK	(48 * 1024)
#define LOG	40

static const char *path, *server_path;
static unsigned char want[MAX + CHUNK], buf[CHUNK] __attribute__((aligned(4096)));
static size_t size;
static int fd = -1;
static unsigned int seed = 1;
static char lines[LOG][100];
static unsigned long count;

static void say(const char *fmt, ...)
{
	va_list args;
	char *line = lines[count % LOG];
	int n = snprintf(line, sizeof(lines[0]), "%lu: ", count);

	va_start(args, fmt);
	vsnprintf(line + n, sizeof(lines[0]) - n, fmt, args);
	va_end(args);
}

static void die(const char *what)
{
	int i, error = errno;

	for (i = 1; i <= LOG; i++)
		if (*lines[(count + i) % LOG])
			fprintf(stderr, "  %s\n", lines[(count + i) % LOG]);
	fprintf(stderr, "fsx: %s: %s (%s), size %zu, seed %u\n", path, what,
		strerror(error), size, seed);
	exit(1);
}

static size_t any(size_t below)
{
	return below ? (size_t)random() % below : 0;
}

/* Borders are where things go wrong: of pages, blocks and the file. */
static size_t place(size_t below)
{
	size_t at = any(below);

	switch (any(8)) {
	case 0:
		return at & ~4095UL;
	case 1:
		return at & ~511UL;
	case 2:
		at = (at | 4095) + any(3);
		return at < below ? at : below - 1;
	case 3:
		return size < below ? size : below - 1;
	default:
		return at;
	}
}

static size_t length(void)
{
	size_t len = any(4) ? 1 + any(CHUNK) : 1 + any(600);

	return any(4) || len < 4096 ? len : len & ~4095UL;
}

static void same(const unsigned char *got, size_t at, size_t len)
{
	char what[100];
	size_t i;

	if (!memcmp(got, want + at, len))
		return;
	for (i = 0; got[i] == want[at + i]; i++)
		;
	snprintf(what, sizeof(what), "byte %zu is %#x, not %#x", at + i, got[i],
		 want[at + i]);
	errno = 0;
	die(what);
}

static void fill(size_t len)
{
	unsigned char tag = count;
	size_t i;

	for (i = 0; i < len; i++)
		buf[i] = tag + i / 64 + i;
}

/* @len bytes of buf are at @at now; what lay between the end and them is 0. */
static void put(size_t at, size_t len)
{
	memcpy(want + at, buf, len);
	if (at + len > size)
		size = at + len;
}

static void resize(size_t to)
{
	if (to < size)
		memset(want + to, 0, size - to);
	size = to;
}

static int op_write(void)
{
	size_t at = place(MAX - CHUNK), len = length();

	say("write %zu+%zu", at, len);
	fill(len);
	if (pwrite(fd, buf, len, at) != (ssize_t)len)
		die("write");
	put(at, len);
	return 0;
}

static int op_read(void)
{
	size_t at = place(MAX), len = length(), left = at < size ? size - at : 0;

	say("read %zu+%zu", at, len);
	if (left > len)
		left = len;
	if (pread(fd, buf, len, at) != (ssize_t)left)
		die("read");
	same(buf, at, left);
	return 0;
}

static int op_map(void)
{
	size_t at, len, page;
	unsigned char *map;
	int writing = any(2);

	if (!size)
		return 0;
	at = place(size);
	if (at >= size)
		at = size - 1;
	len = length();
	if (len > size - at)
		len = size - at;
	page = at & ~4095UL;
	say("map for %s %zu+%zu", writing ? "writing" : "reading", at, len);
	map = mmap(NULL, at - page + len, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		   page);
	if (map == MAP_FAILED)
		die("mmap");
	if (writing) {
		fill(len);
		memcpy(map + at - page, buf, len);
		put(at, len);
		if (!any(4) && msync(map, at - page + len, MS_SYNC))
			die("msync");
	} else {
		same(map + at - page, at, len);
	}
	munmap(map, at - page + len);
	return 0;
}

static int op_truncate(void)
{
	size_t to = place(MAX - CHUNK);

	say("truncate %zu to %zu", size, to);
	if (ftruncate(fd, to))
		die("ftruncate");
	resize(to);
	return 0;
}

static int op_direct(void)
{
	size_t at = any(MAX - CHUNK) & ~511UL, len = (1 + any(40)) * 512;
	int writing = any(2), dfd = open(path, O_RDWR | O_DIRECT);
	size_t left = at < size ? size - at : 0;

	say("direct %s %zu+%zu", writing ? "write" : "read", at, len);
	if (dfd < 0)
		die("open for direct I/O");
	if (writing) {
		fill(len);
		if (pwrite(dfd, buf, len, at) != (ssize_t)len)
			die("direct write");
		put(at, len);
	} else {
		left = left < len ? left : len;
		if (pread(dfd, buf, len, at) != (ssize_t)left)
			die("direct read");
		same(buf, at, left);
	}
	if (close(dfd))
		die("close");
	return 0;
}

static int falloc(int mode, size_t at, size_t len)
{
	if (!fallocate(fd, mode, at, len))
		return 0;
	/* Other file systems want whole blocks for these two. */
	if (errno == EOPNOTSUPP ||
	    (errno == EINVAL && mode & (FALLOC_FL_COLLAPSE_RANGE |
					FALLOC_FL_INSERT_RANGE)))
		return EOPNOTSUPP;
	die("fallocate");
	return 0;
}

static int op_allocate(void)
{
	size_t at = place(MAX - CHUNK), len = length();
	int keep = any(2) ? FALLOC_FL_KEEP_SIZE : 0, err;

	say("allocate %zu+%zu%s", at, len, keep ? ", same size" : "");
	err = falloc(keep, at, len);
	if (!err && !keep && at + len > size)
		size = at + len;
	return err;
}

static int op_punch(void)
{
	size_t at = place(MAX - CHUNK), len = length(), end = at + len;
	int err;

	say("punch %zu+%zu", at, len);
	err = falloc(FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, len);
	if (end > size)
		end = size;
	if (!err && at < end)
		memset(want + at, 0, end - at);
	return err;
}

static int op_zero(void)
{
	size_t at = place(MAX - CHUNK), len = length();
	int keep = any(2) ? FALLOC_FL_KEEP_SIZE : 0, err;

	say("zero %zu+%zu%s", at, len, keep ? ", same size" : "");
	err = falloc(FALLOC_FL_ZERO_RANGE | keep, at, len);
	if (err)
		return err;
	if (!keep && at + len > size)
		size = at + len;
	memset(want + at, 0, len);
	return 0;
}

static int op_collapse(void)
{
	size_t at = place(MAX), len = length();
	int err;

	if (at + len >= size)
		return 0;
	say("collapse %zu+%zu of %zu", at, len, size);
	err = falloc(FALLOC_FL_COLLAPSE_RANGE, at, len);
	if (err)
		return err;
	memmove(want + at, want + at + len, size - at - len);
	resize(size - len);
	return 0;
}

static int op_insert(void)
{
	size_t at = place(MAX), len = length();
	int err;

	if (at >= size || size + len > MAX)
		return 0;
	say("insert %zu+%zu into %zu", at, len, size);
	err = falloc(FALLOC_FL_INSERT_RANGE, at, len);
	if (err)
		return err;
	memmove(want + at + len, want + at, size - at);
	memset(want + at, 0, len);
	size += len;
	return 0;
}

static int op_copy(void)
{
	size_t from = place(MAX), to = place(MAX - CHUNK), len = length();
	off_t in = from, out = to;
	ssize_t n;

	if (from >= size)
		return 0;
	if (len > size - from)
		len = size - from;
	if (from < to + len && to < from + len)
		return 0;
	say("copy %zu+%zu to %zu", from, len, to);
	n = copy_file_range(fd, &in, fd, &out, len, 0);
	if (n <= 0 || (size_t)n > len)
		die("copy_file_range");
	memmove(buf, want + from, n);
	put(to, n);
	return 0;
}

static int op_seek(void)
{
	size_t at = place(MAX), i;
	off_t data, hole;

	if (at >= size)
		return 0;
	say("seek from %zu", at);
	data = lseek(fd, at, SEEK_DATA);
	if (data < 0 && errno != ENXIO)
		die("SEEK_DATA");
	/* What is left out is no data. */
	for (i = at; i < (data < 0 ? size : (size_t)data); i++)
		if (want[i])
			die("SEEK_DATA passed over data");
	hole = lseek(fd, at, SEEK_HOLE);
	if (hole < (off_t)at || hole > (off_t)size)
		die("SEEK_HOLE");
	return 0;
}

static int op_sync(void)
{
	say("fsync");
	if (fsync(fd))
		die("fsync");
	return 0;
}

static void compare_at_server(void)
{
	static unsigned char all[MAX + CHUNK];
	int sfd = open(server_path, O_RDONLY);
	size_t sum = 0;
	ssize_t n;

	if (sfd < 0)
		die("open at the server");
	while ((n = read(sfd, all + sum, sizeof(all) - sum)) > 0)
		sum += n;
	close(sfd);
	if (n < 0 || sum != size) {
		say("%zu bytes at the server", sum);
		die("size at the server");
	}
	same(all, 0, size);
}

static int op_reopen(void)
{
	say("close and open");
	if (fd >= 0 && close(fd))
		die("close");
	compare_at_server();
	fd = open(path, O_RDWR);
	if (fd < 0)
		die("open");
	return 0;
}

static struct {
	const char	*name;
	int		(*run)(void);
	unsigned int	weight;
} ops[] = {
	{ "write", op_write, 8 },	{ "read", op_read, 8 },
	{ "map", op_map, 6 },		{ "truncate", op_truncate, 2 },
	{ "direct", op_direct, 2 },	{ "allocate", op_allocate, 1 },
	{ "punch", op_punch, 2 },	{ "zero", op_zero, 2 },
	{ "collapse", op_collapse, 1 },	{ "insert", op_insert, 1 },
	{ "copy", op_copy, 2 },		{ "seek", op_seek, 1 },
	{ "fsync", op_sync, 1 },
};

#define OPS	(sizeof(ops) / sizeof(ops[0]))

static void one(void)
{
	struct stat st;
	size_t i, pick, sum = 0;

	for (i = 0; i < OPS; i++)
		sum += ops[i].weight;
	pick = any(sum);
	for (i = 0; pick >= ops[i].weight; i++)
		pick -= ops[i].weight;
	if (ops[i].run() == EOPNOTSUPP)
		ops[i].weight = 0;
	if (fstat(fd, &st))
		die("fstat");
	if ((size_t)st.st_size != size) {
		say("size is %zu", (size_t)st.st_size);
		die("wrong size");
	}
}

int main(int argc, char **argv)
{
	unsigned long limit = 1000, every = 100;
	time_t begin = time(NULL), seconds = 0;
	size_t i;
	int c;

	while ((c = getopt(argc, argv, "n:t:s:c:")) != -1) {
		switch (c) {
		case 'n': limit = strtoul(optarg, NULL, 0); break;
		case 't': seconds = atoi(optarg); break;
		case 's': seed = atoi(optarg); break;
		case 'c': every = strtoul(optarg, NULL, 0); break;
		default: return 2;
		}
	}
	if (argc - optind != 2 || !every)
		return 2;
	path = argv[optind];
	server_path = argv[optind + 1];
	srandom(seed);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
	if (fd < 0)
		die("create");
	for (count = 1; count <= limit; count++) {
		if (count % every == 0)
			op_reopen();
		else
			one();
		if (seconds && time(NULL) - begin >= seconds)
			break;
	}
	op_reopen();
	printf("%lu operations", count > limit ? limit : count);
	for (i = 0; i < OPS; i++)
		if (!ops[i].weight)
			printf(", no %s", ops[i].name);
	printf("\n");
	return 0;
}
