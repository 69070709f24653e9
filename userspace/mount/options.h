/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The option string of mount(8), with the names of mount.cifs(8), sorted into
 * what the VFS, the kernel module and this helper itself need.
 */
#ifndef MOUNT_OPTIONS_H
#define MOUNT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "credential.h"

#define KERNEL_OPTIONS_MAX 64

struct kernel_option {
	char *name;
	char *value;		/* NULL: a flag */
};

struct options {
	struct credential cred;
	bool guest;
	bool machine;		/* be this machine's own account */
	bool remount;
	bool read_only;
	bool read_write;	/* asked for, not by default */
	bool sloppy;
	uint64_t attr_set;	/* MOUNT_ATTR_... for the new mount */
	uint64_t attr_clear;	/* on a remount */
	unsigned long propagation;	/* MS_SHARED ..., 0: none */
	struct kernel_option kernel[KERNEL_OPTIONS_MAX];
	size_t kernel_count;
};

/*
 * Parse the value of one -o into @opts, which begins zeroed.  @text is
 * overwritten, and what was a password in it zeroed.  False: logged.
 */
bool options_parse(struct options *opts, char *text);

/* Give the kernel an option of our own making. */
bool options_add_kernel(struct options *opts, const char *name,
			const char *value);

/* What the kernel is to get for @name, last of several; NULL: nothing */
const char *options_kernel_value(const struct options *opts, const char *name);

void options_clear(struct options *opts);

#endif
