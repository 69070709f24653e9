/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The agent's end of the netlink family: finds it, says hello, takes requests
 * and returns answers.
 *
 *	waiting --(family appears)--> greeting --(acknowledged)--> serving
 *	   ^                              |                            |
 *	   +-------(family disappears: module unloaded)----------------+
 */
#ifndef UNCD_AGENT_H
#define UNCD_AGENT_H

#include <systemd/sd-event.h>

struct agent;

/* NULL on failure (logged). */
struct agent *agent_new(sd_event *event);
void agent_free(struct agent *agent);

#endif
