// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes of Debian's rpcd_classic the rpcd_rpcecho that Debian does not ship:
 *
 *     LD_PRELOAD=rpcecho.so /usr/libexec/samba/rpcd_classic
 *
 * rpcd_classic contains the whole of Samba's server of this interface, which
 * nothing offers: its main() lists the others.  Here its call of
 * rpc_worker_main() lists this one.  PDUs, authentication, NDR and the methods
 * AddOne, EchoData, SinkData, SourceData and TestSleep are Samba's.  Of the
 * other five the file server's variant has but a body that faults; they get
 * one that does what the domain controller's variant does, between Samba's own
 * decoding and encoding.
 */

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef size_t interfaces_t(const void ***list, void *context);
typedef uint32_t servers_t(void *server, const void ***list, size_t *count,
			   void *context);
typedef const void *endpoint_server_t(void);
typedef int worker_t(int argc, const char **argv, const char *name,
		     int workers, int idle_seconds, interfaces_t *interfaces,
		     servers_t *servers, void *context);

worker_t rpc_worker_main;

static void *find(void *where, const char *name)
{
	void *found = dlsym(where, name);

	if (!found) {
		fprintf(stderr, "rpcecho: this Samba has no %s\n", name);
		exit(1);
	}
	return found;
}

static size_t interfaces(const void ***list, void *context)
{
	static const void *only;

	(void)context;
	only = find(RTLD_DEFAULT, "ndr_table_rpcecho");
	*list = &only;
	return 1;
}

static uint32_t servers(void *server, const void ***list, size_t *count,
			void *context)
{
	endpoint_server_t *get = find(RTLD_DEFAULT, "rpcecho_get_ep_server");
	static const void *only;

	(void)server;
	(void)context;
	only = get();
	*list = &only;
	*count = 1;
	return 0;
}

int rpc_worker_main(int argc, const char **argv, const char *name, int workers,
		    int idle_seconds, interfaces_t *others,
		    servers_t *their_servers, void *context)
{
	worker_t *real = find(RTLD_NEXT, __func__);

	(void)name;
	(void)others;
	(void)their_servers;
	return real(argc, argv, "rpcd_rpcecho", workers, idle_seconds,
		    interfaces, servers, context);
}

/* ---- the five bodies: arguments as Samba decodes and encodes them ---------- */

#define NT_STATUS_INVALID_LEVEL	0xc0000148

/* Zeroed, and as long there as the call's arguments */
static void *give(const void *call, size_t size)
{
	void *(*zeroed)(const void *of, size_t size, const char *name) =
		find(RTLD_DEFAULT, "_talloc_zero");

	return zeroed(call, size, "rpcecho");
}

struct test_call {
	const char *s1;
	const char **s2;
};

static void test_call(void *state, struct test_call *call)
{
	char *(*copy)(const void *of, const char *text) =
		find(RTLD_DEFAULT, "talloc_strdup");

	(void)state;
	*call->s2 = copy(call, call->s1);
}

union info {
	uint8_t info1;
	uint16_t info2;
	uint32_t info3;
	uint64_t info4;
	struct { uint8_t v1; uint64_t v2; } info5;
	struct { uint8_t v1; uint8_t info1; } info6;
	struct { uint8_t v1; uint64_t info4; } info7;
};

struct test_call2 {
	uint16_t level;
	union info *info;
};

static uint32_t test_call2(void *state, struct test_call2 *call)
{
	static const union info answers[] = {
		[1] = { .info1 = 10 },
		[2] = { .info2 = 20 },
		[3] = { .info3 = 30 },
		[4] = { .info4 = 40 },
		[5] = { .info5 = { 50, 60 } },
		[6] = { .info6 = { 70, 80 } },
		[7] = { .info7 = { 80, 90 } },
	};

	(void)state;
	if (!call->level || call->level >= sizeof(answers) / sizeof(*answers))
		return NT_STATUS_INVALID_LEVEL;
	*call->info = answers[call->level];
	return 0;
}

struct test_enum {
	const void *in[3];
	int *foo1;
	struct { int e1, e2; } *foo2;
};

static void test_enum(void *state, struct test_enum *call)
{
	(void)state;
	call->foo2->e1 = 2;
}

struct surrounding {
	uint32_t x;
	uint16_t *surrounding;
};

struct test_surrounding {
	const struct surrounding *in;
	struct surrounding *out;
};

static void test_surrounding(void *state, struct test_surrounding *call)
{
	(void)state;
	call->out = give(call, sizeof(*call->out));
	call->out->x = 2 * call->in->x;
	call->out->surrounding = give(call, call->out->x * sizeof(uint16_t));
}

struct test_double_pointer {
	uint16_t ***data;
};

static uint16_t test_double_pointer(void *state,
				    const struct test_double_pointer *call)
{
	(void)state;
	return *call->data && **call->data ? ***call->data : 0;
}

/*
 * Samba calls its bodies directly, so they cannot be replaced by their names:
 * what is there becomes a jump.  mov $body, %rax; jmp *%rax.
 */
static void replace(const char *name, void *body)
{
	uint8_t jump[] = { 0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0 };
	uint8_t *old = find(RTLD_DEFAULT, name);
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uint8_t *from = old - (uintptr_t)old % page;
	size_t len = (size_t)(old - from) + sizeof(jump);

	memcpy(jump + 2, &body, sizeof(body));
	if (mprotect(from, len, PROT_READ | PROT_WRITE | PROT_EXEC)) {
		perror("rpcecho: mprotect");
		exit(1);
	}
	memcpy(old, jump, sizeof(jump));
	mprotect(from, len, PROT_READ | PROT_EXEC);
}

__attribute__((constructor))
static void replace_all(void)
{
	replace("_echo_TestCall", test_call);
	replace("_echo_TestCall2", test_call2);
	replace("_echo_TestEnum", test_enum);
	replace("_echo_TestSurrounding", test_surrounding);
	replace("_echo_TestDoublePointer", test_double_pointer);
}
