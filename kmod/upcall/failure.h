/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a way to a server could not be gone to its end.
 */
#ifndef _UNC_UPCALL_FAILURE_H
#define _UNC_UPCALL_FAILURE_H

#include <linux/types.h>
#include "../uapi/uncfs.h"

/**
 * struct unc_failure - the stage that failed, and all that is known of why
 * @stage: where on the way
 * @ntstatus: what the server said, or 0
 * @gss_major: what GSS-API said, or 0
 * @gss_minor: what the mechanism said, or 0
 * @message: for people; empty if the errno says all
 *
 * Filled by whoever returns the errno; the caller owns the memory.  All
 * functions that take one accept NULL.
 */
struct unc_failure {
	enum unc_stage	stage;
	u32		ntstatus;
	u32		gss_major;
	u32		gss_minor;
	char		message[UNC_MESSAGE_MAX + 1];
};

__printf(3, 4)
void unc_failure_set(struct unc_failure *why, enum unc_stage stage,
		     const char *fmt, ...);
void unc_failure_at_least(struct unc_failure *why, enum unc_stage stage,
			  const char *text);
const char *unc_stage_name(enum unc_stage stage);

#endif /* _UNC_UPCALL_FAILURE_H */
