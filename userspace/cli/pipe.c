// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"
#include "hex.h"
#include "key.h"
#include "log.h"
#include "password.h"
#include "reason.h"
#include "rpcbind.h"
#include "uncpath.h"

#define DEVICE		"/dev/npipe"
#define COPY_ROOM	(64 * 1024)

static const char help_text[] =
"usage: unc pipe [OPTION]... //HOST/pipe/NAME\n"
"Opens a named pipe of a server.  Without further options standard input goes\n"
"into the pipe, and what comes out of it to standard output.\n"
"\n"
"  -x, --hex              one message for each line, in hexadecimal digits, both\n"
"                         ways; every line sent is answered by one\n"
"  -t, --transceive HEX   send this message, print the answer in hexadecimal\n"
"  -r, --rpc-bind IFACE   send a DCE/RPC bind and print the answer in words;\n"
"                         IFACE is a name (see unc(1)) or UUID:MAJOR.MINOR\n"
"  -u, --user USER        who to be, [DOMAIN\\]NAME; asks for the password\n"
"  -s, --stdin-password   the password is the first line of standard input\n"
"  -c, --credentials FILE user and password as mount.cifs(8) has them in a file\n"
"      --sec WHAT         any, krb5, ntlm or none\n"
"      --smb1             by SMB 1; for root alone\n"
"      --port N           TCP port of the server\n"
"  -h, --help             show this\n";

enum { OPTION_SEC = 256, OPTION_SMB1, OPTION_PORT };

