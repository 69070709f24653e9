// SPDX-License-Identifier: GPL-2.0-or-later
#include "secret.h"

#include <stdlib.h>
#include <string.h>

void secret_wipe(void *data, size_t len)
{
	if (data && len)
		explicit_bzero(data, len);
}

void secret_wipe_string(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
}

void secret_free(char *s)
{
	secret_wipe_string(s);
	free(s);
}
