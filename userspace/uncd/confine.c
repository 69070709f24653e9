// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A list of what is forbidden, not of what is allowed: Kerberos, its plug-ins
 * and the name service switch belong to the system, and what they need changes
 * with it.  Forbidden is what a program that was taken over wants next.
 */
#include "confine.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/socket.h>

static const int forbidden[] = {
	/* other programs, other processes */
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(kcmp),
	/* what the world looks like */
	SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(chroot),
	SCMP_SYS(pivot_root), SCMP_SYS(mount), SCMP_SYS(umount2),
	SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen),
	SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr),
	SCMP_SYS(swapon), SCMP_SYS(swapoff),
	/* the kernel itself */
	SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot),
	SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register), SCMP_SYS(syslog),
	/* the machine's clock and name */
	SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
	SCMP_SYS(clock_adjtime), SCMP_SYS(sethostname),
	SCMP_SYS(setdomainname),
};

/* Names and KDCs are asked over IP; sssd, nscd and KCM over AF_UNIX. */
static const int families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };

static int forbid(scmp_filter_ctx filter)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(forbidden) / sizeof(*forbidden);
	     i++) {
		ret = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM),
				       forbidden[i], 0);
		/* Unknown to this machine, so there is nothing to forbid. */
		if (ret == -EDOM)
			ret = 0;
	}
	return ret;
}

static bool is_allowed(int family)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (families[i] == family)
			return true;
	return false;
}

/*
 * Two rules of "not equal" for one argument would not do what they say, so each
 * family is named.  The kernel looks at 32 bits of it, and so do we.
 */
static int forbid_families(scmp_filter_ctx filter)
{
	int ret = 0;

	for (int family = 0; !ret && family < AF_MAX; family++) {
		struct scmp_arg_cmp arg = SCMP_A0(SCMP_CMP_MASKED_EQ,
						  0xffffffffUL,
						  (scmp_datum_t)family);

		if (!is_allowed(family))
			ret = seccomp_rule_add_array(filter,
						     SCMP_ACT_ERRNO(EPERM),
						     SCMP_SYS(socket), 1,
						     &arg);
	}
	return ret;
}

bool confine(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int ret = -ENOMEM;

	if (filter) {
		ret = forbid(filter);
		ret = ret ? ret : forbid_families(filter);
		ret = ret ? ret : seccomp_load(filter);
		seccomp_release(filter);
	}
	errno = -ret;
	return !ret;
}
