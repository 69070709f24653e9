// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const state_names[] = {
	[FINDING_OK] = "ok", [FINDING_NOTE] = "note",
	[FINDING_SKIPPED] = "skipped", [FINDING_FAILED] = "failed",
};

static void add(struct report *report, enum finding_state state,
		const char *stage, const char *fmt, va_list args)
{
	struct finding *finding;

	if (report->count == REPORT_MAX)
		report->count--;	/* the last one says most */
	finding = &report->list[report->count++];
	finding->stage = stage;
	finding->state = state;
	finding->remedy[0] = '\0';
	vsnprintf(finding->text, sizeof(finding->text), fmt, args);
	report->failed |= state == FINDING_FAILED;
}

#define REPORT_FUNCTION(name, state)					\
void name(struct report *report, const char *stage, const char *fmt, ...) \
{									\
	va_list args;							\
									\
	va_start(args, fmt);						\
	add(report, state, stage, fmt, args);				\
	va_end(args);							\
}

REPORT_FUNCTION(report_ok, FINDING_OK)
REPORT_FUNCTION(report_note, FINDING_NOTE)
REPORT_FUNCTION(report_skip, FINDING_SKIPPED)
REPORT_FUNCTION(report_fail, FINDING_FAILED)

void report_remedy(struct report *report, const char *remedy)
{
	struct finding *finding;

	if (!report->count || !remedy)
		return;
	finding = &report->list[report->count - 1];
	snprintf(finding->remedy, sizeof(finding->remedy), "%s", remedy);
}

bool report_print_text(const struct report *report)
{
	for (unsigned int i = 0; i < report->count; i++) {
		const struct finding *finding = &report->list[i];

		printf("%-10s %-8s %s\n", finding->stage,
		       state_names[finding->state], finding->text);
		if (finding->remedy[0])
			printf("%-19s -> %s\n", "", finding->remedy);
	}
	return fflush(stdout) == 0;
}

json_t *report_json(const struct report *report)
{
	json_t *array = json_array();

	for (unsigned int i = 0; i < report->count; i++) {
		const struct finding *finding = &report->list[i];

		json_array_append_new(array, json_pack("{s:s,s:s,s:s,s:s}",
			"stage", finding->stage,
			"state", state_names[finding->state],
			"text", finding->text,
			"remedy", finding->remedy));
	}
	return array;
}
