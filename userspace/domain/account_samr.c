// SPDX-License-Identifier: GPL-2.0-or-later
/* The account by SAMR, in the order of [MS-SYS] appendix A. */
#include "account.h"
#include "sam.h"
#include "winerror.h"

#define USER_ACCESS 0xe00500b0u
#define ERROR_ACCESS_DENIED 5

static bool make(struct sam *sam, const char *account, const char *password)
{
	struct op *op = sam->op;
	bool exists, made = sam_create(sam, account, SAM_WORKSTATION,
				       USER_ACCESS, &exists);

	op->touched = made ? !exists : step_lost(&op->steps);
	if (!made || (exists && !sam_open_user(sam, account, USER_ACCESS)))
		return false;
	op->touched = true;
	/* Nobody can use it before it has a password: it is disabled. */
	if (!remote_call(&sam->remote, "SamrGetUserDomainPasswordInformation",
			 json_pack("{s:O}", "UserHandle", sam->account), ""))
		return false;
	op->steps.need = "the right \"Reset password\" on the account";
	if (!sam_set_password(sam, account, password)) {
		op->touched = !exists || (op->steps.code != ERROR_ACCESS_DENIED &&
					  op->steps.code != STATUS_ACCESS_DENIED);
		return false;
	}
	return sam_control(sam, SAM_WORKSTATION,
			   SAM_DISABLED | SAM_NO_PASSWORD);
}

bool account_create_samr(struct op *op, const char *password)
{
	struct sam sam;
	bool good = sam_open_for_password(&sam, op) &&
		    make(&sam, machine_text(op->machine, "account"), password);

	sam_close(&sam);
	return good;
}
