// SPDX-License-Identifier: GPL-2.0-only
/*
 * The place where pipe/ leaves the maker of pipe roots for vfs/ to find.
 */

#include <linux/compiler.h>
#include <linux/errno.h>
#include "pipe_root.h"

static unc_pipe_root_fill_t unc_pipe_root_maker;

/**
 * unc_pipe_root_register - say who makes the roots of mounted pipe shares
 * @fill: the maker, or NULL when it goes away
 *
 * Context: module init and exit, when nothing is mounted.
 */
void unc_pipe_root_register(unc_pipe_root_fill_t fill)
{
	WRITE_ONCE(unc_pipe_root_maker, fill);
}

/**
 * unc_pipe_root_fill - give the super block of a pipe share its root
 * @sb: see &typedef unc_pipe_root_fill_t
 * @share: of type pipe; must live as long as @sb
 * @owner: of the pipes
 *
 * Context: fill_super.  May sleep.
 *
 * Return: 0; -EOPNOTSUPP when nobody makes such roots; -ENOMEM.
 */
int unc_pipe_root_fill(struct super_block *sb, struct unc_share *share,
		       const struct unc_pipe_owner *owner)
{
	unc_pipe_root_fill_t fill = READ_ONCE(unc_pipe_root_maker);

	return fill ? fill(sb, share, owner) : -EOPNOTSUPP;
}
