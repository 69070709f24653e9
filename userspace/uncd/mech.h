/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One bare mechanism, as the SPNEGO state machine sees it. */
#ifndef UNCD_MECH_H
#define UNCD_MECH_H

#include <stdbool.h>

#include "answer.h"
#include "request.h"
#include "spnego.h"

struct mech;

/*
 * All return false after they made an error of the answer.  Bytes they hand
 * out stay until the next call.
 */
struct mech_ops {
	/* One token in (the first time none), one out (.len 0: none). */
	bool (*step)(struct mech *mech, struct der_bytes in,
		     struct der_bytes *out, struct answer *answer);
	/* Integrity over the list of mechanisms; NULL: it has none. */
	bool (*get_mic)(struct mech *mech, struct der_bytes data,
			struct der_bytes *mic, struct answer *answer);
	bool (*verify_mic)(struct mech *mech, struct der_bytes data,
			   struct der_bytes mic, struct answer *answer);
	/* Fill key and principal of @answer. */
	bool (*result)(struct mech *mech, struct answer *answer);
	void (*free)(struct mech *mech);
};

struct mech {
	const struct mech_ops *ops;
	enum spnego_mech id;
	bool complete;		/* needs no further token */
};

/* Kerberos or NTLM with the credential of @req; NULL: @answer says why. */
struct mech *gss_mech_new(enum spnego_mech id, const struct request *req,
			  struct answer *answer);

/*
 * Load the plug-ins now, in the main process, so that not every worker has to;
 * warns when NTLM is missing.
 */
void gss_mech_preload(void);

/* NTLM as nobody. */
struct mech *anonymous_mech_new(struct answer *answer);

#endif
