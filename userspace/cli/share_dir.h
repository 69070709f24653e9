/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directories of mounted shares, for what only ioctls can tell of them. */
#ifndef UNC_SHARE_DIR_H
#define UNC_SHARE_DIR_H

/* Return: a file descriptor, or -1: logged. */
int share_dir_open(const char *path);

/* Say that the ioctl() on it failed with that errno. */
void share_dir_failed(const char *path, int error);

#endif
