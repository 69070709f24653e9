// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb1_pipe.h"

/* Units of 100 ns, of which FSCTL_PIPE_WAIT counts, in a millisecond */
#define TICKS	10000

/* [MS-CIFS] 2.2.1.3 SMB_NMPIPE_STATUS */
enum {
	STATE_NOT_BLOCKING	= 0x8000,
	STATE_READ_MESSAGES	= 0x0100,
};

/* Zero would mean: as long as the pipe itself says. */
static u32 milliseconds(u64 ticks)
{
	u64 ms = div_u64(ticks, TICKS);

	if (ms >= U32_MAX)	/* which would mean: for ever */
		return U32_MAX - 1;
	return ms ? ms : 1;
}

/**
 * wire_smb1_wait_decode - what FSCTL_PIPE_WAIT asks for
 * @input: its input, [MS-FSCC] 2.3.49
 * @wait: filled in
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb1_wait_decode(const struct wire_blob *input,
			  struct wire_smb1_wait *wait)
{
	struct wire_in in;
	u64 ticks;
	u32 len;

	wire_in_from(&in, input);
	ticks = wire_in_u64(&in, "Timeout");
	len = wire_in_u32(&in, "NameLength");
	wait->timeout = wire_in_u8(&in, "TimeoutSpecified") ?
			milliseconds(ticks) : 0;
	wire_in_skip(&in, 1, "Padding");
	wait->name = wire_in_take(&in, len, "Name");
	return wire_in_errno(&in);
}

/**
 * wire_smb1_peek_widen - make the output of FSCTL_PIPE_PEEK
 * @params: parameters of the answer to TRANS_PEEK_NMPIPE, [MS-CIFS] 2.2.5.5.2
 * @o: where to; [MS-FSCC] 2.3.46 without data
 *
 * Return: 0, -EBADMSG or -EMSGSIZE.
 */
int wire_smb1_peek_widen(const struct wire_blob *params, struct wire_out *o)
{
	u16 available, message, state;
	struct wire_in in;

	wire_in_from(&in, params);
	available = wire_in_u16(&in, "ReadDataAvailable");
	message = wire_in_u16(&in, "MessageBytesLength");
	state = wire_in_u16(&in, "NamedPipeState");
	if (wire_in_errno(&in))
		return wire_in_errno(&in);
	wire_out_u32(o, state);
	wire_out_u32(o, available);
	wire_out_u32(o, message ? 1 : 0);
	wire_out_u32(o, message);
	return wire_out_errno(o);
}

/**
 * wire_smb1_pipe_state - FilePipeInformation as the state of a pipe
 * @info: [MS-FSCC] 2.4.36
 * @state: parameter of TRANS_SET_NMPIPE_STATE, [MS-CIFS] 2.2.5.1.1
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb1_pipe_state(const struct wire_blob *info, u16 *state)
{
	struct wire_in in;
	u32 mode, completion;

	wire_in_from(&in, info);
	mode = wire_in_u32(&in, "ReadMode");
	completion = wire_in_u32(&in, "CompletionMode");
	*state = (mode ? STATE_READ_MESSAGES : 0) |
		 (completion ? STATE_NOT_BLOCKING : 0);
	return wire_in_errno(&in);
}
