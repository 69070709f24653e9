/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of a domain's SYSVOL, read by our own mount of it. */
#ifndef UNC_DOMAIN_SYSVOL_H
#define UNC_DOMAIN_SYSVOL_H

#include "op.h"

/**
 * sysvol_mount - mount it in a mount namespace of this process's own
 *
 * As op->options->user or this machine. It is gone with the process, and nobody
 * else sees it. Needs root, mount.uncfs(8) and the module.
 *
 * Return: where it is; NULL: the step "MountSysvol" says why.
 */
const char *sysvol_mount(struct op *op);

/**
 * sysvol_version - of the policy in a folder of it, by its GPT.INI
 * @folder: of SYSVOL, where it is mounted
 * @path: gPCFileSysPath
 *
 * Return: 0, or a negative errno.
 */
int sysvol_version(const char *folder, const char *path, uint32_t *version);

#endif
