// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names and inodes from what a listing says: who lists a directory mostly asks
 * for what is in it next, and then has it.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/wait.h>
#include "../wire/fscc.h"
#include "../wire/mfsymlink.h"
#include "vfs.h"

/**
 * struct asked - when a listing was asked for
 * @since: unc_clock() from before
 * @covered: from which on the lease of the directory covers it, or 0
 */
struct asked {
	u64	since;
	u64	covered;
};

static void stamp(struct dentry *dentry, const struct asked *asked)
{
	unc_dentry_stamp(dentry, max(asked->since, asked->covered));
}

/* What a file's own lease says is newer than what its directory does. */
static void refresh(struct inode *inode, const struct unc_attr_info *info,
		    const struct asked *asked)
{
	const struct unc_inode *ui = unc_inode(inode);

	if (READ_ONCE(ui->attr_valid) &&
	    unc_inode_covers(inode, READ_ONCE(ui->attr_since)))
		return;
	unc_inode_refresh(inode, info, asked->since);
	unc_inode_cover(inode, asked->covered);
}

/* Return: T if the name is known already, and right. */
static bool known(struct dentry *parent, const struct qstr *name,
		  const struct unc_attr_info *info, const struct asked *asked)
{
	struct dentry *dentry = d_lookup(parent, name);
	bool same;

	if (!dentry)
		return false;
	same = d_really_is_positive(dentry) &&
	       unc_inode_is(d_inode(dentry), info);
	if (same) {
		refresh(d_inode(dentry), info, asked);
		stamp(dentry, asked);
	} else {
		d_invalidate(dentry);
	}
	dput(dentry);
	return same;
}

static void make(struct dentry *dentry, const struct unc_attr_info *info,
		 const struct asked *asked)
{
	struct inode *inode = unc_iget(dentry->d_sb, "", info, asked->since);
	struct dentry *alias;

	if (IS_ERR(inode)) {
		d_lookup_done(dentry);
		return;
	}
	unc_inode_cover(inode, asked->covered);
	stamp(dentry, asked);
	alias = d_splice_alias(inode, dentry);
	d_lookup_done(dentry);
	if (IS_ERR_OR_NULL(alias))
		return;
	stamp(alias, asked);
	dput(alias);
}

/**
 * unc_dentry_prime - take over what a listing says of a name
 * @parent: the directory; the caller holds its lock, at least shared
 * @name: as Linux has it
 * @info: what the server says
 * @since: unc_clock() from before it was asked
 * @covered: from which on the lease of @parent covers it, or 0
 *
 * Without memory nothing happens.  Context: may sleep.
 */
void unc_dentry_prime(struct dentry *parent, struct qstr *name,
		      const struct unc_attr_info *info, u64 since,
		      u64 covered)
{
	const struct asked asked = { .since = since, .covered = covered };
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wait);
	struct dentry *dentry;

	/* What kind of file such a one is takes a look into it. */
	if (!info->id || info->attributes & FSCC_ATTR_REPARSE_POINT ||
	    info->size == WIRE_MFSYMLINK_SIZE)
		return;
	name->hash = full_name_hash(parent, name->name, name->len);
	if (known(parent, name, info, &asked))
		return;
	dentry = d_alloc_parallel(parent, name, &wait);
	if (IS_ERR(dentry))
		return;
	if (d_in_lookup(dentry))
		make(dentry, info, &asked);
	dput(dentry);
}
