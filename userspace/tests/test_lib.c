// SPDX-License-Identifier: GPL-2.0-or-later
/* Paths, credentials files, hexadecimal text, passwords, DCE/RPC bind. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "credential.h"
#include "hex.h"
#include "log.h"
#include "password.h"
#include "rpcbind.h"
#include "tap.h"
#include "uncpath.h"
#include "unsent.h"

#define FILE_NAME "test-lib-credentials.txt"

static void path_is(const char *text, const char *expected)
{
	struct uncpath path;
	const char *why = "";
	char *again = NULL;
	bool good = uncpath_parse(text, &path, &why);

	if (good)
		again = uncpath_format(&path);
	ok(good == !!expected && (!good || strcmp(again, expected) == 0),
	   "%s is %s", text, good ? again : why);
	free(again);
	if (good)
		uncpath_clear(&path);
}

static void test_paths(void)
{
	char host[400] = "//";

	path_is("//Files/Share", "//files/Share");
	path_is("\\\\files\\share\\a\\b", "//files/share/a/b");
	path_is("//files/share//a///b/", "//files/share/a/b");
	path_is("//files", "//files");
	path_is("//files/", "//files");
	path_is("//[fe80::1]/s", "//[fe80::1]/s");
	path_is("/files/share", NULL);
	path_is("files:/share", NULL);
	path_is("", NULL);
	path_is("//", NULL);
	path_is("///share", NULL);
	path_is("//a b/c", NULL);
	path_is("//a/b/../c", NULL);
	path_is("//a/b/.", NULL);
	path_is("//a/b/.x", "//a/b/.x");
	path_is("//a/b\tc", NULL);
	memset(host + 2, 'a', 256);
	path_is(host, NULL);
}

static struct credential cred;

static bool read_text(const char *text)
{
	FILE *file = fopen(FILE_NAME, "we");
	bool good;

	memset(&cred, 0, sizeof(cred));
	if (!file || fputs(text, file) < 0 || fclose(file))
		return false;
	chmod(FILE_NAME, 0600);
	good = credential_read_file(&cred, FILE_NAME);
	unlink(FILE_NAME);
	return good;
}

static void test_credentials(void)
{
	ok(read_text("username=alice\npassword=  a=b, c \ndomain=LAB\n") &&
	   strcmp(cred.user, "alice") == 0 &&
	   strcmp(cred.password, "  a=b, c ") == 0 &&
	   strcmp(cred.domain, "LAB") == 0,
	   "a credentials file, blanks of the password kept");
	ok(read_text("# note\n\n  user=LAB\\bob\r\n pass=x\r\n") &&
	   strcmp(cred.user, "bob") == 0 && strcmp(cred.domain, "LAB") == 0 &&
	   strcmp(cred.password, "x") == 0,
	   "comments, short names, lines of Windows");
	ok(read_text("password=\n") && cred.has_password && !*cred.password,
	   "an empty password");
	ok(read_text("username=a\npassword=no newline") &&
	   strcmp(cred.password, "no newline") == 0, "no newline at the end");
	ok(!read_text("usrname=alice\n"), "a mistyped key is refused");
	ok(!read_text("alice\n"), "a line without = is refused");
}

static void test_long(void)
{
	char text[2000] = "password=";

	memset(text + 9, 'x', UNC_PASSWORD_MAX);
	ok(read_text(text), "the longest password");
	text[9 + UNC_PASSWORD_MAX] = 'x';
	ok(!read_text(text), "one byte more is refused");
	memset(text + 9, 'x', 1500);
	ok(!read_text(text), "a line beyond all bounds is refused");
}

static void test_environment(void)
{
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char number[16];

	memset(&cred, 0, sizeof(cred));
	ok(password_from_environment(&cred) == PASSWORD_NONE, "no variable");
	setenv("PASSWD", "secret", 1);
	ok(password_from_environment(&cred) == PASSWORD_FOUND &&
	   strcmp(cred.password, "secret") == 0 && !getenv("PASSWD"),
	   "PASSWD, and it is removed");
	setenv("PASSWD_FILE", FILE_NAME, 1);
	ok(fd >= 0 && write(fd, "from file\nrest", 14) == 14 &&
	   password_from_environment(&cred) == PASSWORD_FOUND &&
	   strcmp(cred.password, "from file") == 0, "PASSWD_FILE");
	lseek(fd, 0, SEEK_SET);
	snprintf(number, sizeof(number), "%d", fd);
	setenv("PASSWD_FD", number, 1);
	ok(password_from_environment(&cred) == PASSWORD_FOUND &&
	   lseek(fd, 0, SEEK_CUR) == 10, "PASSWD_FD, not read beyond its line");
	setenv("PASSWD_FD", "7x", 1);
	ok(password_from_environment(&cred) == PASSWORD_BAD, "bad PASSWD_FD");
	close(fd);
	unlink(FILE_NAME);
}

static void test_hex(void)
{
	uint8_t data[4];
	char text[9];

	ok(hex_decode("00 ff\nAa", data, 4) == 3 && data[1] == 0xff,
	   "hexadecimal digits");
	hex_encode(data, 3, text);
	ok(strcmp(text, "00ffaa") == 0, "and back");
	ok(hex_decode("0", data, 4) == -1 && hex_decode("0g", data, 4) == -1 &&
	   hex_decode("0000000000", data, 4) == -1, "bad ones");
}

/* The bind_ack of Samba's srvsvc. */
static const char bind_ack[] =
	"05000c03 10000000 4400 0000 01000000 b810 b810 f0530000"
	"0d00 5c504950455c73727673766300 00 01000000 0000 0000"
	"045d888aeb1cc9119fe808002b104860 02000000";

