// SPDX-License-Identifier: GPL-2.0-or-later
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct {
	const char *name;
	enum log_level max;
	bool journal;
} log_state = { "unc", LOG_LEVEL_NOTICE, false };

static const char *const level_names[] = {
	[LOG_LEVEL_ERROR]	= "error",
	[LOG_LEVEL_WARNING]	= "warning",
	[LOG_LEVEL_NOTICE]	= "notice",
	[LOG_LEVEL_INFO]	= "info",
	[LOG_LEVEL_DEBUG]	= "debug",
};

void log_open(const char *name, enum log_level max, bool journal)
{
	log_state.name = name;
	log_state.max = max;
	log_state.journal = journal;
}

void log_set_level(enum log_level max)
{
	log_state.max = max;
}

enum log_level log_level(void)
{
	return log_state.max;
}

bool log_level_parse(const char *text, enum log_level *level)
{
	for (int i = LOG_LEVEL_ERROR; i <= LOG_LEVEL_DEBUG; i++) {
		bool digit = text[0] == '0' + i && text[1] == '\0';

		if (digit || strcmp(text, level_names[i]) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

void log_at(enum log_level level, const char *fmt, ...)
{
	/* One write for each line, so that lines of workers do not mix. */
	char line[1024];
	int n = 0;
	va_list ap;

	if (level > log_state.max)
		return;
	if (log_state.journal)
		n = snprintf(line, sizeof(line), "<%d>", (int)level);
	else
		n = snprintf(line, sizeof(line), "%s: ", log_state.name);

	va_start(ap, fmt);
	n += vsnprintf(line + n, sizeof(line) - (size_t)n - 1, fmt, ap);
	va_end(ap);
	if (n > (int)sizeof(line) - 2)
		n = (int)sizeof(line) - 2;
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)n) < 0)
		return;		/* nowhere left to complain */
}
