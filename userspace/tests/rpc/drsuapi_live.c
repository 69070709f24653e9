// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * DRSUAPI against a real domain controller, as someone who may replicate.  TAP.
 *
 *	PASSWD=... drsuapi_live BINDING USER REALM NETBIOS-DOMAIN DOMAIN-DN
 *
 * The lines "# NC: N objects, M links" are for comparison with LDAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tap.h"
#include "client.h"
#include "credential.h"
#include "drsuapi.h"

/* [MS-DRSR] 5.39: BASE, GETCHGREQ_V8, GETCHGREPLY_V6, STRONG_ENCRYPTION */
#define EXTENSIONS	0x05008001u
/* 5.41 */
#define DRS_WRIT_REP	0x10
#define DRS_INIT_SYNC	0x20
#define MORE_MAX	100

static struct rpc_client *client;
static struct ndr_codec codec;
static struct ndr_context_handle handle;

static bool invoke(const char *method, void *args)
{
	struct rpc_error err = { 0 };

	if (!rpc_client_call(client, method, &codec, args, &err))
		return true;
	printf("# %s: %s\n", method, err.text);
	return false;
}

/* An object by its name; ASCII will do here. */
static DSNAME *named(const char *dn)
{
	DSNAME *name = ndr_arena_alloc(codec.arena, sizeof(*name));
	uint32_t i;

	name->NameLen = (uint32_t)strlen(dn);
	name->StringName = ndr_arena_alloc(codec.arena, 2 * name->NameLen + 2);
	for (i = 0; i < name->NameLen; i++)
		name->StringName[i] = (uint8_t)dn[i];
	/* 5.50: the size of the structure with the name and its zero */
	name->structLen = 58 + 2 * name->NameLen;
	return name;
}

static bool has_text(const DSNAME *name, const char *text)
{
	char ascii[1024];
	uint32_t i;

	for (i = 0; i < name->NameLen && i < sizeof(ascii) - 1; i++)
		ascii[i] = name->StringName[i] < 128 ?
			   (char)name->StringName[i] : '?';
	ascii[i] = '\0';
	return strcasestr(ascii, text);
}

static void test_bind(void)
{
	uint32_t flags[7] = { EXTENSIONS };
	DRS_EXTENSIONS mine = { sizeof(flags), (uint8_t *)flags };
	/* NTDSAPI_CLIENT_GUID: who has it may write SPNs (4.1.3.1) */
	struct _GUID client_guid = { 0xe24d201a, 0x4fd6, 0x11d1,
		{ 0xa3, 0xda, 0x00, 0x00, 0xf8, 0x75, 0xae, 0x0d } };
	struct drsuapi_IDL_DRSBind call = { .puuidClientDsa = &client_guid,
					    .pextClient = &mine };
	bool good = invoke("IDL_DRSBind", &call) && !call.Return && call.phDrs;

	if (good)
		handle = *call.phDrs;
	ok(good && call.ppextServer && *call.ppextServer &&
	   (*call.ppextServer)->cb >= 28, "IDL_DRSBind, with extensions");
}

/* 4.1.4.1.3: formats; 1 is a DN, 2 an account as NT 4 had it, 10 an SPN */
static void crack(uint32_t format, const char *name, const char *dn)
{
	char *names[] = { (char *)name };
	DRS_MSG_CRACKREQ ask = { .V1 = { .formatOffered = format,
		.formatDesired = 1, .cNames = 1, .rpNames = names } };
	struct drsuapi_IDL_DRSCrackNames call = { .hDrs = handle,
		.dwInVersion = 1, .pmsgIn = &ask };
	const DS_NAME_RESULTW *result = NULL;

	if (invoke("IDL_DRSCrackNames", &call) && !call.Return)
		result = call.pmsgOut->V1.pResult;
	ok(result && result->cItems == 1 && !result->rItems[0].status &&
	   strcasestr(result->rItems[0].pName, dn), "IDL_DRSCrackNames: %s is %s",
	   name, result && result->cItems ? result->rItems[0].pName : "nobody");
}

static void test_controllers(char *domain)
{
	DRS_MSG_DCINFOREQ ask = { .V1 = { domain, 2 } };
	struct drsuapi_IDL_DRSDomainControllerInfo call = { .hDrs = handle,
		.dwInVersion = 1, .pmsgIn = &ask };
	const DRS_MSG_DCINFOREPLY_V2 *list = NULL;

	if (invoke("IDL_DRSDomainControllerInfo", &call) && !call.Return)
		list = &call.pmsgOut->V2;
	ok(list && list->cItems && list->rItems[0].DnsHostName &&
	   list->rItems[0].fIsPdc, "IDL_DRSDomainControllerInfo: %s",
	   list && list->cItems ? list->rItems[0].DnsHostName : "none");
}

