// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names: looked up, and trusted for a while.
 *
 * A dentry remembers when the server was asked, in two clocks: d_time are
 * jiffies, d_fsdata is unc_clock(), which tells whether a lease covers it.  Names
 * made here end the life of all negative dentries around them, whatever their
 * case.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include "../op/lookup.h"
#include "vfs.h"

/**
 * unc_dentry_stamp - note that a name was just looked at
 * @dentry: the name
 * @since: unc_clock() from before asking
 *
 * Any context.
 */
void unc_dentry_stamp(struct dentry *dentry, u64 since)
{
	WRITE_ONCE(dentry->d_fsdata, (void *)(unsigned long)since);
	WRITE_ONCE(dentry->d_time, jiffies);
}

static u64 stamp_of(const struct dentry *dentry)
{
	return (unsigned long)READ_ONCE(dentry->d_fsdata);
}

/**
 * unc_dentry_unknown - has unc_lookup() left it to others to ask for a name?
 * @dentry: the name
 *
 * Any context.
 */
bool unc_dentry_unknown(const struct dentry *dentry)
{
	return d_really_is_negative(dentry) && !stamp_of(dentry);
}

/* In RCU walk a dentry may lose its parent's inode while we look. */
static bool negative_is_newest(const struct dentry *dentry)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = d_inode_rcu(parent);

	return dir && READ_ONCE(unc_inode(dir)->names_changed) <=
		      stamp_of(dentry);
}

/* Who has a handle lease is asked before the file gets another name. */
static bool is_held(const struct inode *inode, u64 since)
{
	return unc_inode_covers(inode, since) &&
	       unc_inode_leased(inode, SMB2_LEASE_HANDLE_CACHING);
}

static bool dentry_is_fresh(const struct dentry *dentry)
{
	unsigned long life = unc_sb(dentry->d_sb)->opt.actimeo * HZ;
	const struct inode *inode = d_inode_rcu(dentry);
	u64 since = stamp_of(dentry);

	if (!inode && !negative_is_newest(dentry))
		return false;
	if (life && time_before(jiffies, READ_ONCE(dentry->d_time) + life) &&
	    !unc_inode_told(inode, since) && !unc_dentry_told(dentry, since))
		return true;
	return unc_dentry_covered(dentry, since) ||
	       (inode && is_held(inode, since));
}

/* Does the name still stand for the same file? */
static int dentry_check(struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct unc_attr_info info;
	struct unc_dpath path;
	u64 since = unc_clock();
	int err;

	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	err = unc_getattr(dentry->d_sb, path.name, &info);
	unc_dpath_free(&path);
	if (err == -ENOENT || err == -ENOTDIR || err == -EACCES)
		return 0;
	if (err)
		return err;
	if (!unc_inode_is(inode, &info))
		return 0;
	unc_inode_refresh(inode, &info, since);
	unc_dentry_stamp(dentry, since);
	return 1;
}

/* Return: 1 valid, 0 to be looked up anew, or -errno. */
static int unc_d_revalidate(struct dentry *dentry, unsigned int flags)
{
	if (!(flags & LOOKUP_REVAL) && dentry_is_fresh(dentry))
		return 1;
	if (flags & LOOKUP_RCU)
		return -ECHILD;
	if (d_really_is_negative(dentry))
		return 0;
	return dentry_check(dentry);
}

const struct dentry_operations unc_dentry_ops = {
	.d_revalidate	= unc_d_revalidate,
};

/* There is none, or there cannot be one: not UTF-8, a reserved character. */
static bool means_no_such_name(int err)
{
	return err == -ENOENT || err == -EINVAL || err == -EILSEQ;
}

/**
 * struct found - what a name turned out to stand for
 * @inode: NULL if there is none, or ERR_PTR()
 * @since: unc_clock() of when that was so
 * @lookup: what the server said
 * @dir: what it was asked of the directory
 */
struct found {
	struct inode		*inode;
	u64			since;
	struct unc_lookup	lookup;
	struct unc_lookup_dir	dir;
};

