// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * NDR by hand: stubs written down byte by byte from the rules of [C706] chapter
 * 14 and [MS-RPCE], limits, errors, JSON. test_ndr_all has what follows from the
 * tables alone.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "drsuapi.h"
#include "efsrpc.h"
#include "epmapper.h"
#include "looptest.h"
#include "lsarpc.h"
#include "ndr_random.h"
#include "rpcecho.h"
#include "srvsvc.h"
#include "tap.h"

static struct ndr_codec codec;

static const struct ndr_method *method(const char *name)
{
	const struct ndr_method *m = ndr_method_find_full(name);

	if (!m) {
		printf("Bail out! no method %s\n", name);
		exit(1);
	}
	return m;
}

static void start(enum ndr_syntax syntax)
{
	ndr_arena_reset(codec.arena);
	codec.syntax = syntax;
}

static bool is(const struct ndr_bytes *stub, const void *want, size_t len)
{
	size_t i;

	if (stub->len == len && !memcmp(stub->ptr, want, len))
		return true;
	printf("# %zu bytes (%s):", stub->len, codec.error.text);
	for (i = 0; i < stub->len; i++)
		printf("%s%02x", i % 4 ? "" : " ", stub->ptr[i]);
	printf("\n");
	return false;
}

#define IS(stub, text) is(stub, text, sizeof(text) - 1)

/* NetrShareEnum, level 1, as any client sends it. */
static void test_share_enum(void)
{
	static const char want[] =
		"\x00\x00\x02\x00" "\x03\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00"
		"d\0c\0\0\0" "\0\0"		/* ServerName, alignment */
		"\x01\x00\x00\x00\x01\x00\x00\x00"	/* Level, discriminant */
		"\x04\x00\x02\x00" "\x00\x00\x00\x00\x00\x00\x00\x00"
		"\xff\xff\xff\xff" "\x08\x00\x02\x00" "\x07\x00\x00\x00";
	struct _SHARE_INFO_1_CONTAINER none = { 0, NULL };
	struct _SHARE_ENUM_STRUCT info = { .Level = 1, .ShareInfo.Level1 = &none };
	uint32_t resume = 7;
	char name[] = "dc";
	struct srvsvc_NetrShareEnum call = { .ServerName = name,
		.InfoStruct = &info, .PreferedMaximumLength = 0xffffffff,
		.ResumeHandle = &resume };
	struct ndr_bytes stub;

	start(NDR_SYNTAX_NDR32);
	ndr_encode(&codec, method("srvsvc.NetrShareEnum"), NDR_IN, &call, &stub);
	ok(IS(&stub, want), "NetrShareEnum request");
}

static void test_share_enum_reply(void)
{
	static const char reply[] =
		"\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x02\x00"
		"\x02\x00\x00\x00\x04\x00\x02\x00"	/* container */
		"\x02\x00\x00\x00"			/* maximum count */
		"\x08\x00\x02\x00\x00\x00\x00\x00\x0c\x00\x02\x00"
		"\x10\x00\x02\x00\x03\x00\x00\x80\x00\x00\x00\x00"
		"\x02\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00" "a\0\0\0"
		"\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00" "\0\0" "\xff\xff"
		"\x03\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00"
		"\x3d\xd8\x00\xde\0\0" "\xff\xff"	/* one character, two units */
		"\x02\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00";
	struct ndr_bytes stub = { (const uint8_t *)reply, sizeof(reply) - 1 };
	struct srvsvc_NetrShareEnum call = { .ServerName = NULL };
	struct _SHARE_INFO_1 *shares;

	start(NDR_SYNTAX_NDR32);
	ok(!ndr_decode(&codec, method("srvsvc.NetrShareEnum"), NDR_OUT, &stub, &call),
	   "NetrShareEnum response: %s", codec.error.text);
	shares = call.InfoStruct->ShareInfo.Level1->Buffer;
	ok(!strcmp(shares[0].shi1_netname, "a") && !*shares[0].shi1_remark &&
	   !strcmp(shares[1].shi1_netname, "\xf0\x9f\x98\x80") &&
	   shares[1].shi1_type == 0x80000003 && !shares[1].shi1_remark,
	   "names, types, an empty and a missing remark");
	ok(*call.TotalEntries == 2 && !call.ResumeHandle && call.Return == 5,
	   "what follows");
}

