/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is asked of a server about pipes and nothing else.  Of pipe.c.
 */
#ifndef _UNC_OP_PIPE_H
#define _UNC_OP_PIPE_H

#include <linux/types.h>

struct unc_open;
struct unc_share;

/* FSCTL_PIPE_WAIT: 0 once an instance of the pipe may be free */
int unc_op_pipe_wait(struct unc_share *share, const char *name,
		     unsigned int timeout_ms);

/* SET_INFO FilePipeInformation: read messages, or bytes */
int unc_op_pipe_mode(struct unc_open *open, bool message);

#endif /* _UNC_OP_PIPE_H */
