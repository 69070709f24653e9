/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whom a group policy is for: by its descriptor, and by a filter of WMI. */
#ifndef UNC_DOMAIN_POLICYFILTER_H
#define UNC_DOMAIN_POLICYFILTER_H

#include "op.h"

#define FILTER_WHY_ROOM 300

/**
 * filter_sids - who an object is: its SID, those of its groups, and what all are
 * @dn: of a user or computer
 *
 * Return: a new array of texts; NULL: failed, the step says why.
 */
json_t *filter_sids(struct op *op, const char *dn);

/**
 * filter_passes - may they apply a policy?
 * @gpo: its object, with nTSecurityDescriptor
 * @why: receives why not
 */
bool filter_passes(const json_t *sids, const json_t *gpo,
		   char why[FILTER_WHY_ROOM]);

/** filter_wmi - the name of the policy's filter; "" for none */
void filter_wmi(struct op *op, const json_t *gpo, char name[FILTER_WHY_ROOM]);

#endif
