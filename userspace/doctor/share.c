// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "doctor.h"
#include "key.h"
#include "reason.h"

#define STAGE "tree"

/* "e uncfs: tree: words": what the kernel has to say, without its mark. */
static void kernel_words(int context, char *text, size_t room)
{
	ssize_t len = read(context, text, room - 1);
	char *at;

	text[len > 0 ? len : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	at = strstr(text, "uncfs: ");
	if (at)
		memmove(text, at + 7, strlen(at + 7) + 1);
}

static void failed(struct doctor *doctor, const char *stage, int context,
		   int error)
{
	char text[FINDING_TEXT_ROOM];

	kernel_words(context, text, sizeof(text));
	report_fail(&doctor->report, stage, "%s",
		    *text ? text : strerror(error));
	report_remedy(&doctor->report, reason_of(error));
}

static bool set(int context, const char *name, const char *value)
{
	return fsconfig(context, value ? FSCONFIG_SET_STRING :
			FSCONFIG_SET_FLAG, name, value, 0) == 0;
}

static bool set_credential(int context, const struct doctor *doctor)
{
	const struct credential *cred = doctor->cred;
	bool other = *cred->store && !strstr(cred->store, ":MEMORY:");
	char serial[16];
	key_serial_t key;

	if (!cred->has_user || !(cred->has_password || other))
		return true;
	key = key_add(doctor->host, cred, KEY_SPEC_PROCESS_KEYRING);
	snprintf(serial, sizeof(serial), "%d", key);
	return key > 0 && set(context, "key", serial);
}

static bool configure(int context, const struct doctor *doctor,
		      const char *share)
{
	static const char *const secs[] = { "any", "krb5", "ntlm", "none" };
	char source[UNC_HOST_MAX + 512], port[8];

	snprintf(source, sizeof(source), "//%s/%s", doctor->host, share);
	snprintf(port, sizeof(port), "%u", doctor->port);
	return set(context, "source", source) && set(context, "port", port) &&
	       set(context, "sec", secs[doctor->sec]) &&
	       set_credential(context, doctor) &&
	       fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0;
}

static void list(struct doctor *doctor, int mount)
{
	int fd = openat(mount, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	unsigned int count = 0;

	errno = 0;
	while (dir && readdir(dir))
		count++;
	if (!dir || errno)
		report_fail(&doctor->report, "list", "%s", strerror(errno));
	else
		report_ok(&doctor->report, "list", "%u entries",
			  count < 2 ? 0 : count - 2);
	if (dir)
		closedir(dir);
}

/* What could be mounted, or -1. */
static int reach(struct doctor *doctor, const char *share, const char *stage)
{
	int context = fsopen("uncfs", FSOPEN_CLOEXEC);

	if (context < 0) {
		report_fail(&doctor->report, "module", "the kernel module cannot be used: %s",
			    strerror(errno));
		report_remedy(&doctor->report, "modprobe uncfs");
		return -1;
	}
	if (configure(context, doctor, share))
		return context;
	failed(doctor, stage, context, errno);
	close(context);
	return -1;
}

bool doctor_reach(struct doctor *doctor, const char *share, const char *stage)
{
	int context = reach(doctor, share, stage);

	if (context >= 0)
		close(context);
	return context >= 0;
}

void doctor_share(struct doctor *doctor)
{
	int context, mount;

	if (geteuid() != 0) {
		report_skip(&doctor->report, STAGE, "only root can try the share itself");
		return;
	}
	context = reach(doctor, doctor->share, STAGE);
	if (context < 0)
		return;
	mount = fsmount(context, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY);
	report_ok(&doctor->report, STAGE, "//%s/%s", doctor->host,
		  doctor->share);
	list(doctor, mount);
	close(mount);
	close(context);
}
