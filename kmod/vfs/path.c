// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a dentry to the path that the server wants: relative to the share,
 * UTF-8, '/' between the names.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include "vfs.h"

/*
 * A backslash is a separator for the server and a letter here: a name that
 * holds one must not become two names.
 */
static bool path_is_sendable(const char *path)
{
	return !strchr(path, '\\');
}

/*
 * A name has 255 units of UTF-16 at most, [MS-FSCC] 2.1.5, which can be more
 * bytes here than NAME_MAX.  Units are counted by the bytes that begin a
 * character; those of four bytes take two.
 */
static bool last_name_is_too_long(const char *path)
{
	const u8 *p = (const u8 *)strrchr(path, '/');
	unsigned int units = 0;

	while (p && *++p)
		units += ((*p & 0xc0) != 0x80) + (*p >= 0xf0);
	return units > 255;
}

/**
 * unc_dpath_make - the path of a dentry within its share
 * @path: filled in; unc_dpath_free() releases it
 * @dentry: the dentry, hashed or not
 *
 * Context: may sleep.
 *
 * Return: 0, -ENOENT if the file was removed, -ENOMEM, -ENAMETOOLONG, or
 * -EINVAL for a name that cannot exist on the server.
 */
int unc_dpath_make(struct unc_dpath *path, struct dentry *dentry)
{
	const char *prefix = unc_sb(dentry->d_sb)->prefix;
	size_t len = strlen(prefix);
	char *p;
	int err;

	/* Its name may be that of another file by now. */
	if (d_unlinked(dentry) && d_really_is_positive(dentry))
		return -ENOENT;
	path->buf = __getname();
	if (!path->buf)
		return -ENOMEM;
	p = dentry_path_raw(dentry, path->buf, PATH_MAX);
	err = PTR_ERR_OR_ZERO(p);
	if (!err && !path_is_sendable(p))
		err = -EINVAL;
	if (!err && last_name_is_too_long(p))
		err = -ENAMETOOLONG;
	/* "/a/b" loses its slash, or keeps it behind the prefix. */
	if (!err && !len)
		p++;
	else if (!err && !p[1])
		*p = '\0';
	if (!err && p - path->buf < len)
		err = -ENAMETOOLONG;
	if (err) {
		unc_dpath_free(path);
		return err;
	}
	p -= len;
	memcpy(p, prefix, len);
	path->name = p;
	return 0;
}

/**
 * unc_dpath_free - release what unc_dpath_make() allocated
 * @path: the path
 */
void unc_dpath_free(struct unc_dpath *path)
{
	__putname(path->buf);
}
