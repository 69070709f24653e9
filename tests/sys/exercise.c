// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Random operations on one file, through every door the kernel has to its
 * data, compared with a copy in memory after each of them.
 *
 *	exercise FILE SERVER-FILE SEED OPERATIONS
 *
 * SERVER-FILE is the same file as the server sees it; it is compared whenever
 * the file was closed.  Prints what it did last when something differs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE_MAX_BYTES	(300 * 1024)
#define CHUNK_MAX	(40 * 1024)
#define LOG_LINES	24

static const char *path, *server_path;
static unsigned char good[SIZE_MAX_BYTES], *buf;
static size_t size;
static int fd = -1;
static char lines[LOG_LINES][160];
static unsigned int count;

static void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(lines[count++ % LOG_LINES], sizeof(lines[0]), fmt, args);
	va_end(args);
}

static void die(const char *what)
{
	unsigned int i = count > LOG_LINES ? count - LOG_LINES : 0;

	fprintf(stderr, "%s: %s (%s)\n", path, what, strerror(errno));
	for (; i < count; i++)
		fprintf(stderr, "%6u %s\n", i, lines[i % LOG_LINES]);
	exit(1);
}

static size_t any(size_t below)
{
	return below ? random() % below : 0;
}

static void compare(const unsigned char *got, size_t at, size_t len)
{
	char what[80];
	size_t i;

	for (i = 0; i < len; i++) {
		if (got[i] == good[at + i])
			continue;
		snprintf(what, sizeof(what), "byte %#zx is %#x, not %#x",
			 at + i, got[i], good[at + i]);
		errno = 0;
		die(what);
	}
}

static void check_size(void)
{
	struct stat st;

	if (fstat(fd, &st))
		die("fstat");
	if ((size_t)st.st_size != size) {
		note("size is %zu, not %zu", (size_t)st.st_size, size);
		die("wrong size");
	}
}

static void fill(size_t at, size_t len)
{
	size_t i;

	if (at > size)
		memset(good + size, 0, at - size);
	for (i = 0; i < len; i++)
		good[at + i] = random();
	if (at + len > size)
		size = at + len;
	memcpy(buf, good + at, len);
}

static void do_write(void)
{
	size_t at = any(SIZE_MAX_BYTES - CHUNK_MAX), len = 1 + any(CHUNK_MAX);

	note("write %#zx..%#zx", at, at + len);
	fill(at, len);
	if (pwrite(fd, buf, len, at) != (ssize_t)len)
		die("write");
}

static void do_append(void)
{
	size_t len = 1 + any(5000);
	int afd;

	if (size + len > SIZE_MAX_BYTES)
		return;
	note("append %#zx..%#zx, write-only", size, size + len);
	afd = open(path, O_WRONLY | O_APPEND);
	if (afd < 0)
		die("open for appending");
	fill(size, len);
	if (write(afd, buf, len) != (ssize_t)len)
		die("append");
	if (close(afd))
		die("close after appending");
}

static void do_read(void)
{
	size_t at = any(SIZE_MAX_BYTES), len = 1 + any(CHUNK_MAX), want;
	ssize_t got;

	note("read %#zx..%#zx", at, at + len);
	got = pread(fd, buf, len, at);
	want = at >= size ? 0 : size - at < len ? size - at : len;
	if (got < 0 || (size_t)got != want)
		die("read");
	compare(buf, at, got);
}

static void do_direct(int writing)
{
	size_t at = any(SIZE_MAX_BYTES - CHUNK_MAX) & ~511UL;
	size_t len = (1 + any(CHUNK_MAX / 512)) * 512, want;
	int dfd = open(path, O_RDWR | O_DIRECT);
	ssize_t got;

	note("direct %s %#zx..%#zx", writing ? "write" : "read", at, at + len);
	if (dfd < 0)
		die("open O_DIRECT");
	if (writing) {
		fill(at, len);
		if (pwrite(dfd, buf, len, at) != (ssize_t)len)
			die("direct write");
	} else {
		got = pread(dfd, buf, len, at);
		want = at >= size ? 0 : size - at < len ? size - at : len;
		if (got < 0 || (size_t)got != want)
			die("direct read");
		compare(buf, at, got);
	}
	if (close(dfd))
		die("close O_DIRECT");
}

static void do_map(int writing)
{
	size_t at, len, page;
	unsigned char *map;

	if (!size)
		return;
	at = any(size);
	len = 1 + any(size - at < CHUNK_MAX ? size - at : CHUNK_MAX);
	if (at + len > size)
		len = size - at;
	page = at & ~4095UL;
	note("map %s %#zx..%#zx", writing ? "write" : "read", at, at + len);
	map = mmap(NULL, at + len - page,
		   writing ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED,
		   fd, page);
	if (map == MAP_FAILED)
		die("mmap");
	if (writing) {
		fill(at, len);
		memcpy(map + at - page, buf, len);
		if (any(2) && msync(map, at + len - page, MS_SYNC))
			die("msync");
	} else {
		compare(map + at - page, at, len);
	}
	munmap(map, at + len - page);
}

static void do_truncate(void)
{
	size_t to = any(4) ? any(SIZE_MAX_BYTES) : any(size + 1);

	note("truncate %#zx to %#zx", size, to);
	if (any(2) ? ftruncate(fd, to) : truncate(path, to))
		die("truncate");
	if (to > size)
		memset(good + size, 0, to - size);
	size = to;
}

static void compare_at_server(void)
{
	int sfd = open(server_path, O_RDONLY);
	unsigned char *all = malloc(SIZE_MAX_BYTES + 1);
	ssize_t got, sum = 0;

	if (sfd < 0 || !all)
		die("open at the server");
	while ((got = read(sfd, all + sum, SIZE_MAX_BYTES + 1 - sum)) > 0)
		sum += got;
	if (got < 0 || (size_t)sum != size) {
		note("%zd bytes at the server, not %zu", sum, size);
		die("wrong size at the server");
	}
	compare(all, 0, size);
	free(all);
	close(sfd);
}

static void do_reopen(void)
{
	note("close and open");
	if (close(fd))
		die("close");
	compare_at_server();
	fd = open(path, O_RDWR);
	if (fd < 0)
		die("open");
}

static void operation(void)
{
	switch (any(20)) {
	case 0: case 1: case 2: case 3: case 4:
		return do_write();
	case 5: case 6: case 7: case 8:
		return do_read();
	case 9: case 10: case 11:
		return do_map(1);
	case 12: case 13:
		return do_map(0);
	case 14:
		return do_direct(1);
	case 15:
		return do_direct(0);
	case 16:
		return do_truncate();
	case 17:
		return do_append();
	case 18:
		note("fsync");
		if (fsync(fd))
			die("fsync");
		return;
	default:
		return do_reopen();
	}
}

int main(int argc, char **argv)
{
	int n;

	if (argc != 5)
		return 2;
	path = argv[1];
	server_path = argv[2];
	srandom(atoi(argv[3]));
	if (posix_memalign((void **)&buf, 4096, CHUNK_MAX + 4096))
		return 2;
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
	if (fd < 0)
		die("create");
	for (n = atoi(argv[4]); n > 0; n--) {
		operation();
		check_size();
	}
	do_reopen();
	close(fd);
	return 0;
}
