/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that held a secret is zeroed before it is given back. */
#ifndef UNC_LIB_SECRET_H
#define UNC_LIB_SECRET_H

#include <stddef.h>

/* Zero @len bytes; the compiler may not drop the store. */
void secret_wipe(void *data, size_t len);

/* Zero a string and its end; NULL is allowed. */
void secret_wipe_string(char *s);

/* Zero and free a string; NULL is allowed. */
void secret_free(char *s);

#endif
