// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A program of somebody else: it has libuncrpc as it is installed, and nothing of
 * this tree. Prints the SAM domains of a server, by C structures and by JSON.
 *
 *	foreign BINDING USER|- PASSWORD
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <uncrpc/samr.h>
#include <uncrpc/uncrpc.h>

static struct uncrpc_error err;

static int failed(const char *what)
{
	printf("%s: errno %d, status 0x%x: %s\n", what, -err.code, err.status,
	       err.text);
	return 1;
}

static int connect_sam(struct uncrpc *rpc, struct ndr_context_handle *handle)
{
	union _SAMPR_REVISION_INFO revision = { .V1 = { .Revision = 3 } };
	struct samr_SamrConnect5 call = {
		.DesiredAccess = 0x02000000, .InVersion = 1,
		.InRevisionInfo = &revision,
	};

	if (uncrpc_call(rpc, "SamrConnect5", &call, sizeof(call), &err))
		return failed("SamrConnect5");
	*handle = *call.ServerHandle;
	return call.Return != 0;
}

static int list_domains(struct uncrpc *rpc, struct ndr_context_handle handle)
{
	uint32_t context = 0;
	struct samr_SamrEnumerateDomainsInSamServer call = {
		.ServerHandle = handle, .EnumerationContext = &context,
		.PreferedMaximumLength = 65536,
	};
	const struct _SAMPR_ENUMERATION_BUFFER *list;

	if (uncrpc_call(rpc, "samr.SamrEnumerateDomainsInSamServer", &call,
			sizeof(call), &err))
		return failed("SamrEnumerateDomainsInSamServer");
	list = *call.Buffer;
	for (uint32_t i = 0; i < list->EntriesRead; i++) {
		const struct _RPC_UNICODE_STRING *name = &list->Buffer[i].Name;

		printf("domain ");
		for (unsigned int c = 0; c < name->Length / 2u; c++)
			putchar(name->Buffer[c]);
		putchar('\n');
	}
	return call.Return != 0;
}

/* A handle that is none: the fault is told, and the connection goes on. */
static int ask_wrongly(struct uncrpc *rpc)
{
	struct samr_SamrEnumerateDomainsInSamServer call = { 0 };
	struct ndr_context_handle handle;
	uint32_t context = 0;

	call.EnumerationContext = &context;
	call.ServerHandle.context_handle_uuid.time_low = 7;
	if (!uncrpc_call(rpc, "SamrEnumerateDomainsInSamServer", &call,
			 sizeof(call), &err) || !err.status)
		return failed("a handle that is none");
	printf("fault 0x%08x\n", err.status);
	if (!uncrpc_call(rpc, "SamrEnumerateDomainsInSamServer", &call,
			 sizeof(call) - 8, &err))
		return 1;
	printf("refused: %s\n", err.text);
	return connect_sam(rpc, &handle);
}

#define AT_ONCE 8

static struct samr_SamrEnumerateDomainsInSamServer
asking(struct ndr_context_handle handle, uint32_t *context)
{
	*context = 0;
	return (struct samr_SamrEnumerateDomainsInSamServer){
		.ServerHandle = handle, .EnumerationContext = context,
		.PreferedMaximumLength = 65536,
	};
}

/* The second is wrong, the third is cancelled: the others do not notice. */
static int at_once(struct uncrpc *rpc, struct ndr_context_handle handle)
{
	struct samr_SamrEnumerateDomainsInSamServer call[AT_ONCE];
	struct uncrpc_call *begun[AT_ONCE];
	uint32_t context[AT_ONCE];
	int good = 0;

	for (int i = 0; i < AT_ONCE; i++) {
		call[i] = asking(handle, &context[i]);
		if (i == 1)
			call[i].ServerHandle.context_handle_uuid.time_low++;
		begun[i] = uncrpc_begin(rpc, "SamrEnumerateDomainsInSamServer",
					&call[i], sizeof(call[i]), &err);
		if (!begun[i] || (i == 2 && uncrpc_cancel(begun[i], &err)))
			return failed("uncrpc_begin");
	}
	for (int i = AT_ONCE - 1; i >= 0; i--) {
		int ret = uncrpc_finish(begun[i], &err);

		good += i == 1 ? ret && err.status :
			!ret && (*call[i].Buffer)->EntriesRead > 1;
	}
	printf("%d good at once\n", good);
	return good != AT_ONCE;
}

