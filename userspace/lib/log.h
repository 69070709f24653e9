/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages by level.  What a level means:
 *
 *   error    something asked for was not done; someone must act
 *   warning  done, but not as asked, or likely to fail later
 *   notice   a change of state worth keeping: started, agent of a namespace
 *   info     one line for each request, with its outcome
 *   debug    each step; never a secret, never a whole token
 *
 * The agent writes with the "<N>" prefix that the journal understands; tools
 * that people run write "name: message" to standard error.
 */
#ifndef UNC_LIB_LOG_H
#define UNC_LIB_LOG_H

#include <stdbool.h>

enum log_level {
	LOG_LEVEL_ERROR		= 3,
	LOG_LEVEL_WARNING	= 4,
	LOG_LEVEL_NOTICE	= 5,
	LOG_LEVEL_INFO		= 6,
	LOG_LEVEL_DEBUG		= 7,
};

/* @journal: prefix each line with its level for systemd. */
void log_open(const char *name, enum log_level max, bool journal);
void log_set_level(enum log_level max);
enum log_level log_level(void);

/* "error" ... "debug", or 3 ... 7; returns false for anything else. */
bool log_level_parse(const char *text, enum log_level *level);

void log_at(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define log_error(...)		log_at(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...)	log_at(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_notice(...)		log_at(LOG_LEVEL_NOTICE, __VA_ARGS__)
#define log_info(...)		log_at(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)		log_at(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
