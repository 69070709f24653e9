/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of what is done to a domain and to this machine, a line for each step
 * as Windows has them in Netsetup.log: date, time, function of the protocol,
 * what it was given, result.
 *
 *	11/21/2026 18:20:11:123 SamrCreateUser2InDomain: GUEST$, 0x80: 0xc0000022 (STATUS_ACCESS_DENIED)
 *
 * Secrets are never written.
 */
#ifndef UNC_DOMAIN_STEP_H
#define UNC_DOMAIN_STEP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define STEP_LOG_PATH	"/var/log/uncfs/domain.log"
#define STEP_NAME_ROOM	64
#define STEP_WHY_ROOM	512

/**
 * struct steps - a log, and what failed last
 * @file: NULL: none
 * @echo: each line to standard error as well
 * @name: of the step that failed; "" when none did
 * @code: its result: a Win32 code or an NTSTATUS
 * @why: the same in words
 * @need: the right that the last step needs; NULL: none in particular
 * @kill_at: end the process after this many steps, for tests; 0: never
 * @stop_at: stop it there until it is told to go on
 * @done: steps so far
 */
struct steps {
	FILE *file;
	bool echo;
	char name[STEP_NAME_ROOM];
	uint32_t code;
	char why[STEP_WHY_ROOM];
	const char *need;
	unsigned int kill_at;
	unsigned int stop_at;
	unsigned int done;
};

/**
 * steps_open - append to a log
 * @path: its folder is made when it is missing; a log that cannot be written is
 *	no error, since who may join need not be root
 *
 * UNC_DOMAIN_KILL_AT and UNC_DOMAIN_STOP_AT in the environment set @kill_at and
 * @stop_at.
 */
void steps_open(struct steps *steps, const char *path, bool echo);

void steps_close(struct steps *steps);

/** step_note - a line that is no result */
void step_note(struct steps *steps, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * step_done - the result of a step
 * @code: Win32 code or NTSTATUS; 0 is good
 *
 * Return: true for 0; otherwise @steps has the failure.
 */
bool step_done(struct steps *steps, const char *name, uint32_t code,
	       const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/** step_expected - log a result that is no failure, whatever it is */
void step_expected(struct steps *steps, const char *name, uint32_t code,
		   const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/** step_forget - the last failure was none, something else was done instead */
void step_forget(struct steps *steps);

/** step_lost - did the last step fail without an answer? Then it may be done. */
bool step_lost(const struct steps *steps);

/** step_errno - the Win32 code that is nearest to a positive errno */
uint32_t step_errno(int error);

#endif