/* 4.1.28.1.2: 0 adds, 2 removes */
static bool write_spn(const char *dn, uint32_t operation, const char *spn)
{
	char *names[] = { (char *)spn };
	DRS_MSG_SPNREQ ask = { .V1 = { .operation = operation,
		.pwszAccount = (char *)dn, .cSPN = 1, .rpwszSPN = names } };
	struct drsuapi_IDL_DRSWriteSPN call = { .hDrs = handle,
		.dwInVersion = 1, .pmsgIn = &ask };

	if (!invoke("IDL_DRSWriteSPN", &call))
		return false;
	if (call.Return || call.pmsgOut->V1.retVal)
		printf("# error %u, %u\n", call.Return, call.pmsgOut->V1.retVal);
	return !call.Return && !call.pmsgOut->V1.retVal;
}

static void test_spn(const char *dn)
{
	static const char spn[] = "probe/drsuapi.lab.test";

	ok(write_spn(dn, 0, spn), "IDL_DRSWriteSPN");
	crack(10, spn, dn);
	ok(write_spn(dn, 2, spn), "and it is gone again");
}

struct replica {
	unsigned int answers, objects, links, attributes;
	bool good, more, found;
	USN_VECTOR from;
	struct _GUID invocation;
};

static void count(struct replica *r, const DRS_MSG_GETCHGREPLY_V6 *v6,
		  const char *wanted)
{
	const REPLENTINFLIST *item;
	unsigned int n = 0;

	for (item = v6->pObjects; item; item = item->pNextEntInf, n++) {
		r->attributes += item->Entinf.AttrBlock.attrCount;
		r->found |= item->Entinf.pName &&
			    has_text(item->Entinf.pName, wanted);
	}
	r->good &= n == v6->cNumObjects;
	r->objects += n;
	r->links += v6->cNumValues;
	r->more = v6->fMoreData;
	r->from = v6->usnvecTo;
	r->invocation = v6->uuidInvocIdSrc;
}

static void one_answer(struct replica *r, const char *nc, const char *wanted)
{
	DRS_MSG_GETCHGREQ ask = { .V8 = { .uuidInvocIdSrc = r->invocation,
		.pNC = named(nc), .usnvecFrom = r->from,
		.ulFlags = DRS_WRIT_REP | DRS_INIT_SYNC, .cMaxObjects = 1000,
		.cMaxBytes = 10u << 20 } };
	struct drsuapi_IDL_DRSGetNCChanges call = { .hDrs = handle,
		.dwInVersion = 8, .pmsgIn = &ask };

	r->more = false;
	r->good &= invoke("IDL_DRSGetNCChanges", &call) && !call.Return &&
		   *call.pdwOutVersion == 6;
	if (r->good)
		count(r, &call.pmsgOut->V6, wanted);
	else
		printf("# %s: error %u\n", nc, call.Return);
	ndr_arena_reset(codec.arena);
}

/* A whole naming context; @wanted is in the name of one of its objects. */
static void test_changes(const char *prefix, const char *domain,
			 const char *wanted, bool links)
{
	struct replica r = { .good = true };
	char nc[512];

	snprintf(nc, sizeof(nc), "%s%s", prefix, domain);
	do {
		one_answer(&r, nc, wanted);
	} while (r.good && r.more && ++r.answers < MORE_MAX);
	printf("# %s: %u objects, %u links\n", nc, r.objects, r.links);
	ok(r.good && r.found && r.attributes > r.objects && (r.links || !links),
	   "IDL_DRSGetNCChanges: %s, %u attributes", nc, r.attributes);
}

static void test_unbind(void)
{
	struct drsuapi_IDL_DRSUnbind call = { .phDrs = &handle };
	static const struct ndr_context_handle none;

	ok(invoke("IDL_DRSUnbind", &call) && !call.Return &&
	   !memcmp(call.phDrs, &none, sizeof(none)), "IDL_DRSUnbind");
}

int main(int argc, char **argv)
{
	struct credential cred = { 0 };
	struct rpc_client_options options = { .cred = &cred };
	struct rpc_error err = { 0 };
	const char *password = getenv("PASSWD");
	char user[512], dn[512];

	if (argc != 6 || !password || !credential_set_user(&cred, argv[2]) ||
	    !credential_set_password(&cred, password)) {
		fprintf(stderr, "usage: PASSWD=... %s BINDING USER REALM NETBIOS-DOMAIN DOMAIN-DN\n",
			argv[0]);
		return 2;
	}
	codec.arena = ndr_arena_new(0);
	client = rpc_client_open(argv[1], "drsuapi", &options, &err);
	ok(client, "connected %s", client ? "" : err.text);
	if (!client)
		return tap_done();
	test_bind();
	snprintf(user, sizeof(user), "%s\\%s", argv[4], argv[2]);
	crack(2, user, argv[5]);
	test_controllers(argv[3]);
	snprintf(dn, sizeof(dn), "CN=%s,CN=Users,%s", argv[2], argv[5]);
	test_spn(dn);
	test_changes("CN=Schema,CN=Configuration,", argv[5],
		     "CN=User-Principal-Name,", false);
	test_changes("", argv[5], dn, true);
	test_unbind();
	rpc_client_close(client);
	ndr_arena_free(codec.arena);
	return tap_done();
}
