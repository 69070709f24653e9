// SPDX-License-Identifier: GPL-2.0-or-later
#include "epm.h"

#include <arpa/inet.h>
#include <stdio.h>

#define FLOORS_MAX 16

/* Protocol identifiers, [C706] appendix I and [MS-RPCE] 2.2.1.2.5. */
#define FLOOR_UUID	0x0d
#define FLOOR_RPC_CO	0x0b
#define FLOOR_TCP	0x07
#define FLOOR_IP	0x09
#define FLOOR_NP	0x0f	/* name of a pipe */
#define FLOOR_NETBIOS	0x11	/* name of a host */
#define FLOOR_NCALRPC	0x10
#define FLOOR_HTTP	0x1f

/* A floor: who (left side) and how to reach it there (right side). */
struct floor {
	uint8_t protocol;
	struct wire_blob left;		/* behind the protocol identifier */
	struct wire_blob right;
};

static void floor_decode(struct wire_in *in, struct floor *floor)
{
	struct wire_in left;
	struct wire_blob blob;

	blob = wire_in_take(in, wire_in_u16(in, "floor.lhs"), "floor.lhs");
	wire_in_from(&left, &blob);
	floor->protocol = wire_in_u8(&left, "floor.protocol");
	floor->left = wire_in_take(&left, wire_in_left(&left), "floor.lhs");
	if (!in->err)
		wire_in_join(in, &left);
	floor->right = wire_in_take(in, wire_in_u16(in, "floor.rhs"),
				    "floor.rhs");
}

static void syntax_floor(struct wire_in *in, struct rpc_syntax *syntax)
{
	struct wire_in side;
	struct floor floor;

	floor_decode(in, &floor);
	if (in->err)
		return;
	if (floor.protocol != FLOOR_UUID) {
		wire_in_fail(in, "floor.protocol");
		return;
	}
	wire_in_from(&side, &floor.left);
	rpc_uuid_decode(&side, &syntax->uuid, "floor.uuid");
	syntax->major = wire_in_u16(&side, "floor.version");
	wire_in_join(in, &side);
	wire_in_from(&side, &floor.right);
	syntax->minor = wire_in_u16(&side, "floor.version");
	wire_in_join(in, &side);
}

/* Names from the network are shown to people: nothing but printable ASCII. */
static void text_of(const struct wire_blob *blob, char *text, size_t room)
{
	size_t n = 0;

	for (u32 i = 0; i < blob->len && blob->ptr[i] && n + 1 < room; i++)
		text[n++] = blob->ptr[i] >= 0x20 && blob->ptr[i] < 0x7f ?
			(char)blob->ptr[i] : '?';
	text[n] = '\0';
}

static void address_floor(struct rpc_tower *tower, const struct floor *floor)
{
	const struct wire_blob *right = &floor->right;
	size_t room = sizeof(tower->endpoint);

	switch (floor->protocol) {
	case FLOOR_TCP:
	case FLOOR_HTTP:
		strcpy(tower->protseq, floor->protocol == FLOOR_TCP ?
		       "ncacn_ip_tcp" : "ncacn_http");
		if (right->len == 2)
			snprintf(tower->endpoint, room, "%u",
				 right->ptr[0] << 8 | right->ptr[1]);
		break;
	case FLOOR_NP:
		strcpy(tower->protseq, "ncacn_np");
		text_of(right, tower->endpoint, room);
		break;
	case FLOOR_NCALRPC:
		strcpy(tower->protseq, "ncalrpc");
		text_of(right, tower->endpoint, room);
		break;
	case FLOOR_IP:
		if (right->len == 4)
			inet_ntop(AF_INET, right->ptr, tower->address,
				  sizeof(tower->address));
		break;
	case FLOOR_NETBIOS:
		text_of(right, tower->address, sizeof(tower->address));
		break;
	}
}

int rpc_tower_decode(const uint8_t *data, uint32_t len, struct rpc_tower *tower,
		     const char **why)
{
	struct wire_in in;
	struct floor floor;
	unsigned int floors;

	memset(tower, 0, sizeof(*tower));
	wire_in_init(&in, data, len);
	floors = wire_in_u16(&in, "floors");
	if (floors < 3 || floors > FLOORS_MAX)
		wire_in_fail(&in, "floors");
	syntax_floor(&in, &tower->interface);
	syntax_floor(&in, &tower->transfer);
	for (unsigned int i = 2; !in.err && i < floors; i++) {
		floor_decode(&in, &floor);
		if (!in.err)
			address_floor(tower, &floor);
	}
	*why = in.err;
	return wire_in_errno(&in);
}

static void put_syntax(struct wire_out *out, const struct rpc_syntax *syntax)
{
	wire_out_u16(out, 1 + 16 + 2);
	wire_out_u8(out, FLOOR_UUID);
	rpc_uuid_encode(out, &syntax->uuid);
	wire_out_u16(out, syntax->major);
	wire_out_u16(out, 2);
	wire_out_u16(out, syntax->minor);
}

/* With an empty address of @len bytes: we ask for it. */
static void put_floor(struct wire_out *out, uint8_t protocol, uint16_t len)
{
	wire_out_u16(out, 1);
	wire_out_u8(out, protocol);
	wire_out_u16(out, len);
	wire_out_zero(out, len);
}

void rpc_tower_encode(struct wire_out *out, const struct rpc_syntax *interface,
		      enum rpc_protseq protseq)
{
	bool tcp = protseq == RPC_NCACN_IP_TCP;

	wire_out_u16(out, 5);
	put_syntax(out, interface);
	put_syntax(out, &rpc_ndr32);
	put_floor(out, FLOOR_RPC_CO, 2);
	put_floor(out, tcp ? FLOOR_TCP : FLOOR_NP, 2);
	put_floor(out, tcp ? FLOOR_IP : FLOOR_NETBIOS, tcp ? 4 : 2);
}
