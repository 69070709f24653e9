/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that are there as a whole or not at all. */
#ifndef UNC_DOMAIN_FILE_H
#define UNC_DOMAIN_FILE_H

#include <stddef.h>
#include <sys/types.h>

/**
 * file_replace - write a file beside, on the disk, and put it in place
 * @mode: its permissions from the beginning
 *
 * The folder is made when it is missing (mode 0755).
 *
 * Return: 0 or a negative errno; then the old file is as it was.
 */
int file_replace(const char *path, const void *data, size_t len, mode_t mode);

/** folder_make - the folder of @path and those above it; 0 or a negative errno */
int folder_make(const char *path);

/** path_under - "@root@path" in new memory; NULL @root: @path */
char *path_under(const char *root, const char *path);

#endif