/* Asks for the lease of the directory, too, if there is none. */
static int ask(struct inode *dir, const char *path, struct found *found)
{
	struct unc_attr_info *info = &found->lookup.info;
	struct super_block *sb = dir->i_sb;
	u64 since = found->since, covered;
	int err;

	err = unc_op_lookup(unc_sb(sb)->share, path, &found->lookup,
			    unc_dir_lease_want(&found->dir, dir, path));
	covered = unc_dir_lease_settle(&found->dir, dir, since);
	found->since = max(since, covered);
	err = err ?: unc_attr_complete(sb, path, info);
	if (err)
		return err;
	found->inode = unc_iget(sb, path, info, since);
	if (!IS_ERR(found->inode))
		unc_inode_cover(found->inode, covered);
	return 0;
}

static void look_up(struct inode *dir, struct dentry *dentry,
		    struct found *found)
{
	struct unc_dpath path;
	int err;

	found->since = unc_clock();
	err = unc_dpath_make(&path, dentry);
	if (!err) {
		err = ask(dir, path.name, found);
		unc_dpath_free(&path);
	}
	if (err && !means_no_such_name(err))
		found->inode = ERR_PTR(err);
}

/*
 * Servers that ignore case know a file by many spellings, but only the one
 * that they themselves use gets into the cache: what is removed or renamed by
 * one of them would else stay there by the others.  Every other spelling is
 * looked up each time.
 */
static struct dentry *splice_true_name(struct dentry *dentry,
				       struct found *found)
{
	u32 len = unc_name_unmap(dentry->d_sb, found->lookup.name,
				 strlen(found->lookup.name));
	struct qstr name = QSTR_INIT(found->lookup.name, len);
	struct dentry *other, *alias;

	other = d_hash_and_lookup(dentry->d_parent, &name);
	if (!IS_ERR_OR_NULL(other)) {
		if (d_inode(other) == found->inode)
			goto known;
		d_invalidate(other);
		dput(other);
	}
	if (d_in_lookup(dentry))
		other = d_alloc_parallel(dentry->d_parent, &name,
					 dentry->d_wait);
	else
		other = d_alloc(dentry->d_parent, &name) ?: ERR_PTR(-ENOMEM);
	if (IS_ERR(other))
		goto known;
	if (!d_in_lookup(other) && d_in_lookup(dentry)) {
		/* Somebody else was faster, and may have found another file. */
		if (d_inode(other) == found->inode)
			goto known;
		dput(other);
		return d_splice_alias(found->inode, dentry);
	}
	alias = d_splice_alias(found->inode, other);
	if (!alias)
		return other;
	d_lookup_done(other);
	dput(other);
	return alias;
known:
	iput(found->inode);
	return other;
}

static struct dentry *splice(struct dentry *dentry, struct found *found,
			     unsigned int flags)
{
	if (IS_ERR_OR_NULL(found->inode) || !found->lookup.name[0])
		return d_splice_alias(found->inode, dentry);
	/*
	 * A name that differs from the old one in case alone would be the same
	 * file for the VFS, and nothing to be done.  The server knows better.
	 */
	if (flags & LOOKUP_RENAME_TARGET) {
		iput(found->inode);
		return NULL;
	}
	return splice_true_name(dentry, found);
}

/*
 * mkdir and its like learn from the server itself whether the name is free, and
 * so does rename, which comes again with LOOKUP_REVAL if it is not.  The dentry
 * stays out of the cache until they did.
 */
static bool lookup_is_needless(unsigned int flags)
{
	const unsigned int made = LOOKUP_CREATE | LOOKUP_EXCL;

	if (flags & LOOKUP_RENAME_TARGET)
		return !(flags & LOOKUP_REVAL);
	return (flags & made) == made;
}

/**
 * unc_lookup - look a name up on the server
 * @dir: directory
 * @dentry: the name
 * @flags: LOOKUP_*
 *
 * Context: may sleep; the caller holds the lock of @dir, perhaps shared.
 *
 * Return: as ->lookup().
 */
struct dentry *unc_lookup(struct inode *dir, struct dentry *dentry,
			  unsigned int flags)
{
	struct dentry *alias;
	struct found *found;

	if (lookup_is_needless(flags))
		return NULL;
	found = kzalloc(sizeof(*found), GFP_KERNEL);
	if (!found)
		return ERR_PTR(-ENOMEM);
	look_up(dir, dentry, found);
	if (!IS_ERR(found->inode))
		unc_dentry_stamp(dentry, found->since);
	alias = splice(dentry, found, flags);
	if (!IS_ERR_OR_NULL(alias))
		unc_dentry_stamp(alias, found->since);
	kfree(found);
	return alias;
}
