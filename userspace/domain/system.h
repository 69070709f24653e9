/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a domain is told about the system that runs here. */
#ifndef UNC_DOMAIN_SYSTEM_H
#define UNC_DOMAIN_SYSTEM_H

#define SYSTEM_NAME_ROOM 128

/** system_name - PRETTY_NAME of os-release(5), or "Linux" */
void system_name(char name[SYSTEM_NAME_ROOM]);

#endif
