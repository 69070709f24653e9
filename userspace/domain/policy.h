/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Group policy ([MS-GPOL]): what is linked to whom, and its version in SYSVOL. */
#ifndef UNC_DOMAIN_POLICY_H
#define UNC_DOMAIN_POLICY_H

#include "op.h"

/**
 * struct policy_options
 * @sysvol: where the domain's SYSVOL is mounted; NULL: mounted for this call,
 *	where nobody else sees it, which root may
 * @no_sysvol: look only into the directory
 */
struct policy_options {
	const char *sysvol;
	bool no_sysvol;
};

/**
 * policy_list - for op->options->user, or without one for this machine
 *
 * The order is that of their application ([MS-GPOL] 3.2.5.1.5): site, domain,
 * folders, then what is enforced the other way around. One applies if its link and
 * its half are enabled, it is not blocked, not empty, and its descriptor grants
 * "Apply Group Policy"; "why" has what of that is not so. A filter of WMI is named
 * and not evaluated.
 *
 * Return: a new array of objects; NULL: failed, the step says why.
 */
json_t *policy_list(struct op *op, const struct policy_options *options);

#endif
