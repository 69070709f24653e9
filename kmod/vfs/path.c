// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a dentry to the path that the server wants: relative to the share,
 * UTF-8, '/' between the names, characters that it refuses mapped to others.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include "vfs.h"

/* What a CREATE can carry: 65535 bytes of UTF-16, [MS-SMB2] 2.2.13. */
#define PATH_LONG	SZ_32K

static enum wire_name_map map_of(const struct super_block *sb)
{
	return unc_sb(sb)->opt.map;
}

/**
 * unc_names_map - names as a server takes them
 * @opt: says how
 * @path: names as Linux has them, '/' between them
 *
 * Context: may sleep.
 *
 * Return: to be freed by kfree(); ERR_PTR(-ENOMEM), or ERR_PTR(-EINVAL) for
 * characters that stand for others.
 */
char *unc_names_map(const struct unc_options *opt, const char *path)
{
	size_t len = strlen(path);
	int n = wire_name_map(NULL, 0, path, len, opt->map);
	char *mapped;

	if (n < 0)
		return ERR_PTR(n);
	mapped = kmalloc(n + 1, GFP_KERNEL);
	if (!mapped)
		return ERR_PTR(-ENOMEM);
	wire_name_map(mapped, n, path, len, opt->map);
	mapped[n] = '\0';
	return mapped;
}

/**
 * unc_name_unmap - the name of an entry of a directory, as Linux has it
 * @sb: super block
 * @name: as the server has it, without NUL; changed in place
 * @len: its bytes
 *
 * Any context.
 *
 * Return: bytes of the name, 0 if Linux cannot have it.
 */
u32 unc_name_unmap(const struct super_block *sb, char *name, u32 len)
{
	len = wire_name_unmap(name, len, map_of(sb));
	if (len && len < 3 && !memcmp(name, "..", len))
		return 0;
	return len;
}

/**
 * unc_names_unmap - the names of a path, as Linux has them
 * @sb: super block
 * @path: as the server has it; changed in place
 *
 * Any context.
 */
void unc_names_unmap(const struct super_block *sb, char *path)
{
	path[wire_name_unmap(path, strlen(path), map_of(sb))] = '\0';
}

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

/* Rare enough for a second buffer: the names get longer. */
static int map_names(struct super_block *sb, struct unc_dpath *path,
		     size_t room)
{
	char *mapped = unc_names_map(&unc_sb(sb)->opt, path->name);
	size_t len;

	if (IS_ERR(mapped))
		return PTR_ERR(mapped);
	len = strlen(mapped);
	if (len < room) {
		path->name = path->buf + room - len - 1;
		memcpy(path->buf + room - len - 1, mapped, len + 1);
	}
	kfree(mapped);
	return len < room ? 0 : -ENAMETOOLONG;
}

static bool needs_map(struct super_block *sb, const char *name, size_t len)
{
	return wire_name_map(NULL, 0, name, len, map_of(sb)) != (int)len;
}

/* "/a/b" loses its slash, or keeps it behind the prefix. */
static int add_prefix(struct super_block *sb, struct unc_dpath *path)
{
	const char *prefix = unc_sb(sb)->prefix;
	size_t len = strlen(prefix);
	char *p = path->buf + (path->name - path->buf);

	if (!len)
		p++;
	else if (!p[1])
		*p = '\0';
	if (p - path->buf < len)
		return -ENAMETOOLONG;
	p -= len;
	memcpy(p, prefix, len);
	path->name = p;
	return 0;
}

static int path_make(struct unc_dpath *path, struct dentry *dentry,
		     size_t room)
{
	struct super_block *sb = dentry->d_sb;
	char *p = dentry_path_raw(dentry, path->buf, room);
	int err = 0;

	if (IS_ERR(p))
		return PTR_ERR(p);
	path->name = p;
	if (last_name_is_too_long(p))
		return -ENAMETOOLONG;
	if (needs_map(sb, p, path->buf + room - 1 - p))
		err = map_names(sb, path, room);
	if (!err && !path_is_sendable(path->name))
		err = -EINVAL;
	return err ?: add_prefix(sb, path);
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
	int err;

	/* Its name may be that of another file by now. */
	if (d_unlinked(dentry) && d_really_is_positive(dentry))
		return -ENOENT;
	path->buf = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!path->buf)
		return -ENOMEM;
	err = path_make(path, dentry, PATH_MAX);
	/* Who goes down step by step gets further than PATH_MAX. */
	if (err == -ENAMETOOLONG) {
		kfree(path->buf);
		path->buf = kvmalloc(PATH_LONG, GFP_KERNEL);
		err = path->buf ? path_make(path, dentry, PATH_LONG) : -ENOMEM;
	}
	if (err)
		unc_dpath_free(path);
	return err;
}

/**
 * unc_dpath_free - release what unc_dpath_make() allocated
 * @path: the path
 */
void unc_dpath_free(struct unc_dpath *path)
{
	kvfree(path->buf);
}
