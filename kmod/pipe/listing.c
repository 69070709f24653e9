// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names of the pipes on a server.
 *
 * Windows lists the root of IPC$ like a directory; Samba does not, and then
 * the listing is empty.  It is taken once for each opened directory, as a
 * whole, because it has no positions to come back to.
 */

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include "../op/readdir.h"
#include "../wire/smb2_create.h"
#include "listing.h"

/* More than any server has; the names are kept in memory. */
#define UNC_PIPE_NAMES_MAX	4096

/**
 * struct unc_pipe_listing - names of pipes
 * @names: of struct unc_pipe_name
 * @count: how many
 * @error: 0, or -ENOMEM if one could not be kept
 */
struct unc_pipe_listing {
	struct list_head	names;
	unsigned int		count;
	int			error;
};

struct unc_pipe_name {
	struct list_head	link;
	u32			len;
	char			name[];
};

static bool unc_pipe_listing_add(void *ctx, const char *name, u32 name_len,
				 const struct unc_attr_info *info)
{
	struct unc_pipe_listing *list = ctx;
	struct unc_pipe_name *entry;

	if (name_len > NAME_MAX)
		return true;
	if (list->count >= UNC_PIPE_NAMES_MAX)
		return false;
	entry = kmalloc(struct_size(entry, name, name_len), GFP_KERNEL_ACCOUNT);
	if (!entry) {
		list->error = -ENOMEM;
		return false;
	}
	entry->len = name_len;
	memcpy(entry->name, name, name_len);
	list_add_tail(&entry->link, &list->names);
	list->count++;
	return true;
}

static int unc_pipe_listing_fetch(struct unc_pipe_listing *list,
				  struct unc_share *share)
{
	const struct unc_open_args args = {
		.access		= SMB2_FILE_LIST_DIRECTORY |
				  SMB2_FILE_READ_ATTRIBUTES | SMB2_SYNCHRONIZE,
		.disposition	= SMB2_FILE_OPEN,
		.options	= SMB2_FILE_DIRECTORY_FILE,
	};
	struct unc_open *dir;
	bool restart = true;
	int err;

	err = unc_op_open(share, "", &args, &dir, NULL, NULL);
	if (err)
		return err;
	do {
		err = unc_op_readdir(dir, restart, unc_pipe_listing_add, list);
		restart = false;
	} while (err > 0 && !list->error && list->count < UNC_PIPE_NAMES_MAX);
	unc_op_close(dir, unc_why_open);
	return err < 0 ? err : list->error;
}

/**
 * unc_pipe_listing - ask for the names of all pipes
 * @share: of type pipe
 *
 * A server that refuses has an empty listing: its pipes can still be opened
 * by name.
 *
 * Context: may sleep; killable.
 *
 * Return: the names, for unc_pipe_listing_free(); ERR_PTR of -ENOMEM or
 * -EINTR.
 */
struct unc_pipe_listing *unc_pipe_listing(struct unc_share *share)
{
	struct unc_pipe_listing *list;
	int err;

	list = kzalloc(sizeof(*list), GFP_KERNEL_ACCOUNT);
	if (!list)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&list->names);
	err = unc_pipe_listing_fetch(list, share);
	if (err == -ENOMEM || fatal_signal_pending(current)) {
		unc_pipe_listing_free(list);
		return ERR_PTR(err == -ENOMEM ? err : -EINTR);
	}
	return list;
}

/**
 * unc_pipe_listing_emit - give readdir(3) what comes after its position
 * @list: the names
 * @ctx: of the call; positions 0 and 1 are the dots
 */
void unc_pipe_listing_emit(struct unc_pipe_listing *list,
			   struct dir_context *ctx)
{
	const struct unc_pipe_name *entry;
	loff_t pos = 2;

	list_for_each_entry(entry, &list->names, link) {
		if (pos++ < ctx->pos)
			continue;
		if (!dir_emit(ctx, entry->name, entry->len, pos, DT_REG))
			return;
		ctx->pos = pos;
	}
}

/**
 * unc_pipe_listing_free - forget the names
 * @list: the names, or NULL
 */
void unc_pipe_listing_free(struct unc_pipe_listing *list)
{
	struct unc_pipe_name *entry, *next;

	if (!list)
		return;
	list_for_each_entry_safe(entry, next, &list->names, link)
		kfree(entry);
	kfree(list);
}
