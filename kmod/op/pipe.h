/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is asked of a server about pipes and nothing else.  Of pipe.c and rap.c.
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

/**
 * struct unc_rap_io - a call by RAP, [MS-RAP] 2.5
 * @params: what is asked, @params_len bytes
 * @data: what goes with it, @data_len bytes
 * @out_params: room for the parameters of the answer
 * @out_data: room for its data
 * @params_len: bytes
 * @data_len: bytes
 * @out_params_len: bytes of room, afterwards those that came
 * @out_data_len: the same of @out_data
 */
struct unc_rap_io {
	const u8	*params;
	const u8	*data;
	u8		*out_params;
	u8		*out_data;
	u32		params_len;
	u32		data_len;
	u32		out_params_len;
	u32		out_data_len;
};

/* TRANSACTION of SMB 1 to \PIPE\LANMAN, which is no pipe that one could open */
int unc_op_rap(struct unc_share *share, struct unc_rap_io *io);

#endif /* _UNC_OP_PIPE_H */
