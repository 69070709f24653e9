// SPDX-License-Identifier: GPL-2.0-or-later
#include "password.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "log.h"
#include "secret.h"

/*
 * Read up to a newline or the end, byte by byte: what follows the line belongs
 * to someone else, and stdio would keep a copy.  Returns the length, -1 with
 * errno, or @room when the line does not fit.
 */
static ssize_t read_line(int fd, char *line, size_t room)
{
	size_t n = 0;

	while (n < room) {
		ssize_t got = read(fd, line + n, 1);

		if (got < 0)
			return -1;
		if (got == 0 || line[n] == '\n' || line[n] == '\0')
			break;
		n++;
	}
	return (ssize_t)n;
}

enum password_source password_from_fd(struct credential *cred, int fd,
				      const char *what)
{
	char line[UNC_PASSWORD_MAX + 1];
	enum password_source source = PASSWORD_FOUND;
	ssize_t n = read_line(fd, line, sizeof(line));

	if (n < 0) {
		log_error("cannot read the password from %s: %s", what,
			  strerror(errno));
		source = PASSWORD_BAD;
	} else if (n > UNC_PASSWORD_MAX) {
		log_error("the password from %s is longer than %d bytes", what,
			  UNC_PASSWORD_MAX);
		source = PASSWORD_BAD;
	} else {
		line[n] = '\0';
		credential_set_password(cred, line);
	}
	secret_wipe(line, sizeof(line));
	return source;
}

static enum password_source from_variable(struct credential *cred, char *value)
{
	bool fits = credential_set_password(cred, value);

	/* The environment can be read through /proc. */
	secret_wipe_string(value);
	unsetenv("PASSWD");
	if (!fits)
		log_error("the password in PASSWD is longer than %d bytes",
			  UNC_PASSWORD_MAX);
	return fits ? PASSWORD_FOUND : PASSWORD_BAD;
}

static enum password_source from_fd_variable(struct credential *cred,
					     const char *value)
{
	char *end;
	long fd = strtol(value, &end, 10);

	if (*end || end == value || fd < 0 || fd > 1 << 20) {
		log_error("PASSWD_FD=%s is no file descriptor", value);
		return PASSWORD_BAD;
	}
	return password_from_fd(cred, (int)fd, "the descriptor in PASSWD_FD");
}

static enum password_source from_file(struct credential *cred,
				      const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum password_source source;

	if (fd < 0) {
		log_error("cannot read the password file %s: %s", path,
			  strerror(errno));
		return PASSWORD_BAD;
	}
	source = password_from_fd(cred, fd, path);
	close(fd);
	return source;
}

enum password_source password_from_environment(struct credential *cred)
{
	char *value;

	value = getenv("PASSWD");
	if (value)
		return from_variable(cred, value);
	value = getenv("PASSWD_FD");
	if (value)
		return from_fd_variable(cred, value);
	value = getenv("PASSWD_FILE");
	if (value)
		return from_file(cred, value);
	return PASSWORD_NONE;
}

static volatile sig_atomic_t prompt_signal;

static void prompt_note_signal(int signo)
{
	prompt_signal = signo;
}

enum password_source password_prompt(struct credential *cred,
				     const char *question)
{
	struct sigaction note = { .sa_handler = prompt_note_signal }, old_int,
			 old_term;
	struct termios shown, hidden;
	enum password_source source = PASSWORD_NONE;
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (tty < 0 || tcgetattr(tty, &shown) < 0)
		goto out;
	/* Never leave the terminal without echo behind. */
	prompt_signal = 0;
	sigaction(SIGINT, &note, &old_int);
	sigaction(SIGTERM, &note, &old_term);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ECHONL | ICANON;
	tcsetattr(tty, TCSAFLUSH, &hidden);
	if (write(tty, question, strlen(question)) >= 0)
		source = password_from_fd(cred, tty, "the terminal");
	tcsetattr(tty, TCSAFLUSH, &shown);
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGTERM, &old_term, NULL);
	if (prompt_signal)
		raise(prompt_signal);
out:
	if (tty >= 0)
		close(tty);
	return source;
}