/* One is given up: nothing of the client may leak, whatever the server does. */
static int given_up(struct uncrpc *rpc, struct ndr_context_handle handle)
{
	struct samr_SamrEnumerateDomainsInSamServer call;
	struct uncrpc_call *begun;
	uint32_t context;
	int ret;

	call = asking(handle, &context);
	begun = uncrpc_begin(rpc, "SamrEnumerateDomainsInSamServer", &call,
			     sizeof(call), &err);
	if (!begun)
		return failed("uncrpc_begin");
	uncrpc_abandon(begun);
	call = asking(handle, &context);
	ret = uncrpc_call(rpc, "SamrEnumerateDomainsInSamServer", &call,
			  sizeof(call), &err);
	printf("after one that was given up: %s\n", ret ? err.text : "good");
	return ret && ret != -EPIPE;
}

/* A handle of one connection, used on another: with the group and without. */
static int grouped(struct uncrpc *rpc, const char *binding,
		   const struct uncrpc_options *options,
		   struct ndr_context_handle handle)
{
	struct samr_SamrEnumerateDomainsInSamServer call;
	struct uncrpc *other;
	char joined[300];
	uint32_t context;
	int good = 0;

	snprintf(joined, sizeof(joined), "%.*s,assoc_group_id=0x%x]",
		 (int)strcspn(binding, "]"), binding, uncrpc_group(rpc));
	for (int i = 0; i < 2; i++) {
		other = uncrpc_open(i ? binding : joined, "samr", options,
				    &err);
		if (!other)
			return failed("a second connection");
		call = asking(handle, &context);
		if (uncrpc_call(other, "SamrEnumerateDomainsInSamServer", &call,
				sizeof(call), &err) == 0)
			good |= 1 << i;
		uncrpc_close(other);
	}
	printf("group: %s\n", good == 1 ? "good" : "bad");
	return 0;
}

static int by_json(struct uncrpc *rpc)
{
	json_t *args = json_pack("{s:i, s:i, s:{s:{s:i}}}", "DesiredAccess",
				 0x02000000, "InVersion", 1, "InRevisionInfo",
				 "V1", "Revision", 3);
	json_t *result = uncrpc_call_json(rpc, "SamrConnect5", args, &err);

	json_decref(args);
	if (!result)
		return failed("SamrConnect5 with JSON");
	printf("json %s\n", json_object_get(result, "ServerHandle") ? "good" :
	       "bad");
	json_decref(result);
	return 0;
}

int main(int argc, char **argv)
{
	struct uncrpc_options options = {
		.size = sizeof(options), .concurrent = true,
	};
	struct ndr_context_handle handle;
	struct uncrpc *rpc;
	int ret;

	if (argc != 4)
		return 2;
	if (strcmp(argv[2], "-") != 0) {
		options.user = argv[2];
		options.password = argv[3];
	}
	rpc = uncrpc_open(argv[1], "samr", &options, &err);
	if (!rpc)
		return failed("uncrpc_open");
	printf("library %s, server %s\n", uncrpc_version(), uncrpc_host(rpc));
	ret = connect_sam(rpc, &handle) || list_domains(rpc, handle) ||
	      ask_wrongly(rpc) || by_json(rpc) || at_once(rpc, handle) ||
	      grouped(rpc, argv[1], &options, handle) ||
	      given_up(rpc, handle);
	uncrpc_release(rpc);
	uncrpc_close(rpc);
	return ret;
}
