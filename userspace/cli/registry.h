/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of a server's registry, for commands that look something up there. */
#ifndef UNC_CLI_REGISTRY_H
#define UNC_CLI_REGISTRY_H

#include "rpccmd.h"

/**
 * reg_keys - the names of the keys in a key
 * @cmd: connected to winreg
 * @path: ROOT\PATH; it may be changed
 * @each: is given every name, a new string that it owns
 *
 * Return: false: logged.
 */
bool reg_keys(struct rpc_cmd *cmd, char *path,
	      void (*each)(struct rpc_cmd *cmd, json_t *name));

#endif
