// SPDX-License-Identifier: GPL-2.0-or-later
#include "reason.h"

#include <errno.h>
#include <string.h>

const char *reason_of(int error)
{
	switch (error) {
	case EACCES:
		return "access denied (wrong user or password, or not allowed by the server)";
	case EUNATCH:
		return "no agent serves this network namespace (systemctl start uncd)";
	case EHOSTUNREACH:
		return "the host is not known or cannot be reached";
	case ECONNREFUSED:
		return "the machine is there, but nothing listens: is its file service running, is this the right port?";
	case ETIMEDOUT:
		return "no answer in time";
	case ENOKEY:
		return "no password and no ticket for this server (unc login, or name a user)";
	case EKEYEXPIRED:
		return "the credential has expired (unc login, or kinit)";
	case EKEYREVOKED:
		return "the credential was revoked (unc login)";
	case EPROTONOSUPPORT:
		return "the server speaks no version or mechanism that is allowed here";
	case EPROTO:
	case EBADMSG:
		return "the server's answer makes no sense (more in the kernel's log)";
	case EPERM:
		return "not permitted (are you root?)";
	}
	return strerror(error);
}
