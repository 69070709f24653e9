// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How long a call of echo_EchoData over a named pipe takes:
 *
 *	echo_bench HOST call|raw COUNT [BYTES]
 *
 * "call" is all of our runtime; "raw" sends the same PDU by write(2) and takes
 * the answer by read(2), without it.  Prints microseconds a call.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "cursor.h"
#include "pdu.h"
#include "rpcecho.h"
#include "uncfs.h"

#define ROOM		8192
#define OPNUM_ECHO_DATA	1

static void die(const char *what, const char *why)
{
	fprintf(stderr, "echo_bench: %s: %s\n", what, why);
	exit(1);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* ---- By the runtime -------------------------------------------------------- */

static void call_once(struct rpc_client *client, struct ndr_codec *codec,
		      uint8_t *data, uint32_t len)
{
	struct rpcecho_echo_EchoData call = { .len = len, .in_data = data };
	struct rpc_error err;

	ndr_arena_reset(codec->arena);
	if (rpc_client_call(client, "echo_EchoData", codec, &call, &err))
		die("EchoData", err.text);
	if (memcmp(call.out_data, data, len) != 0)
		die("EchoData", "other bytes came back");
}

static double time_calls(const char *host, int count, uint8_t *data,
			 uint32_t len)
{
	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
	struct rpc_client *client;
	struct rpc_error err;
	char binding[300];
	double begin;

	snprintf(binding, sizeof(binding), "ncacn_np:%s[\\pipe\\rpcecho]", host);
	client = rpc_client_open(binding, "rpcecho", NULL, &err);
	if (!client)
		die(binding, err.text);
	call_once(client, &codec, data, len);
	begin = now();
	for (int i = 0; i < count; i++)
		call_once(client, &codec, data, len);
	begin = now() - begin;
	rpc_client_close(client);
	ndr_arena_free(codec.arena);
	return begin;
}

/* ---- Without ------------------------------------------------------------- */

static uint32_t encode(uint8_t *room, struct rpc_pdu *pdu)
{
	struct wire_out out;

	pdu->flags = RPC_PFC_FIRST | RPC_PFC_LAST;
	pdu->call_id = 1;
	wire_out_init(&out, room, ROOM);
	if (rpc_pdu_encode(&out, pdu))
		die("encode", "no room");
	return pdu->frag_len;
}

static uint32_t encode_bind(uint8_t *room)
{
	const struct ndr_interface *echo = ndr_interface_find("rpcecho");
	struct rpc_pdu pdu = { .ptype = RPC_BIND };

	pdu.bind.max_xmit = pdu.bind.max_recv = 4280;
	pdu.bind.context_count = 1;
	pdu.bind.context[0].transfer_count = 1;
	pdu.bind.context[0].abstract.uuid = echo->uuid;
	pdu.bind.context[0].abstract.major = echo->major;
	pdu.bind.context[0].abstract.minor = echo->minor;
	pdu.bind.context[0].transfer[0] = rpc_ndr32;
	return encode(room, &pdu);
}

static uint32_t encode_request(uint8_t *room, const uint8_t *data, uint32_t len)
{
	struct rpc_pdu pdu = { .ptype = RPC_REQUEST };
	uint8_t stub[ROOM];
	struct wire_out out;

	wire_out_init(&out, stub, sizeof(stub));
	wire_out_u32(&out, len);
	wire_out_u32(&out, len);	/* the array's */
	wire_out_bytes(&out, data, len);
	pdu.request.alloc_hint = len + 8;
	pdu.request.opnum = OPNUM_ECHO_DATA;
	pdu.request.stub = (struct wire_blob){ stub, len + 8 };
	return encode(room, &pdu);
}

static void exchange(int fd, const uint8_t *question, uint32_t len)
{
	uint8_t answer[ROOM];
	ssize_t got;

	if (write(fd, question, len) != (ssize_t)len)
		die("write", strerror(errno));
	got = read(fd, answer, sizeof(answer));
	if (got < RPC_HEADER_LEN)
		die("read", got < 0 ? strerror(errno) : "too short");
	if (answer[2] != RPC_RESPONSE && answer[2] != RPC_BIND_ACK)
		die("read", rpc_ptype_name(answer[2]));
}

static int open_pipe(const char *host)
{
	struct unc_pipe_connect connect = { 0 };
	int fd = open("/dev/npipe", O_RDWR);
	char path[300];

	snprintf(path, sizeof(path), "//%s/pipe/rpcecho", host);
	connect.path = (uintptr_t)path;
	connect.path_len = (uint32_t)strlen(path);
	if (fd < 0 || ioctl(fd, UNC_IOC_PIPE_CONNECT, &connect) < 0)
		die(path, strerror(errno));
	return fd;
}

static double time_raw(const char *host, int count, const uint8_t *data,
		       uint32_t len)
{
	uint8_t pdu[ROOM];
	int fd = open_pipe(host);
	double begin;

	exchange(fd, pdu, encode_bind(pdu));
	len = encode_request(pdu, data, len);
	exchange(fd, pdu, len);
	begin = now();
	for (int i = 0; i < count; i++)
		exchange(fd, pdu, len);
	begin = now() - begin;
	close(fd);
	return begin;
}

int main(int argc, char **argv)
{
	static uint8_t data[4096];
	int count = argc > 3 ? atoi(argv[3]) : 0;
	int len = argc > 4 ? atoi(argv[4]) : 1024;
	double took;

	if (count <= 0 || len <= 0 || len > (int)sizeof(data)) {
		fprintf(stderr, "usage: echo_bench HOST call|raw COUNT [BYTES]\n");
		return 2;
	}
	for (int i = 0; i < len; i++)
		data[i] = (uint8_t)(i * 7);
	took = strcmp(argv[2], "raw") == 0 ?
	       time_raw(argv[1], count, data, (uint32_t)len) :
	       time_calls(argv[1], count, data, (uint32_t)len);
	printf("%.1f\n", took / count);
	return 0;
}
