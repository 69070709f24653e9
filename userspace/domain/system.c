// SPDX-License-Identifier: GPL-2.0-or-later
#include "system.h"

#include <stdio.h>
#include <string.h>

#define RELEASE	"/etc/os-release"
#define KEY	"PRETTY_NAME="

void system_name(char name[SYSTEM_NAME_ROOM])
{
	FILE *file = fopen(RELEASE, "re");
	char line[256];

	strcpy(name, "Linux");
	while (file && fgets(line, sizeof(line), file)) {
		char *value = line + strlen(KEY);

		if (strncmp(line, KEY, strlen(KEY)) != 0)
			continue;
		value += *value == '"';
		value[strcspn(value, "\"\n")] = '\0';
		if (*value)
			snprintf(name, SYSTEM_NAME_ROOM, "%.120s", value);
	}
	if (file)
		fclose(file);
}
