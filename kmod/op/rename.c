// SPDX-License-Identifier: GPL-2.0-only
/*
 * rename and link: FileRenameInformation and FileLinkInformation on a handle
 * that is opened for it.
 */
#include <linux/slab.h>
#include "verbs.h"

/* [MS-FSCC] 2.4.42.2, without the name; padded, for servers that want 24 */
#define RENAME_FIXED	24

/*
 * It was tried twice, and the second time there was nothing to rename: the first
 * was the one if there is now something of the new name.
 */
static int rename_check(struct unc_share *share, const char *to, int err)
{
	struct unc_attr_info info;

	if (err == -ENOENT && !unc_op_getattr(share, to, &info))
		return 0;
	return err;
}

/* The same for a link: both names are those of one file. */
static int link_check(struct unc_share *share, const char *from,
		      const char *to, int err)
{
	struct unc_attr_info old, new;

	if (err == -EEXIST && !unc_op_getattr(share, from, &old) &&
	    !unc_op_getattr(share, to, &new) && old.id && old.id == new.id)
		return 0;
	return err;
}

/**
 * struct kind - a kind of new name
 * @class: enum fscc_file_class
 * @access: what the server wants the handle to have for it
 * @ours: leases not to break
 */
struct kind {
	u8			class;
	u32			access;
	const struct unc_ours	*ours;
};

static int rename_to(struct unc_share *share, const char *from,
		     const struct wire_fscc_rename *info,
		     const struct kind *kind, struct unc_set_result *result)
{
	u32 cap = RENAME_FIXED + info->name.len;
	u8 *buf = kmalloc(cap, GFP_NOFS);
	struct wire_out out;
	struct unc_set set = {
		.how = {
			.access = kind->access,
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_OPEN_REPARSE_POINT,
			.lease = kind->ours->file,
			.parent = kind->ours->dir,
		},
		.class = kind->class,
		.once = true,
	};
	int err;

	if (!buf)
		return -ENOMEM;
	wire_out_init(&out, buf, cap);
	err = wire_fscc_rename_encode(&out, info);	/* a link's is the same */
	if (!err) {
		set.data = (struct wire_blob){ .ptr = buf, .len = out.pos };
		err = unc_set_path(share, from, &set, result);
	}
	kfree(buf);
	return err;
}

static bool is_smb1(struct unc_share *share)
{
	struct unc_tree *tree = unc_share_tree(share);
	bool smb1;

	if (IS_ERR(tree))
		return false;
	smb1 = tree->session->conn->speaks->smb1;
	unc_tree_put(tree, unc_why_io);
	return smb1;
}

/* Is this how SMB 1 says that it cannot replace, and not that it shall not? */
static bool cannot_replace(struct unc_share *share, const char *from, int err)
{
	struct unc_attr_info info;

	if (err != -EEXIST && err != -ENOENT)
		return false;
	/* Samba finds no hidden files where it is to replace others. */
	return is_smb1(share) && !unc_op_getattr(share, from, &info);
}

/*
 * SMB 1 replaces a file only within a directory.  Elsewhere there is nothing of
 * the new name for a moment.
 */
static int replace_apart(struct unc_share *share, const char *from,
			 const struct wire_fscc_rename *to,
			 const struct kind *kind, const char *path)
{
	struct wire_fscc_rename info = { .name = to->name };
	struct unc_set_result result = {};
	int err = rename_to(share, from, &info, kind, &result);

	if (err == -EEXIST)
		err = unc_op_unlink(share, path, false, &unc_not_ours) ?:
		      rename_to(share, from, &info, kind, &result);
	return err;
}

/**
 * unc_op_rename - give a file or directory another name
 * @share: where
 * @from: its name now
 * @to: its name afterwards, on the same share
 * @replace: T if a file of that name goes away; servers refuse to replace
 *	directories and files that somebody has open
 * @ours: leases not to break
 *
 * May sleep, killable.
 *
 * Return: 0, -ENOENT, -EEXIST, -EACCES, or another -errno.
 */
int unc_op_rename(struct unc_share *share, const char *from, const char *to,
		  bool replace, const struct unc_ours *ours)
{
	struct wire_fscc_rename info = { .replace = replace };
	struct unc_set_result result = {};
	struct kind kind = {
		.class = FSCC_FILE_RENAME,
		.access = SMB2_DELETE | SMB2_FILE_READ_ATTRIBUTES,
		.ours = ours,
	};
	int err = unc_path_encode(to, &info.name);

	if (err)
		return err;
	err = rename_to(share, from, &info, &kind, &result);
	if (replace && cannot_replace(share, from, err))
		err = replace_apart(share, from, &info, &kind, to);
	unc_path_free(&info.name);
	if (result.uncertain)
		err = rename_check(share, to, err);
	if (!err)
		unc_share_renamed(share, from, to);
	return err;
}

/**
 * unc_op_link - give a file a further name
 * @share: where
 * @from: a name that it has; links are not followed
 * @to: the further name, on the same share
 *
 * May sleep, killable.
 *
 * Return: 0, -ENOENT, -EEXIST, -EPERM if the server has no hard links,
 * -EMLINK, or another -errno.
 */
int unc_op_link(struct unc_share *share, const char *from, const char *to)
{
	struct wire_fscc_rename info = {};
	struct unc_set_result result = {};
	struct kind kind = {
		.class = FSCC_FILE_LINK,
		.access = SMB2_FILE_WRITE_ATTRIBUTES |
			  SMB2_FILE_READ_ATTRIBUTES,
		.ours = &unc_not_ours,
	};
	int err = unc_path_encode(to, &info.name);

	if (err)
		return err;
	err = rename_to(share, from, &info, &kind, &result);
	unc_path_free(&info.name);
	if (result.uncertain)
		err = link_check(share, from, to, err);
	/* What link(2) says of file systems that have none. */
	return err == -EOPNOTSUPP || err == -EINVAL ? -EPERM : err;
}
