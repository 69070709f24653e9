// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why a way to a server could not be gone to its end.
 */
#include <linux/kernel.h>
#include <linux/stdarg.h>
#include "failure.h"

/**
 * unc_failure_set - note the stage that failed and a sentence about it
 * @why: where to note it; NULL is fine
 * @stage: the stage
 * @fmt: printf format of the sentence, without full stop or line feed
 *
 * A sentence that an earlier, deeper stage left is replaced; the status codes
 * are kept.  Any context.
 */
void unc_failure_set(struct unc_failure *why, enum unc_stage stage,
		     const char *fmt, ...)
{
	va_list args;

	if (!why)
		return;
	why->stage = stage;
	va_start(args, fmt);
	vscnprintf(why->message, sizeof(why->message), fmt, args);
	va_end(args);
}

/**
 * unc_failure_at_least - a sentence for a failure that nobody has explained
 * @why: where to note it; NULL is fine
 * @stage: the stage
 * @text: the sentence, without full stop or line feed
 *
 * Any context.
 */
void unc_failure_at_least(struct unc_failure *why, enum unc_stage stage,
			  const char *text)
{
	if (why && why->stage == UNC_STAGE_NONE)
		unc_failure_set(why, stage, "%s", text);
}

/**
 * unc_stage_name - the word for a stage
 * @stage: the stage
 *
 * Return: a constant string.  Any context.
 */
const char *unc_stage_name(enum unc_stage stage)
{
	switch (stage) {
	case UNC_STAGE_NONE:
		return "unknown stage";
	case UNC_STAGE_AGENT:
		return "agent";
	case UNC_STAGE_RESOLVE:
		return "resolve";
	case UNC_STAGE_CONNECT:
		return "connect";
	case UNC_STAGE_NEGOTIATE:
		return "negotiate";
	case UNC_STAGE_MECHANISM:
		return "mechanism";
	case UNC_STAGE_KDC:
		return "kdc";
	case UNC_STAGE_SESSION:
		return "session";
	case UNC_STAGE_TREE:
		return "tree";
	case UNC_STAGE_ROOT:
		return "root";
	}
	return "unknown stage";
}
