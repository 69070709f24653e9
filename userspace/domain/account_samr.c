// SPDX-License-Identifier: GPL-2.0-or-later
/* The account by SAMR, in the order of [MS-SYS] appendix A. */
#include "account.h"
#include "sam.h"

#define USER_ACCESS 0xe00500b0u

static bool make(struct sam *sam, const char *account, const char *password)
{
	bool exists;

	if (!sam_create(sam, account, SAM_WORKSTATION, USER_ACCESS, &exists) ||
	    (exists && !sam_open_user(sam, account, USER_ACCESS)))
		return false;
	/* Nobody can use it before it has a password: it is disabled. */
	sam->op->steps.need = "the right \"Reset password\" on the account";
	return remote_call(&sam->remote,
			   "SamrGetUserDomainPasswordInformation",
			   json_pack("{s:O}", "UserHandle", sam->account), "") &&
	       ticket_set_password(&sam->op->ticket, account, password,
				   &sam->op->steps) &&
	       sam_control(sam, SAM_WORKSTATION,
			   SAM_DISABLED | SAM_NO_PASSWORD);
}

bool account_create_samr(struct op *op, const char *password)
{
	struct sam sam;
	bool good = sam_open(&sam, op) &&
		    make(&sam, machine_text(op->machine, "account"), password);

	sam_close(&sam);
	return good;
}
