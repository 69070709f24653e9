/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a password comes from when nobody wrote it into an option. */
#ifndef UNC_LIB_PASSWORD_H
#define UNC_LIB_PASSWORD_H

#include <stdbool.h>

#include "credential.h"

enum password_source {
	PASSWORD_NONE,		/* nothing there; not an error */
	PASSWORD_FOUND,
	PASSWORD_BAD,		/* logged */
};

/*
 * PASSWD, PASSWD_FD and PASSWD_FILE of the environment, in this order, with
 * the meaning they have for mount.cifs(8).
 */
enum password_source password_from_environment(struct credential *cred);

/* One line from @fd, at most to the end of the file. */
enum password_source password_from_fd(struct credential *cred, int fd,
				      const char *what);

/* Ask on the terminal, without echo.  PASSWORD_NONE: there is no terminal. */
enum password_source password_prompt(struct credential *cred,
				     const char *question);

#endif