static const struct option long_options[] = {
	{ "hex",		no_argument,		NULL, 'x' },
	{ "transceive",		required_argument,	NULL, 't' },
	{ "rpc-bind",		required_argument,	NULL, 'r' },
	{ "user",		required_argument,	NULL, 'u' },
	{ "stdin-password",	no_argument,		NULL, 's' },
	{ "credentials",	required_argument,	NULL, 'c' },
	{ "sec",		required_argument,	NULL, OPTION_SEC },
	{ "smb1",		no_argument,		NULL, OPTION_SMB1 },
	{ "port",		required_argument,	NULL, OPTION_PORT },
	{ "help",		no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

struct pipe_args {
	const char *path;
	bool hex;
	const char *transceive;
	const char *rpc_bind;
	bool stdin_password;
	uint32_t sec;
	uint32_t vers;
	uint32_t port;
	struct credential cred;
};

/* ---- Connecting --------------------------------------------------------- */

static const char *connect_words(int error)
{
	if (error == ENOENT)
		return "there is no such pipe on this server";
	if (error == EBUSY)
		return "all instances of the pipe are in use; try again";
	return reason_of(error);
}

/* False: logged.  *@key stays 0 when no credential was named. */
static bool make_key(struct pipe_args *args, key_serial_t *key)
{
	char question[UNC_USER_MAX + 32];
	struct credential *cred = &args->cred;
	enum password_source source = PASSWORD_FOUND;

	if (!cred->has_user)
		return true;
	if (!cred->has_password && args->stdin_password)
		source = password_from_fd(cred, STDIN_FILENO, "standard input");
	if (!cred->has_password && source == PASSWORD_FOUND)
		source = password_from_environment(cred);
	snprintf(question, sizeof(question), "Password for %s: ", cred->user);
	if (!cred->has_password && source == PASSWORD_NONE)
		source = password_prompt(cred, question);
	if (source == PASSWORD_NONE)
		log_error("there is no terminal to ask for the password (use --stdin-password)");
	if (source != PASSWORD_FOUND)
		return false;
	*key = key_add("*", cred, KEY_SPEC_PROCESS_KEYRING);
	if (*key < 0)
		log_error("cannot hand the password to the kernel: %s",
			  key_error(errno));
	return *key >= 0;
}

static int pipe_open(struct pipe_args *args)
{
	struct unc_pipe_connect connect = {
		.path = (uintptr_t)args->path,
		.path_len = (uint32_t)strlen(args->path),
		.sec = args->sec,
		.vers = args->vers,
		.port = args->port,
	};
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0) {
		log_error("cannot open %s: %s", DEVICE,
			  errno == ENOENT || errno == ENODEV || errno == ENXIO ?
			  "the kernel module is not loaded (modprobe uncfs)" :
			  strerror(errno));
		return -1;
	}
	if (!make_key(args, &connect.key)) {
		close(fd);
		return -1;
	}
	if (ioctl(fd, UNC_IOC_PIPE_CONNECT, &connect) == 0)
		return fd;
	log_error("%s: %s", args->path, connect_words(errno));
	close(fd);
	return -1;
}

/* ---- One message and its answer ----------------------------------------- */

static uint8_t answer_room[UNC_PIPE_IO_MAX];

/* The length of the answer in @answer_room; -1: logged. */
static ssize_t transceive(int fd, const uint8_t *data, size_t len)
{
	struct unc_pipe_transceive io = {
		.in = (uintptr_t)data,
		.out = (uintptr_t)answer_room,
		.in_len = (uint32_t)len,
		.out_len = sizeof(answer_room),
	};

	if (ioctl(fd, UNC_IOC_PIPE_TRANSCEIVE, &io) < 0) {
		log_error("the exchange failed: %s", errno == EPIPE ?
			  "the server has closed the pipe" : strerror(errno));
		return -1;
	}
	if (io.more)
		log_warning("the answer is longer than %zu bytes and was cut",
			    sizeof(answer_room));
	return (ssize_t)io.out_len;
}

static bool print_hex(size_t len)
{
	char *text = malloc(2 * len + 1);
	bool good = text;

	if (!text) {
		log_error("out of memory");
		return false;
	}
	hex_encode(answer_room, len, text);
	good = puts(text) != EOF && fflush(stdout) == 0;
	free(text);
	return good;
}

static bool transceive_hex(int fd, const char *text)
{
	size_t room = strlen(text) / 2 + 1;
	uint8_t *data = malloc(room);
	ssize_t len = data ? hex_decode(text, data, room) : -1;

	if (data && len < 0)
		log_error("these are no bytes in hexadecimal digits: %.40s",
			  text);
	if (len >= 0)
		len = transceive(fd, data, (size_t)len);
	free(data);
	return len >= 0 && print_hex((size_t)len);
}

static bool hex_lines(int fd)
{
	char *line = NULL;
	size_t room = 0;
	bool good = true;

	while (good && getline(&line, &room, stdin) > 0)
		good = transceive_hex(fd, line);
	free(line);
	return good;
}

static bool rpc_bind(int fd, const char *interface)
{
	uint8_t bind[RPC_BIND_LEN];
	ssize_t len;

	if (!rpc_bind_encode(interface, bind)) {
		log_error("\"%s\" is no interface: one of %s, or UUID:MAJOR.MINOR",
			  interface, rpc_interface_names());
		return false;
	}
	len = transceive(fd, bind, sizeof(bind));
	return len >= 0 && rpc_bind_ack_print(answer_room, (size_t)len, stdout);
}

/* ---- Copying ------------------------------------------------------------ */

static bool write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t done = write(fd, data, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		data += done;
		len -= (size_t)done;
	}
	return true;
}

/*
 * Move what can be read.  1: moved; 0: the end; -1: logged.  Into the pipe one
 * write is one message, so what came in one read goes out in one.
 */
static int move(int from, int to, const char *what)
{
	static char data[COPY_ROOM];
	ssize_t len = read(from, data, sizeof(data));

	if (len < 0 && (errno == EINTR || errno == EAGAIN))
		return 1;
	/* The server has closed its end: the usual end of a conversation. */
	if (len == 0 || (len < 0 && errno == EPIPE))
		return 0;
	if (len > 0 && write_all(to, data, (size_t)len))
		return 1;
	log_error("%s: %s", what, strerror(errno));
	return -1;
}

