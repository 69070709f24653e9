/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the source and the options of a mount to a super block.
 */
#ifndef _UNC_VFS_MOUNT_H
#define _UNC_VFS_MOUNT_H

#include <linux/fs_context.h>
#include <linux/fs_parser.h>
#include <linux/socket.h>
#include "vfs.h"

/**
 * struct unc_source - where a mount comes from
 * @host: server name, an IPv6 address without its brackets
 * @share: name of the share
 * @prefix: directory within the share, names separated by '/', may be ""
 */
struct unc_source {
	char	*host;
	char	*share;
	char	*prefix;
};

/* source.c */
int unc_source_parse(struct fs_context *fc, const char *text,
		     struct unc_source *source);
void unc_source_clear(struct unc_source *source);

/* known.c */
int unc_option_known(struct fs_context *fc, const struct fs_parameter *param);

/* options.c */
extern const struct fs_parameter_spec unc_parameters[];
void unc_options_default(struct unc_options *opt);
int unc_option_parse(struct fs_context *fc, struct fs_parameter *param);
void unc_options_show(struct seq_file *m, const struct unc_sb *sbi);
int unc_options_change(struct fs_context *fc, struct unc_options *opt,
		       const struct unc_options *wanted);

/**
 * struct unc_mount - a mount being made, fc->fs_private
 * @source: where, once "source" was given
 * @addr: address to use, if its family is not 0
 * @user: for show_options, or NULL
 * @domain: for show_options, or NULL
 * @opt: everything else
 */
struct unc_mount {
	struct unc_source	source;
	struct sockaddr_storage	addr;
	char			*user;
	char			*domain;
	struct unc_options	opt;
};

#endif /* _UNC_VFS_MOUNT_H */
