/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an errno of the module means to a user, and what to do about it. */
#ifndef UNC_LIB_REASON_H
#define UNC_LIB_REASON_H

/* For whatever reaches a server: mount, pipe.  Static; strerror() otherwise. */
const char *reason_of(int error);

#endif
