// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One place for mount's message, the kernel's log and "unc doctor", which are
 * to name the same cause by the same words.
 */
#include "logon.h"
#include "ntstatus.h"

static const struct {
	u32 status;
	const char *remedy;
} table[] = {
	{ NT_STATUS_LOGON_FAILURE,
	  "user or password is wrong; or the user is of a domain (DOMAIN\\USER)" },
	{ NT_STATUS_ACCOUNT_DISABLED,
	  "ask the administrator to enable the account" },
	{ NT_STATUS_ACCOUNT_LOCKED_OUT,
	  "too many wrong passwords: wait, or ask the administrator" },
	{ NT_STATUS_PASSWORD_EXPIRED, "change the password (kpasswd)" },
	{ NT_STATUS_PASSWORD_MUST_CHANGE, "change the password (kpasswd)" },
	{ NT_STATUS_TIME_DIFFERENCE_AT_DC, "set the time" },
	{ NT_STATUS_NTLM_BLOCKED,
	  "the server takes no NTLM: use Kerberos (sec=krb5)" },
	{ NT_STATUS_NO_SUCH_USER,
	  "the server has no such user: check name and domain" },
};

static const struct wire_logon unread = {
	"the ticket is of no use to it",
	"the KDC is content, so it is not the password: the server cannot read the ticket (its keytab lacks the key of this service, or has an old one: join it again), or has no such user"
};

static bool by_ticket(const char *mech)
{
	return strcmp(mech, "krb5") == 0 || strcmp(mech, "iakerb") == 0;
}

/**
 * wire_logon_refused - a server's answer to SESSION_SETUP in words
 * @status: NTSTATUS, [MS-ERREF] 2.3
 * @mech: mechanism whose token was refused, "" if it is not known
 *
 * The KDC has found the password right before a server sees a ticket, so there
 * STATUS_LOGON_FAILURE does not mean what it says.  Any context.
 *
 * Return: constant strings.
 */
struct wire_logon wire_logon_refused(u32 status, const char *mech)
{
	struct wire_logon why = { wire_ntstatus_text(status), NULL };
	u32 i;

	if (status == NT_STATUS_LOGON_FAILURE && by_ticket(mech))
		return unread;
	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (table[i].status == status)
			why.remedy = table[i].remedy;
	return why;
}