/* A structure that ends in an array has its maximum count in front. */
static void test_surrounding(void)
{
	static const char narrow[] = "\x02\x00\x00\x00\x02\x00\x00\x00\x01\x00\x02\x00";
	static const char wide[] = "\x02\x00\x00\x00\x00\x00\x00\x00"
		"\x02\x00\x00\x00\x01\x00\x02\x00";
	uint16_t units[] = { 1, 2 };
	struct _echo_Surrounding data = { 2, units };
	struct rpcecho_echo_TestSurrounding call = { &data };
	struct ndr_bytes stub;

	start(NDR_SYNTAX_NDR32);
	ndr_encode(&codec, method("rpcecho.echo_TestSurrounding"), NDR_IN, &call, &stub);
	ok(IS(&stub, narrow), "conformant structure, NDR32");
	start(NDR_SYNTAX_NDR64);
	ndr_encode(&codec, method("rpcecho.echo_TestSurrounding"), NDR_IN, &call, &stub);
	ok(IS(&stub, wide), "conformant structure, NDR64");
}

/*
 * The arm of a union is aligned as itself, as Samba's rpcecho sends it; NDR64
 * aligns the whole.
 */
static void test_union(void)
{
	static const char narrow[] = "\x01\x00" "\x2a" "\0" "\x00\x00\x00\x00";
	static const char wide[] = "\x01\x00\0\0\0\0\0\0" "\x2a" "\0\0\0"
		"\x00\x00\x00\x00";
	union _echo_Info info = { .info1 = 0x2a };
	struct rpcecho_echo_TestCall2 call = { .level = 1, .info = &info };
	struct ndr_bytes stub;

	start(NDR_SYNTAX_NDR32);
	ndr_encode(&codec, method("rpcecho.echo_TestCall2"), NDR_OUT, &call, &stub);
	ok(IS(&stub, narrow), "union, NDR32");
	start(NDR_SYNTAX_NDR64);
	ndr_encode(&codec, method("rpcecho.echo_TestCall2"), NDR_OUT, &call, &stub);
	ok(IS(&stub, wide), "union, NDR64");
}

static void test_double_pointer(void)
{
	static const char want[] = "\x00\x00\x02\x00\x04\x00\x02\x00\x39\x05";
	uint16_t v = 1337, *p = &v, **pp = &p;
	struct rpcecho_echo_TestDoublePointer call = { .data = &pp }, again;
	struct ndr_bytes stub;

	memset(&again, 0, sizeof(again));
	start(NDR_SYNTAX_NDR32);
	ndr_encode(&codec, method("rpcecho.echo_TestDoublePointer"), NDR_IN, &call,
		   &stub);
	ok(IS(&stub, want), "pointers to pointers");
	ok(!ndr_decode(&codec, method("rpcecho.echo_TestDoublePointer"), NDR_IN, &stub,
		       &again) && ***again.data == 1337, "and back");
}

