/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Telling who started us that what comes after us may start. */
#ifndef UNCD_READY_H
#define UNCD_READY_H

/* Write a newline to @fd the first time, and close it; for plain scripts. */
void ready_set_descriptor(int fd);

/* Ready, and what we do now in words; may be called again. */
void ready_tell(const char *status);

#endif
