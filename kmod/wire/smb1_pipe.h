/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Control operations on pipes as newer dialects have them ([MS-FSCC] 2.3, 2.4.36),
 * and as transactions of SMB 1 ([MS-CIFS] 2.2.5).
 */
#ifndef UNCFS_WIRE_SMB1_PIPE_H
#define UNCFS_WIRE_SMB1_PIPE_H

#include "cursor.h"

/* Output of FSCTL_PIPE_PEEK without data */
#define WIRE_SMB1_PEEK_WIDE	16

/**
 * struct wire_smb1_wait - a pipe to be waited for
 * @timeout: milliseconds; 0 for as long as the pipe itself says
 * @name: of the pipe, UTF-16
 */
struct wire_smb1_wait {
	u32 timeout;
	struct wire_blob name;
};

int wire_smb1_wait_decode(const struct wire_blob *input,
			  struct wire_smb1_wait *wait);
int wire_smb1_peek_widen(const struct wire_blob *params, struct wire_out *o);
int wire_smb1_pipe_state(const struct wire_blob *info, u16 *state);

#endif /* UNCFS_WIRE_SMB1_PIPE_H */
