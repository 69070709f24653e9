// SPDX-License-Identifier: GPL-2.0-or-later
#include "step.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "winerror.h"

#define RPC_S_SERVER_UNAVAILABLE	1722
#define RPC_S_CALL_FAILED		1726
#define ERROR_DS_SERVER_DOWN		8250
#define LINE_ROOM 800
#define STAMP_ROOM 48

static unsigned int number_from(const char *name)
{
	const char *text = getenv(name);

	return text ? (unsigned int)strtoul(text, NULL, 10) : 0;
}

void steps_open(struct steps *steps, const char *path, bool echo)
{
	memset(steps, 0, sizeof(*steps));
	steps->echo = echo;
	steps->kill_at = number_from("UNC_DOMAIN_KILL_AT");
	steps->stop_at = number_from("UNC_DOMAIN_STOP_AT");
	if (folder_make(path) == 0)
		steps->file = fopen(path, "ae");
}

void steps_close(struct steps *steps)
{
	if (steps->file)
		fclose(steps->file);
	steps->file = NULL;
}

/* ---- Lines ---------------------------------------------------------------- */

static void stamp(char text[STAMP_ROOM])
{
	struct timespec now;
	char seconds[24];
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	strftime(seconds, sizeof(seconds), "%m/%d/%Y %H:%M:%S", &tm);
	snprintf(text, STAMP_ROOM, "%s:%03ld", seconds, now.tv_nsec / 1000000);
}

/* What a server sent may be among it: one step is one line. */
static void plain(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 127)
			*text = ' ';
}

static void put_line(struct steps *steps, const char *name, char *text)
{
	char when[STAMP_ROOM];

	stamp(when);
	plain(text);
	if (steps->file) {
		fprintf(steps->file, "%s %s: %s\n", when, name, text);
		fflush(steps->file);
	}
	if (steps->echo)
		fprintf(stderr, "%s %s: %s\n", when, name, text);
}

static void put_result(struct steps *steps, const char *name, uint32_t code,
		       const char *what)
{
	const char *known = win_error_name(code);
	char text[LINE_ROOM];

	snprintf(text, sizeof(text), "%s%s0x%x%s%s%s", what, *what ? ": " : "",
		 code, known ? " (" : "", known ? known : "", known ? ")" : "");
	put_line(steps, name, text);
	/* Where a test wants the power to fail, or to take the network away. */
	if (++steps->done == steps->kill_at)
		kill(getpid(), SIGKILL);
	if (steps->done == steps->stop_at)
		kill(getpid(), SIGSTOP);
}

void step_note(struct steps *steps, const char *name, const char *fmt, ...)
{
	char text[LINE_ROOM];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_line(steps, name, text);
}

/* ---- Results -------------------------------------------------------------- */

static void set_failure(struct steps *steps, const char *name, uint32_t code,
			const char *why)
{
	const char *known = win_error_name(code);

	snprintf(steps->name, sizeof(steps->name), "%s", name);
	steps->code = code;
	snprintf(steps->why, sizeof(steps->why), "%.400s%s0x%x%s%s%s", why,
		 *why ? ": " : "", code, known ? " (" : "",
		 known ? known : "", known ? ")" : "");
}

bool step_done(struct steps *steps, const char *name, uint32_t code,
	       const char *fmt, ...)
{
	char text[LINE_ROOM];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_result(steps, name, code, text);
	if (code)
		set_failure(steps, name, code, text);
	else
		steps->need = NULL;
	return !code;
}

void step_expected(struct steps *steps, const char *name, uint32_t code,
		   const char *fmt, ...)
{
	char text[LINE_ROOM];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_result(steps, name, code, text);
}

void step_forget(struct steps *steps)
{
	steps->name[0] = '\0';
	steps->why[0] = '\0';
	steps->code = 0;
	steps->need = NULL;
}

bool step_lost(const struct steps *steps)
{
	return steps->code == RPC_S_SERVER_UNAVAILABLE ||
	       steps->code == RPC_S_CALL_FAILED ||
	       steps->code == ERROR_DS_SERVER_DOWN;
}

uint32_t step_errno(int error)
{
	switch (error) {
	case 0:
		return 0;
	case EACCES:
	case EPERM:
		return 5;		/* ERROR_ACCESS_DENIED */
	case ENOENT:
		return 2;		/* ERROR_FILE_NOT_FOUND */
	case ENOMEM:
		return 8;		/* ERROR_NOT_ENOUGH_MEMORY */
	case EINVAL:
		return 87;		/* ERROR_INVALID_PARAMETER */
	case ENOSPC:
		return 112;		/* ERROR_DISK_FULL */
	case EPIPE:
	case ECONNREFUSED:
	case ECONNRESET:
	case EHOSTUNREACH:
	case ENETUNREACH:
	case ETIMEDOUT:
		return RPC_S_SERVER_UNAVAILABLE;
	}
	return RPC_S_CALL_FAILED;
}
