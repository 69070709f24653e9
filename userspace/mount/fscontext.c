// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscontext.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "reason.h"

#ifndef MOVE_MOUNT_F_EMPTY_PATH
#define MOVE_MOUNT_F_EMPTY_PATH 0x00000004
#endif

/* What the kernel's own lines begin with. */
#define FS_PREFIX "uncfs: "

/* ---- The context's log -------------------------------------------------- */

/* For when the kernel gave a number and no words. */
static const char *error_words(int error)
{
	if (error == ENOENT)
		return "there is no such share, or no such directory in it";
	return reason_of(error);
}

/* "e uncfs: words" is an error, "w" a warning, "i" for information. */
static enum log_level split_line(char *line, const char **words)
{
	enum log_level level = LOG_LEVEL_INFO;

	line[strcspn(line, "\n")] = '\0';
	if (line[0] == 'e')
		level = LOG_LEVEL_ERROR;
	else if (line[0] == 'w')
		level = LOG_LEVEL_WARNING;
	*words = line;
	if (line[0] && strchr("ewi", line[0]) && line[1] == ' ')
		*words += 2;
	if (strncmp(*words, FS_PREFIX, strlen(FS_PREFIX)) == 0)
		*words += strlen(FS_PREFIX);
	return level;
}

/* Print what the kernel wrote; true if there was an error among it. */
static bool print_log(int fd, int error)
{
	char line[1024];
	bool failed = false;
	ssize_t len;

	while ((len = read(fd, line, sizeof(line) - 1)) > 0) {
		enum log_level level;
		const char *words;

		line[len] = '\0';
		level = split_line(line, &words);
		failed |= level == LOG_LEVEL_ERROR;
		/* Where it could not connect to is the kernel's, why is errno. */
		if (error && strncmp(words, "connect: ", 9) == 0)
			log_at(level, "%s: %s", words, error_words(error));
		else
			log_at(level, "%s", words);
	}
	return failed;
}

static void drop_log(int fd)
{
	char line[1024];

	while (read(fd, line, sizeof(line)) > 0)
		;
}

static bool fail(int fd, const char *what, const char *which)
{
	int error = errno;

	if (!print_log(fd, error))
		log_error("%s%s: %s", what, which, error_words(error));
	else
		log_info("%s%s: %s", what, which, strerror(error));
	errno = error;
	return false;
}

/* ---- Opening ------------------------------------------------------------ */

/* The kernel tries this too; where it may not (containers), we say so. */
static bool load_module(const char *name)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		execlp("modprobe", "modprobe", "-q", name, (char *)NULL);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

int fscontext_open(const char *type)
{
	int fd = fsopen(type, FSOPEN_CLOEXEC);

	if (fd < 0 && errno == ENODEV && load_module(type))
		fd = fsopen(type, FSOPEN_CLOEXEC);
	if (fd >= 0)
		return fd;
	if (errno == ENODEV)
		log_error("the kernel has no file system %s, and modprobe %s did not help (is the module installed for this kernel?)",
			  type, type);
	else
		log_error("cannot begin to mount: %s", error_words(errno));
	return -1;
}

int fscontext_pick(const char *dir)
{
	int fd = fspick(AT_FDCWD, dir, FSPICK_CLOEXEC | FSPICK_NO_AUTOMOUNT);

	if (fd < 0)
		log_error("%s: nothing to remount: %s", dir,
			  error_words(errno));
	return fd;
}

/* ---- Options ------------------------------------------------------------ */

static int set_one(int fd, const struct kernel_option *option)
{
	if (option->value)
		return fsconfig(fd, FSCONFIG_SET_STRING, option->name,
				option->value, 0);
	return fsconfig(fd, FSCONFIG_SET_FLAG, option->name, NULL, 0);
}

static bool set_options(int fd, const struct options *opts)
{
	for (size_t i = 0; i < opts->kernel_count; i++) {
		const struct kernel_option *option = &opts->kernel[i];

		if (set_one(fd, option) == 0)
			continue;
		if (opts->sloppy && errno == EINVAL) {
			drop_log(fd);
			log_info("option %s is ignored", option->name);
			continue;
		}
		return fail(fd, "option ", option->name);
	}
	return true;
}

bool fscontext_configure(int fd, const struct options *opts, const char *source)
{
	if (source &&
	    fsconfig(fd, FSCONFIG_SET_STRING, "source", source, 0) < 0)
		return fail(fd, source, "");
	if (opts->read_only &&
	    fsconfig(fd, FSCONFIG_SET_FLAG, "ro", NULL, 0) < 0)
		return fail(fd, "option ", "ro");
	/* A new mount is writable anyway; one to be changed may not be. */
	if (opts->read_write &&
	    fsconfig(fd, FSCONFIG_SET_FLAG, "rw", NULL, 0) < 0)
		return fail(fd, "option ", "rw");
	return set_options(fd, opts);
}

/* ---- Mounting ----------------------------------------------------------- */

static bool set_propagation(const struct options *opts, const char *dir)
{
	if (!opts->propagation ||
	    mount(NULL, dir, NULL, opts->propagation, NULL) == 0)
		return true;
	log_error("%s: cannot change the propagation: %s", dir,
		  strerror(errno));
	return false;
}

bool fscontext_mount(int fd, const struct options *opts, const char *source,
		     const char *dir)
{
	int mnt, ret;

	if (fsconfig(fd, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
		return fail(fd, source, "");
	mnt = fsmount(fd, FSMOUNT_CLOEXEC, (unsigned int)opts->attr_set);
	if (mnt < 0)
		return fail(fd, source, "");
	ret = move_mount(mnt, "", AT_FDCWD, dir, MOVE_MOUNT_F_EMPTY_PATH);
	if (ret < 0)
		log_error("cannot mount on %s: %s", dir, strerror(errno));
	print_log(fd, 0);		/* warnings and information of a success */
	close(mnt);
	return ret == 0 && set_propagation(opts, dir);
}

bool fscontext_remount(int fd, const struct options *opts, const char *dir)
{
	struct mount_attr attr = {
		.attr_set = opts->attr_set,
		.attr_clr = opts->attr_clear,
	};

	if (fsconfig(fd, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0) < 0)
		return fail(fd, dir, "");
	print_log(fd, 0);
	/* The kernel wants the whole field of access times named or nothing. */
	if (attr.attr_set & MOUNT_ATTR__ATIME)
		attr.attr_clr |= MOUNT_ATTR__ATIME;
	if (!attr.attr_set && !attr.attr_clr)
		return true;
	if (mount_setattr(AT_FDCWD, dir, 0, &attr, sizeof(attr)) == 0)
		return true;
	log_error("%s: cannot change the mount: %s", dir, strerror(errno));
	return false;
}
