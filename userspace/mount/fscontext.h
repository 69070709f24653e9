/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fsopen(2) and its relatives, with every word the kernel has to say. */
#ifndef MOUNT_FSCONTEXT_H
#define MOUNT_FSCONTEXT_H

#include <stdbool.h>

#include "options.h"

/*
 * A context for a new mount of this type, with the module loaded if need be,
 * or one to change what is mounted on @dir.  -1: logged.
 */
int fscontext_open(const char *type);
int fscontext_pick(const char *dir);

/* Hand over source and options.  False: logged. */
bool fscontext_configure(int fd, const struct options *opts,
			 const char *source);

/* Mount on @dir, or reconfigure.  False: logged. */
bool fscontext_mount(int fd, const struct options *opts, const char *source,
		     const char *dir);
bool fscontext_remount(int fd, const struct options *opts, const char *dir);

#endif
