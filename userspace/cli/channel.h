/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The channels that Windows has since Vista, [MS-EVEN6]. */
#ifndef UNC_CLI_CHANNEL_H
#define UNC_CLI_CHANNEL_H

#include "rpccmd.h"

/** channel_list - a row with the name of each.  False: logged. */
bool channel_list(struct rpc_cmd *cmd);

/**
 * channel_read - a row for each event of one
 * @forwards: the oldest first
 *
 * Return: false: logged.
 */
bool channel_read(struct rpc_cmd *cmd, const char *name, size_t count,
		  bool forwards);

#endif
