/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a domain says of itself: trusts, sites, policy; arrays and objects. */
#ifndef UNC_DOMAIN_DOMAININFO_H
#define UNC_DOMAIN_DOMAININFO_H

#include "op.h"

/* All: op_begin() was called; NULL: op->steps has why not. */

/** domain_trusts - DsrEnumerateDomainTrusts: a row for each domain */
json_t *domain_trusts(struct op *op);

/** domain_sites - from the directory: a row for each site */
json_t *domain_sites(struct op *op);

/** domain_info - of the domain object and the rootDSE: one object */
json_t *domain_info(struct op *op);

#endif
