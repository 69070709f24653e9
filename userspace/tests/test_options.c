// SPDX-License-Identifier: GPL-2.0-or-later
/* The option string of mount.uncfs. */
#include <string.h>
#include <sys/mount.h>

#include "log.h"
#include "options.h"
#include "tap.h"

static struct options opts;

static bool parse(const char *text)
{
	char copy[512];

	options_clear(&opts);
	strcpy(copy, text);
	return options_parse(&opts, copy);
}

static const char *kernel(const char *name)
{
	for (size_t i = 0; i < opts.kernel_count; i++)
		if (strcmp(opts.kernel[i].name, name) == 0)
			return opts.kernel[i].value ?: "(flag)";
	return "(none)";
}

static void test_names(void)
{
	ok(parse("user=LAB/alice,password=a=b"), "user and password");
	ok(strcmp(opts.cred.user, "alice") == 0 &&
	   strcmp(opts.cred.domain, "LAB") == 0 &&
	   strcmp(opts.cred.password, "a=b") == 0, "DOMAIN/name is split");
	parse("username=LAB\\bob");
	ok(strcmp(opts.cred.user, "bob") == 0 &&
	   strcmp(opts.cred.domain, "LAB") == 0, "DOMAIN\\name is split");
	parse("user=carol@LAB.TEST,dom=X");
	ok(strcmp(opts.cred.user, "carol@LAB.TEST") == 0 &&
	   strcmp(opts.cred.domain, "X") == 0, "name@REALM stays whole");
	ok(opts.kernel_count == 0, "none of it reaches the kernel as it is");
	ok(parse("password=") && opts.cred.has_password,
	   "an empty password is one");
	ok(!parse("username="), "an empty user name is refused");
	ok(!parse("credentials=/nonexistent"), "a missing file is refused");
	ok(parse("user,guest") && opts.guest && !opts.cred.has_user,
	   "a bare user is mount(8)'s");
	ok(parse("machine,keytab=/k") && opts.machine &&
	   strcmp(opts.cred.store, "keytab:/k") == 0 && !opts.kernel_count,
	   "machine is no business of the kernel");
}

static void test_vfs(void)
{
	parse("ro,nosuid,nodev,noexec,noatime,noauto,_netdev,x-systemd.automount");
	ok(opts.read_only && opts.attr_set == (MOUNT_ATTR_RDONLY |
	   MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC |
	   MOUNT_ATTR_NOATIME), "flags of the mount");
	ok(opts.kernel_count == 0, "and nothing for the kernel module");
	parse("ro,rw,noatime,strictatime,nosuid,suid");
	ok(!opts.read_only && opts.attr_set == MOUNT_ATTR_STRICTATIME,
	   "the last one counts");
	parse("remount,rw,rprivate");
	ok(opts.remount && opts.read_write && opts.attr_clear == MOUNT_ATTR_RDONLY &&
	   opts.propagation == (MS_PRIVATE | MS_REC), "remount");
}

static void test_kernel(void)
{
	parse("vers=3.0,seal,uid=root,gid=4711,addr=192.0.2.1,strange=1,odd");
	ok(strcmp(kernel("vers"), "3.0") == 0 &&
	   strcmp(kernel("seal"), "(flag)") == 0, "value and flag passed on");
	ok(strcmp(kernel("uid"), "0") == 0 &&
	   strcmp(kernel("gid"), "4711") == 0, "names and numbers of users");
	ok(strcmp(kernel("ip"), "192.0.2.1") == 0, "addr is ip");
	ok(strcmp(kernel("strange"), "1") == 0 &&
	   strcmp(kernel("odd"), "(flag)") == 0, "unknown: the kernel decides");
	parse("sec=ntlmssp");
	ok(strcmp(kernel("sec"), "ntlm") == 0, "sec=ntlmssp");
	parse("sec=krb5i");
	ok(strcmp(kernel("sec"), "krb5") == 0 &&
	   strcmp(kernel("sign"), "(flag)") == 0, "sec=krb5i signs");
	ok(!parse("sec=lanman"), "sec=lanman is refused");
	ok(parse("") && parse(",,ro,,") && opts.read_only, "empty options");
}

static void test_many(void)
{
	char text[400] = "";

	for (int i = 0; i < KERNEL_OPTIONS_MAX + 1; i++)
		strcat(text, "a,");
	ok(!parse(text), "more options than there is room for");
}

int main(void)
{
	log_open("# test_options", LOG_LEVEL_ERROR, false);
	test_names();
	test_vfs();
	test_kernel();
	test_many();
	options_clear(&opts);
	return tap_done();
}