/* Two full pointers to the same tower: it is sent once, and shared again. */
static void test_full_pointer(void)
{
	uint8_t bytes[] = { 1, 2, 3 };
	struct _twr_t tower = { sizeof(bytes), bytes };
	struct _twr_t *towers[] = { &tower, NULL, &tower };
	uint32_t n = 3;
	struct ndr_context_handle handle = { 0 };
	struct epmapper_ept_map call = { .entry_handle = &handle, .max_towers = 3,
		.num_towers = &n, .ITowers = towers }, again = { .max_towers = 3 };
	static const char want[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\x03\x00\x00\x00" "\x03\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00"
		"\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x02\x00"
		"\x03\x00\x00\x00\x03\x00\x00\x00\x01\x02\x03" "\0" "\0\0\0\0";
	struct ndr_bytes stub;

	start(NDR_SYNTAX_NDR32);
	ndr_encode(&codec, method("epmapper.ept_map"), NDR_OUT, &call, &stub);
	ok(IS(&stub, want), "full pointers to the same");
	ok(!ndr_decode(&codec, method("epmapper.ept_map"), NDR_OUT, &stub, &again) &&
	   again.ITowers[0] == again.ITowers[2] && !again.ITowers[1],
	   "shared when decoded: %s", codec.error.text);
}

extern const struct ndr_interface ndr_interface_looptest;

/* A request of the interface whose lists may be rings. */
static void loop_refused(unsigned int opnum, const char *bytes, size_t len,
			 const char *words)
{
	const struct ndr_method *m = &ndr_interface_looptest.methods[opnum];
	struct ndr_bytes stub = { (const uint8_t *)bytes, len };
	union {
		struct looptest_Walk walk;
		struct looptest_Share share;
	} args = { .walk = { NULL } };

	start(NDR_SYNTAX_NDR32);
	ok(ndr_decode(&codec, m, NDR_IN, &stub, &args) == -EBADMSG &&
	   strstr(codec.error.text, words), "%s: %s", m->name,
	   codec.error.text);
}

#define LOOP_REFUSED(opnum, bytes, words) \
	loop_refused(opnum, bytes, sizeof(bytes) - 1, words)

/* Referents that lead back, or to what they are not. */
static void test_loops(void)
{
	static const char list[] = "\x04\0\0\0" "\1\0\0\0\x08\0\0\0"
		"\2\0\0\0\x0c\0\0\0" "\3\0\0\0\0\0\0\0";
	struct ndr_bytes stub = { (const uint8_t *)list, sizeof(list) - 1 };
	struct looptest_Walk walk = { NULL };

	start(NDR_SYNTAX_NDR32);
	ok(ndr_decode(&codec, &ndr_interface_looptest.methods[0], NDR_IN, &stub,
		      &walk) == 0 && walk.List->Next->Next->Value == 3 &&
	   !walk.List->Next->Next->Next, "a list that ends");
	LOOP_REFUSED(0, "\x04\0\0\0" "\1\0\0\0\x04\0\0\0",
		     "List.Next: points to something that it is a part of");
	LOOP_REFUSED(0, "\x04\0\0\0" "\1\0\0\0\x08\0\0\0"
		     "\2\0\0\0\x04\0\0\0",
		     "Next.Next: points to something that it is a part of");
	LOOP_REFUSED(1, "\x04\0\0\0\x04\0\0\0" "\1\0\0\0\0\0\0\0",
		     "Number: points to something of another type");
}

/* Each element is the next one's owner: the depth ends it, not the stack. */
static void test_long_list(void)
{
	static uint8_t bytes[4 + 8 * 5000];
	struct ndr_bytes stub = { bytes, sizeof(bytes) };
	struct looptest_Walk walk = { NULL };
	uint32_t value = 4;

	memcpy(bytes, &value, 4);
	for (uint32_t i = 0; i < 5000; i++) {
		value = 8 + 4 * i;
		memcpy(bytes + 8 + 8 * i, &value, 4);
	}
	start(NDR_SYNTAX_NDR32);
	ok(ndr_decode(&codec, &ndr_interface_looptest.methods[0], NDR_IN, &stub,
		      &walk) < 0, "5000 elements: %.70s...%s",
	   codec.error.text, strlen(codec.error.text) > 40 ?
	   codec.error.text + strlen(codec.error.text) - 40 : "");
}

/* Decode the response of NetrShareEnum and expect an error with these words. */
static void refused(const char *bytes, size_t len, const char *words)
{
	struct ndr_bytes stub = { (const uint8_t *)bytes, len };
	struct srvsvc_NetrShareEnum call = { .PreferedMaximumLength = 4711 };

	start(NDR_SYNTAX_NDR32);
	ok(ndr_decode(&codec, method("srvsvc.NetrShareEnum"), NDR_OUT, &stub, &call) &&
	   strstr(codec.error.text, words) && call.PreferedMaximumLength == 4711 &&
	   !call.InfoStruct, "refused: %s", codec.error.text);
}

#define REFUSED(bytes, words) refused(bytes, sizeof(bytes) - 1, words)
#define LEVEL(n) n "\x00\x00\x00" n "\x00\x00\x00\x00\x00\x02\x00"

static void test_errors(void)
{
	REFUSED("\x01\x00\x00\x00\x02\x00\x00\x00",
		"InfoStruct.ShareInfo: the union is of kind 2, but Level is 1");
	REFUSED("\x09\x00\x00\x00\x09\x00\x00\x00",
		"InfoStruct.ShareInfo: SHARE_ENUM_UNION has no arm for 9");
	REFUSED(LEVEL("\x01") "\x02\x00\x00\x00\x04\x00\x02\x00\x03\x00\x00\x00"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
		"Level1.Buffer: 3 elements, but EntriesRead is 2");
	REFUSED(LEVEL("\x01") "\xff\xff\xff\x7f\x04\x00\x02\x00\xff\xff\xff\x7f",
		"Buffer: 2147483647 elements cannot be in the 0 bytes");
	REFUSED(LEVEL("\x00") "\x01\x00\x00\x00\x04\x00\x02\x00\x01\x00\x00\x00"
		"\x04\x00\x02\x00\x02\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00"
		"a\0b\0", "Level0.Buffer[0].shi0_netname: a string without its");
	REFUSED(LEVEL("\x00") "\x01\x00\x00\x00\x04\x00\x02\x00\x01\x00\x00\x00"
		"\x04\x00\x02\x00\x02\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00"
		"a\0b\0", "shi0_netname: starts at element 1");
	REFUSED(LEVEL("\x00") "\x01\x00\x00\x00\x04\x00\x02\x00\x01\x00\x00\x00"
		"\x04\x00\x02\x00\x02\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00"
		"a\0b\0\0\0", "shi0_netname: 3 elements where 2 fit");
}

/* Few bytes on the wire must not become much memory. */
static void test_memory(void)
{
	struct ndr_codec small = { .arena = ndr_arena_new(4096) };
	struct rpcecho_echo_SinkData call = { .len = 0 };
	uint8_t *bytes = calloc(1, 1 << 16);
	struct ndr_bytes stub = { bytes, 1 << 16 };
	uint32_t n = (1 << 16) - 8;

	memcpy(bytes, &n, 4);
	memcpy(bytes + 4, &n, 4);
	ok(ndr_decode(&small, method("rpcecho.echo_SinkData"), NDR_IN, &stub, &call) ==
	   -ENOMEM, "too large for its arena: %s", small.error.text);
	ndr_arena_free(small.arena);
	free(bytes);
}

/* What a server of the other byte order answers, [C706] 14.2. */
static void test_big_endian(void)
{
	static const char reply[] =
		"\x00\x00\x00\x01\x00\x00\x00\x01\x00\x02\x00\x00"
		"\x00\x00\x00\x01\x00\x02\x00\x04"	/* container */
		"\x00\x00\x00\x01"			/* maximum count */
		"\x00\x02\x00\x08" "\x80\x00\x00\x03" "\x00\x00\x00\x00"
		"\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x03"
		"\x00" "d\x20\xac\0\0" "\0\0"	/* a name with a euro sign */
		"\x00\x00\x00\x01" "\x00\x00\x00\x00" "\x00\x00\x08\x57";
	struct ndr_bytes stub = { (const uint8_t *)reply, sizeof(reply) - 1 }, out;
	const struct ndr_method *m = method("srvsvc.NetrShareEnum");
	struct srvsvc_NetrShareEnum call = { 0 };
	const struct _SHARE_INFO_1 *share = NULL;

	start(NDR_SYNTAX_NDR32);
	codec.big_endian = true;
	if (!ndr_decode(&codec, m, NDR_OUT, &stub, &call))
		share = call.InfoStruct->ShareInfo.Level1->Buffer;
	ok(share && !strcmp(share->shi1_netname, "d\xe2\x82\xac") &&
	   share->shi1_type == 0x80000003 && call.Return == 2135 &&
	   *call.TotalEntries == 1, "an answer with its high bytes first: %s",
	   codec.error.text);
	ok(share && !ndr_encode(&codec, m, NDR_OUT, &call, &out) &&
	   is(&out, reply, sizeof(reply) - 1), "and the way back");
	codec.big_endian = false;
	ok(ndr_decode(&codec, m, NDR_OUT, &stub, &call) == -EBADMSG,
	   "it means nothing in our order");
}

/* Pipes are the last that goes in and the first that comes out. */
static void test_pipe(void)
{
	static const char in[] =
		"\x01\0\0\0" "\x02\0\0\0" "\x03\0" "\x04\0" "56789abc"
		"\x03\0\0\0" "xyz\0" "\0\0\0\0";
	static const char out[] =
		"\x02\0\0\0\0\0\0\0" "ab" "\0\0\0\0\0\0"
		"\xfe\xff\xff\xff\xff\xff\xff\xff"
		"\x01\0\0\0\0\0\0\0" "c" "\0\0\0\0\0\0\0"
		"\xff\xff\xff\xff\xff\xff\xff\xff"
		"\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\x05\0\0\0";
	char xyz[] = "xyz", bad[sizeof(out)];
	struct ndr_pipe pipe = { 3, xyz };
	struct efsrpc_EfsRpcWriteFileRaw write = {
		.hContext = { 1, { 2, 3, 4, "56789abc" } }, .EfsInPipe = &pipe };
	struct efsrpc_EfsRpcReadFileRaw read = { 0 };
	const struct ndr_method *reading = method("efsrpc.EfsRpcReadFileRaw");
	struct ndr_bytes stub = { (const uint8_t *)out, sizeof(out) - 1 };

	start(NDR_SYNTAX_NDR32);
	ok(!ndr_decode(&codec, method("efsrpc.EfsRpcWriteFileRaw"), NDR_IN,
		       &(struct ndr_bytes){ (const uint8_t *)in, sizeof(in) - 1 },
		       &write) && write.EfsInPipe->count == 3 &&
	   !ndr_encode(&codec, method("efsrpc.EfsRpcWriteFileRaw"), NDR_IN, &write,
		       &stub) && IS(&stub, in), "a pipe behind the rest");
	start(NDR_SYNTAX_NDR64);
	stub = (struct ndr_bytes){ (const uint8_t *)out, sizeof(out) - 1 };
	ok(!ndr_decode(&codec, reading, NDR_OUT, &stub, &read) &&
	   read.EfsOutPipe->count == 3 &&
	   !memcmp(read.EfsOutPipe->elements, "abc", 3) && read.Return == 5,
	   "a pipe in two chunks ahead of the rest: %s", codec.error.text);
	memcpy(bad, out, sizeof(out));
	bad[16] = '\xfd';
	stub.ptr = (const uint8_t *)bad;
	ok(ndr_decode(&codec, reading, NDR_OUT, &stub, &read) == -EBADMSG &&
	   strstr(codec.error.text, "EfsOutPipe: a chunk of 2"),
	   "a chunk that ends otherwise: %s", codec.error.text);
}

/* A list of @n objects, as replication sends them; its stub. */
static int list(struct drsuapi_IDL_DRSGetNCChanges *call, unsigned int n,
		struct ndr_bytes *stub)
{
	static uint32_t version = 1;
	DRS_MSG_GETCHGREPLY *reply = ndr_arena_alloc(codec.arena, sizeof(*reply));
	REPLENTINFLIST **next = &reply->V1.pObjects;

	call->pdwOutVersion = &version;
	call->pmsgOut = reply;
	while (n--) {
		*next = ndr_arena_alloc(codec.arena, sizeof(**next));
		(*next)->fIsNCPrefix = n;
		next = &(*next)->pNextEntInf;
	}
	return ndr_encode(&codec, method("drsuapi.IDL_DRSGetNCChanges"), NDR_OUT,
			  call, stub);
}

static void test_list(void)
{
	struct drsuapi_IDL_DRSGetNCChanges call = { 0 }, back = { 0 };
	const REPLENTINFLIST *item;
	struct ndr_bytes stub;
	unsigned int n = 0;

	start(NDR_SYNTAX_NDR32);
	ok(!list(&call, 1500, &stub) &&
	   !ndr_decode(&codec, method("drsuapi.IDL_DRSGetNCChanges"), NDR_OUT,
		       &stub, &back), "1500 objects in a list: %s",
	   codec.error.text);
	for (item = back.pmsgOut ? back.pmsgOut->V1.pObjects : NULL; item;
	     item = item->pNextEntInf)
		n += item->fIsNCPrefix == (int)(1499 - n);
	ok(n == 1500, "all of them in order: %u", n);
	ok(list(&call, 3000, &stub) == -EMSGSIZE &&
	   strstr(codec.error.text, "nested"), "not 3000: %s", codec.error.text);
}

static void test_label(void)
{
	static const uint8_t good[] = { 0x10, 0, 0, 0 }, big[] = { 0, 0, 0, 0 },
		odd[] = { 0x20, 0, 0, 0 }, ebcdic[] = { 0x11, 0, 0, 0 }, vax[] = { 0x10, 1, 0, 0 };

	ok(!ndr_check_label(&codec, big) && codec.big_endian,
	   "most significant byte first");
	ok(!ndr_check_label(&codec, good) && !codec.big_endian,
	   "least significant byte first, ASCII, IEEE");
	ok(ndr_check_label(&codec, odd) && strstr(codec.error.text, "integers") &&
	   ndr_check_label(&codec, ebcdic) && strstr(codec.error.text, "ASCII") &&
	   ndr_check_label(&codec, vax) && strstr(codec.error.text, "IEEE"),
	   "everything else is refused: %s", codec.error.text);
}

static int from_json(const char *name, const char *text, void *args)
{
	json_error_t error;
	json_t *json = json_loads(text, 0, &error);
	int err = ndr_from_json(&codec, method(name), NDR_IN, json, args);

	if (!json)
		printf("# %s\n", error.text);
	json_decref(json);
	return err;
}

/* JSON leaves out what it says already: sizes, and what unions switch on. */
static void test_json(void)
{
	struct srvsvc_NetrShareAdd add = { .Level = 0 };
	struct lsarpc_LsarLookupNames2 names = { .Count = 0 };
	struct lsarpc_LsarLookupSids sids = { .LookupLevel = 0 };
	struct _SHARE_INFO_502_I *info;

	start(NDR_SYNTAX_NDR32);
	ok(!from_json("srvsvc.NetrShareAdd", "{\"InfoStruct\": {\"ShareInfo502\": "
		      "{\"shi502_netname\": \"x\", "
		      "\"shi502_security_descriptor\": \"010203\"}}}", &add) &&
	   add.Level == 502, "the level of a union: %s", codec.error.text);
	info = add.InfoStruct->ShareInfo502;
	ok(info && info->shi502_reserved == 3 && info->shi502_security_descriptor[2] == 3,
	   "the size of bytes");
	ok(!from_json("lsarpc.LsarLookupNames2", "{\"Names\": [{\"Buffer\": \"root\"}], "
		      "\"LookupLevel\": \"LsapLookupPDC\"}", &names) &&
	   names.Count == 1 && names.Names->Length == 8 && names.LookupLevel == 2,
	   "the lengths of a string: %s", codec.error.text);
	ok(!from_json("lsarpc.LsarLookupSids", "{\"SidEnumBuffer\": {\"SidInfo\": "
		      "[{\"Sid\": \"S-1-5-32-544\"}]}}", &sids) &&
	   sids.SidEnumBuffer->SidInfo->Sid->SubAuthority[1] == 544, "a SID");
}

static void test_bad_json(void)
{
	struct lsarpc_LsarLookupNames2 names = { .Count = 0 };
	struct srvsvc_NetrShareAdd add = { .Level = 0 };

	ok(from_json("lsarpc.LsarLookupNames2", "{\"Names\": [], \"Count\": 4}", &names)
	   == -EINVAL, "a count without its elements: %s", codec.error.text);
	ok(from_json("lsarpc.LsarLookupNames2", "{\"Name\": []}", &names) == -EINVAL,
	   "an unknown name: %s", codec.error.text);
	ok(from_json("srvsvc.NetrShareAdd", "{\"Level\": 1, \"InfoStruct\": "
		     "{\"ShareInfo2\": null}}", &add) == -EINVAL,
	   "another arm: %s", codec.error.text);
	ok(from_json("srvsvc.NetrShareAdd", "{\"Level\": 4294967296}", &add) == -EINVAL,
	   "too large a number: %s", codec.error.text);
}

static void test_find(void)
{
	const struct ndr_interface *i = ndr_interface_find("SRVSVC");
	unsigned int n, bad = 0;

	ok(i && i->methods[15].opnum == 15 &&
	   ndr_method_find(i, "netrshareenum") == &i->methods[15] &&
	   ndr_interface_find_uuid(&i->uuid) == i, "by name, method, UUID");
	ok(!ndr_method_find_full("srvsvc.Nothing") && !ndr_method_find_full("x") &&
	   !ndr_interface_find("srv"), "what is not there");
	ok(i->uuid.time_low == 0x4b324fc8 && i->major == 3 && !i->minor &&
	   !strcmp(i->endpoint, "ncacn_np:[\\pipe\\srvsvc]") &&
	   i->methods[0].not_on_wire && !i->methods[15].not_on_wire, "its attributes");
	for (n = 0; ndr_interfaces[n]; n++)
		bad += ndr_interface_find(ndr_interfaces[n]->name) != ndr_interfaces[n];
	ok(n && !bad, "%u interfaces", n);
}

static void test_describe(void)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	ndr_describe(method("srvsvc.NetrShareEnum"), f);
	fclose(f);
	ok(strstr(text, "[in, out] SHARE_ENUM_STRUCT *InfoStruct") &&
	   strstr(text, "[in, unique] unsigned long *ResumeHandle") == NULL &&
	   strstr(text, "[in, out, unique] DWORD *ResumeHandle") &&
	   strstr(text, "[unique, size_is(EntriesRead)] SHARE_INFO_1 *Buffer") &&
	   strstr(text, "[case(502)] [unique] SHARE_INFO_502_CONTAINER *Level502") &&
	   strstr(text, "[unique, string] wchar_t *shi1_netname"),
	   "a signature and its types");
	free(text);
}

int main(void)
{
	codec.arena = ndr_arena_new(0);
	test_share_enum();
	test_share_enum_reply();
	test_surrounding();
	test_union();
	test_double_pointer();
	test_full_pointer();
	test_loops();
	test_long_list();
	test_errors();
	test_memory();
	test_big_endian();
	test_pipe();
	test_list();
	test_label();
	test_json();
	test_bad_json();
	test_find();
	test_describe();
	ndr_arena_free(codec.arena);
	return tap_done();
}
