/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names of the pipes on a server, where it tells them.
 */
#ifndef _UNC_PIPE_LISTING_H
#define _UNC_PIPE_LISTING_H

struct dir_context;
struct unc_pipe_listing;
struct unc_share;

struct unc_pipe_listing *unc_pipe_listing(struct unc_share *share);
void unc_pipe_listing_emit(struct unc_pipe_listing *list,
			   struct dir_context *ctx);
void unc_pipe_listing_free(struct unc_pipe_listing *list);

#endif /* _UNC_PIPE_LISTING_H */
