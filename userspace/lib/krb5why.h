/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an error of Kerberos means to a user, and what to do about it. */
#ifndef UNC_LIB_KRB5WHY_H
#define UNC_LIB_KRB5WHY_H

#include <stdbool.h>
#include <stdint.h>

#include "uncfs.h"

struct krb5_why {
	int32_t code;		/* krb5_error_code */
	int error;		/* positive errno */
	enum unc_stage stage;
	bool other_may_do;	/* NTLM with the same password could work */
	const char *remedy;	/* follows "; " */
};

/* NULL for one that says enough by itself. */
const struct krb5_why *krb5_why_find(int32_t code);

#endif