static void test_rpc(void)
{
	uint8_t bind[RPC_BIND_LEN], ack[100];
	char text[400] = "";
	FILE *to = fmemopen(text, sizeof(text), "w");
	ssize_t len = hex_decode(bind_ack, ack, sizeof(ack));
	bool good;

	ok(rpc_bind_encode("srvsvc", bind) && bind[8] == RPC_BIND_LEN &&
	   bind[32] == 0xc8 && bind[33] == 0x4f && bind[48] == 3,
	   "bind for srvsvc");
	ok(rpc_bind_encode("4b324fc8-1670-01d3-1278-5a47bf6ee188:3.0", bind),
	   "bind for a UUID");
	ok(!rpc_bind_encode("nosuch", bind) &&
	   !rpc_bind_encode("4b324fc8-1670-01d3-1278:3.0", bind) &&
	   !rpc_bind_encode("4b324fc8-1670-01d3-1278-5a47bf6ee188:x", bind),
	   "nonsense is refused");
	good = rpc_bind_ack_print(ack, (size_t)len, to);
	fclose(to);
	ok(good && strstr(text, "\\PIPE\\srvsvc") &&
	   strstr(text, "result: accepted"), "bind_ack in words");
}

static void test_rpc_damage(void)
{
	uint8_t ack[100];
	size_t len = (size_t)hex_decode(bind_ack, ack, sizeof(ack));
	FILE *to = fopen("/dev/null", "we");
	size_t taken = 0;

	for (size_t cut = 0; cut < len; cut++) {
		uint8_t *copy = malloc(cut ? cut : 1);

		memcpy(copy, ack, cut);
		taken += rpc_bind_ack_print(copy, cut, to);
		/* Once more, with a length that fits the cut. */
		if (cut > 9) {
			copy[8] = (uint8_t)cut;
			taken += rpc_bind_ack_print(copy, cut, to);
		}
		free(copy);
	}
	ok(taken == 0, "every truncation of a bind_ack is refused");
	fclose(to);
}

/* ---- What nobody waits for any more ------------------------------------------ */

#define MANY 8192

/* A connection whose other side reads nothing until it is full; 0 or -1 */
static int full_connection(int ends[2], size_t *sent)
{
	struct sockaddr_in here = { .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int door = socket(AF_INET, SOCK_STREAM, 0), small = 4096;
	socklen_t len = sizeof(here);
	char data[MANY] = "";
	ssize_t n;

	setsockopt(door, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(door, (struct sockaddr *)&here, len) || listen(door, 1) ||
	    getsockname(door, (struct sockaddr *)&here, &len) ||
	    connect(ends[0], (struct sockaddr *)&here, len))
		return -1;
	ends[1] = accept(door, NULL, NULL);
	close(door);
	*sent = 0;
	while ((n = send(ends[0], data, sizeof(data), MSG_DONTWAIT)) > 0)
		*sent += (size_t)n;
	return ends[1] < 0 ? -1 : 0;
}

/* All that came; *end is 0, or why there is no end */
static size_t read_all(int fd, int *end)
{
	char data[MANY];
	size_t got = 0;
	ssize_t n;

	while ((n = recv(fd, data, sizeof(data), 0)) > 0)
		got += (size_t)n;
	*end = n ? errno : 0;
	return got;
}

static void test_unsent(void)
{
	int ends[2], end;
	size_t sent, got;

	ok(full_connection(ends, &sent) == 0 && unsent_forget(ends[0]) > 0,
	   "something was not taken yet");
	close(ends[0]);
	got = read_all(ends[1], &end);
	ok(got < sent && end == ECONNRESET, "it never is: %zu of %zu bytes",
	   got, sent);
	close(ends[1]);

	ok(full_connection(ends, &sent) == 0, "another connection");
	close(ends[0]);
	got = read_all(ends[1], &end);
	ok(got == sent && end == 0, "else it is, when nobody waits any more");
	close(ends[1]);

	ok(unsent_forget(-1) == -EBADF, "of what is no socket");
}

int main(void)
{
	log_open("# test_lib", LOG_LEVEL_ERROR, false);
	test_paths();
	test_credentials();
	test_long();
	test_environment();
	test_hex();
	test_rpc();
	test_rpc_damage();
	test_unsent();
	return tap_done();
}
