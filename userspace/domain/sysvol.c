// SPDX-License-Identifier: GPL-2.0-or-later
#include "sysvol.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "gpo.h"
#include "secret.h"

#define FOLDER		"/run/uncfs/sysvol"
#define HELPER		"mount.uncfs"
#define INI_MAX		4096
#define PATH_ROOM	600
#define ERROR_PRIVILEGE_NOT_HELD	1314

/* ---- Mounting -------------------------------------------------------------- */

static int private_folder(void)
{
	int ret = folder_make(FOLDER "/x");

	if (ret)
		return ret;
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL))
		return -errno;
	return 0;
}

/* The password goes by the environment, the keys by their file. */
static void describe(const struct op *op, char *options, size_t room)
{
	if (op->options->user)
		snprintf(options, room, "ro,sec=krb5,user=%s", op->options->user);
	else
		snprintf(options, room, "ro,sec=krb5,user=%s@%s,keytab=%s",
			 machine_text(op->machine, "account"),
			 machine_text(op->machine, "realm"), op->keytab);
}

static int spawn(const struct op *op, char *source, char *options)
{
	char *argv[] = { (char *)HELPER, source, (char *)FOLDER, (char *)"-o",
			 options, NULL };
	int status, ret;
	pid_t pid;

	/* The tickets of this process are in its memory: no use to others. */
	unsetenv("KRB5CCNAME");
	unsetenv("KRB5_CONFIG");
	if (op->options->password)
		setenv("PASSWD", op->options->password, 1);
	ret = posix_spawnp(&pid, HELPER, NULL, NULL, argv, environ);
	unsetenv("PASSWD");
	if (ret)
		return -ret;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return status ? -EIO : 0;
}

static bool mounted(struct op *op, const char *source, int ret)
{
	if (ret == -EPERM || ret == -EACCES)
		return step_done(&op->steps, "MountSysvol",
				 ERROR_PRIVILEGE_NOT_HELD,
				 "only root may mount %s; use --sysvol or --no-sysvol",
				 source);
	return step_done(&op->steps, "MountSysvol", step_errno(-ret), "%s%s%s",
			 source, ret ? ": " : "", !ret ? "" : ret == -EIO ?
			 HELPER " failed" : strerror(-ret));
}

const char *sysvol_mount(struct op *op)
{
	char source[300], options[PATH_ROOM];
	int ret = private_folder();

	snprintf(source, sizeof(source), "//%.255s/sysvol", op->dc->host);
	if (!ret) {
		describe(op, options, sizeof(options));
		ret = spawn(op, source, options);
	}
	return mounted(op, source, ret) ? FOLDER : NULL;
}

/* ---- Reading --------------------------------------------------------------- */

int sysvol_version(const char *folder, const char *path, uint32_t *version)
{
	char name[PATH_ROOM], whole[2 * PATH_ROOM], text[INI_MAX];
	ssize_t len;
	int fd;

	if (!gpo_path(path, name, sizeof(name)))
		return -EINVAL;
	snprintf(whole, sizeof(whole), "%s/%s/GPT.INI", folder, name);
	fd = open(whole, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = read(fd, text, sizeof(text));
	close(fd);
	return len < 0 ? -errno : gpo_version(text, (size_t)len, version);
}
