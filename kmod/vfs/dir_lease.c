// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lease of a directory in which names are looked up: asked for along with
 * the first lookup, and kept with its handle (kept.c).  From then on what is known
 * of its names, those that are not there too, needs no asking.
 */
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "../op/lookup.h"
#include "vfs.h"

/* Who may not list it today, may not in a moment. */
#define REFUSED_LIFE	(30 * HZ)

static const u32 wanted = SMB2_LEASE_READ_CACHING | SMB2_LEASE_HANDLE_CACHING;

static bool is_worth_it(struct inode *dir)
{
	const struct unc_options *opt = &unc_sb(dir->i_sb)->opt;
	unsigned long refused = READ_ONCE(unc_inode(dir)->lease_refused);

	if (opt->nolease || opt->multiuser || !opt->closetimeo)
		return false;
	if (refused && time_before(jiffies, refused + REFUSED_LIFE))
		return false;
	return !unc_inode_leased(dir, wanted);
}

/**
 * unc_dir_lease_want - ask for the lease of a directory with a lookup?
 * @ask: filled in; unc_dir_lease_settle() releases it
 * @dir: the directory
 * @path: of what is looked up in it
 *
 * Context: may sleep.
 *
 * Return: @ask, or NULL if not.
 */
struct unc_lookup_dir *unc_dir_lease_want(struct unc_lookup_dir *ask,
					  struct inode *dir, const char *path)
{
	const char *slash = strrchr(path, '/');

	*ask = (struct unc_lookup_dir){ .access = UNC_DIR_ACCESS };
	if (!is_worth_it(dir))
		return NULL;
	ask->path = kstrndup(path, slash ? slash - path : 0, GFP_KERNEL);
	if (!ask->path)
		return NULL;
	ask->lease = unc_lease_for(dir->i_sb, dir);
	return ask->lease ? ask : NULL;
}

/* Return: as unc_dir_lease_settle(); the handle is consumed. */
static u64 settle(struct inode *dir, struct unc_lookup_dir *ask, u64 since)
{
	u64 covered = ask->open->covered;

	/* Another directory by the name that this one had. */
	if (!unc_inode_is(dir, &ask->info)) {
		unc_op_close(ask->open, unc_why_open);
		return 0;
	}
	unc_inode_refresh(dir, &ask->info, since);
	unc_inode_cover(dir, covered);
	unc_kept_give(dir, ask->open);
	return covered;
}

/**
 * unc_dir_lease_settle - what came of asking for the lease of a directory
 * @ask: after unc_dir_lease_want(), and perhaps unc_op_lookup()
 * @dir: the directory
 * @since: unc_clock() from before it was asked for
 *
 * Context: may sleep.
 *
 * Return: unc_clock() from which on the lease covers what the lookup said, or 0.
 */
u64 unc_dir_lease_settle(struct unc_lookup_dir *ask, struct inode *dir,
			 u64 since)
{
	u64 covered = ask->open ? settle(dir, ask, since) : 0;

	/* Zero means never. */
	if (ask->asked && !unc_inode_leased(dir, wanted))
		WRITE_ONCE(unc_inode(dir)->lease_refused, jiffies ?: 1);
	unc_lease_put(ask->lease);
	kfree(ask->path);
	return covered;
}