/* Standard input's end leaves the pipe open for answers under way. */
static bool copy(int fd)
{
	struct pollfd ends[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	int moved = 1;

	while (moved > 0) {
		int wait_ms = ends[0].fd < 0 ? 1000 : -1;
		int ready = poll(ends, 2, wait_ms);

		if (ready < 0 && errno != EINTR)
			return false;
		if (ready == 0)
			return true;	/* nothing came for a while */
		if (ready > 0 && ends[1].revents)
			moved = move(fd, STDOUT_FILENO, "reading the pipe");
		if (ready > 0 && moved > 0 && ends[0].revents &&
		    (moved = move(STDIN_FILENO, fd, "writing the pipe")) == 0) {
			ends[0].fd = -1;
			moved = 1;
		}
	}
	return moved == 0;
}

/* ---- Arguments ---------------------------------------------------------- */

static bool set_sec(struct pipe_args *args, const char *name)
{
	static const char *const names[] = {
		[UNC_SEC_ANY] = "any", [UNC_SEC_KRB5] = "krb5",
		[UNC_SEC_NTLM] = "ntlm", [UNC_SEC_NONE] = "none",
	};

	for (uint32_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		args->sec = i;
		return true;
	}
	log_error("--sec=%s is not known (any, krb5, ntlm, none)", name);
	return false;
}

static bool set_port(struct pipe_args *args, const char *text)
{
	char *end;
	unsigned long port = strtoul(text, &end, 10);

	args->port = (uint32_t)port;
	if (*text >= '0' && *text <= '9' && !*end && port && port <= 65535)
		return true;
	log_error("--port=%s is no TCP port", text);
	return false;
}

static bool set_option(struct pipe_args *args, int option)
{
	switch (option) {
	case 'x':
		args->hex = true;
		return true;
	case 't':
		args->transceive = optarg;
		return true;
	case 'r':
		args->rpc_bind = optarg;
		return true;
	case 'u':
		return credential_set_user(&args->cred, optarg);
	case 's':
		args->stdin_password = true;
		return true;
	case 'c':
		return credential_read_file(&args->cred, optarg);
	case OPTION_SEC:
		return set_sec(args, optarg);
	case OPTION_SMB1:
		args->vers = UNC_PIPE_VERS_SMB1;
		return true;
	case OPTION_PORT:
		return set_port(args, optarg);
	}
	return false;
}

static bool check_path(const char *text)
{
	struct uncpath path;
	const char *why;
	bool good = uncpath_parse(text, &path, &why);

	if (good && (strcasecmp(path.share, "pipe") != 0 || !*path.sub)) {
		why = "not of the form //host/pipe/name";
		good = false;
		uncpath_clear(&path);
	}
	if (good)
		uncpath_clear(&path);
	else
		log_error("%s: %s", text, why);
	return good && strlen(text) <= UNC_PIPE_PATH_MAX;
}

static int pipe_run(struct pipe_args *args)
{
	int fd = pipe_open(args);
	bool good;

	credential_wipe(&args->cred);
	if (fd < 0)
		return UNC_FAILED;
	if (args->rpc_bind)
		good = rpc_bind(fd, args->rpc_bind);
	else if (args->transceive)
		good = transceive_hex(fd, args->transceive);
	else if (args->hex)
		good = hex_lines(fd);
	else
		good = copy(fd);
	close(fd);
	return good ? UNC_OK : UNC_FAILED;
}

int pipe_main(int argc, char **argv)
{
	static struct pipe_args args;
	int option;

	while ((option = getopt_long(argc, argv, "xt:r:u:sc:h", long_options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		}
		if (!set_option(&args, option))
			return UNC_USAGE;
	}
	if (argc - optind != 1) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	args.path = argv[optind];
	return check_path(args.path) ? pipe_run(&args) : UNC_USAGE;
}
