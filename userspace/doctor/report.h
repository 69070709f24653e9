/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found out on the way to a server, stage by stage. */
#ifndef UNC_DOCTOR_REPORT_H
#define UNC_DOCTOR_REPORT_H

#include <jansson.h>
#include <stdbool.h>

#define REPORT_MAX		24
#define FINDING_TEXT_ROOM	768

enum finding_state {
	FINDING_OK,
	FINDING_NOTE,		/* worth knowing, not the reason of a failure */
	FINDING_SKIPPED,
	FINDING_FAILED,
};

/**
 * struct finding - one line of the report
 * @stage: "resolve", "connect", ... as mount's messages name it
 * @state: what came of it
 * @text: what was found; for a failure, the cause
 * @remedy: what to do; "" if nothing
 */
struct finding {
	const char *stage;
	enum finding_state state;
	char text[FINDING_TEXT_ROOM];
	char remedy[FINDING_TEXT_ROOM];
};

struct report {
	unsigned int count;
	bool failed;
	struct finding list[REPORT_MAX];
};

#define REPORT_PRINTF __attribute__((format(printf, 3, 4)))

void report_ok(struct report *report, const char *stage, const char *fmt, ...)
	REPORT_PRINTF;
void report_note(struct report *report, const char *stage, const char *fmt,
		 ...) REPORT_PRINTF;
void report_skip(struct report *report, const char *stage, const char *fmt,
		 ...) REPORT_PRINTF;
/* The end of the way, as a note only where another may be left. */
void report_fail(struct report *report, const char *stage, const char *fmt,
		 ...) REPORT_PRINTF;

/* To the last finding: what to do. */
void report_remedy(struct report *report, const char *remedy);

bool report_print_text(const struct report *report);
json_t *report_json(const struct report *report);

#endif
