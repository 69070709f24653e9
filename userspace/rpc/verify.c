// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verification trailer: what the headers say, said once more where the
 * signature covers it, so that nobody between can change a bind or, without
 * header signing, the header of a request.
 */
#include "conn_inner.h"

#define COMMAND_BITMASK1	0x0001
#define COMMAND_PCONTEXT	0x0002
#define COMMAND_HEADER2		0x0003
#define COMMAND_END		0x4000

#define BIT_HEADER_SIGNING	0x00000001
#define DREP_LITTLE_ASCII	0x10

static const uint8_t signature[8] = {
	0x8a, 0xe3, 0x13, 0x71, 0x02, 0xf4, 0x36, 0x71
};

static void put_command(struct wire_out *out, uint16_t command, uint16_t len)
{
	wire_out_u16(out, command);
	wire_out_u16(out, len);
}

static void put_header(struct wire_out *out, const struct rpc_conn *conn,
		       const struct rpc_bound *bound, uint16_t opnum)
{
	put_command(out, COMMAND_HEADER2 | COMMAND_END, 16);
	wire_out_u8(out, RPC_REQUEST);
	wire_out_u8(out, 0);
	wire_out_u16(out, 0);
	wire_out_u32(out, DREP_LITTLE_ASCII);
	wire_out_u32(out, conn->call_id);
	wire_out_u16(out, bound->id);
	wire_out_u16(out, opnum);
}

void rpc_verify_encode(struct wire_out *out, const struct rpc_conn *conn,
		       const struct rpc_bound *bound, uint16_t opnum)
{
	uint16_t end = conn->header_sign ? COMMAND_END : 0;

	wire_out_bytes(out, signature, sizeof(signature));
	if (!conn->options.no_header_sign) {
		put_command(out, COMMAND_BITMASK1, 4);
		wire_out_u32(out, BIT_HEADER_SIGNING);
	}
	put_command(out, COMMAND_PCONTEXT | end, 40);
	rpc_syntax_encode(out, &bound->abstract);
	rpc_syntax_encode(out, &bound->transfer);
	if (!conn->header_sign)
		put_header(out, conn, bound, opnum);
}
