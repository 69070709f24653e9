// SPDX-License-Identifier: GPL-2.0-or-later
#include "policyfilter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gpo.h"
#include "gposec.h"
#include "hex.h"

#define ERROR_NONE_MAPPED	1332
#define WMI_FOLDER		"CN=SOM,CN=WMIPolicy,CN=System"

/* ---- Security ---------------------------------------------------------------- */

json_t *filter_sids(struct op *op, const char *dn)
{
	static const char *const wanted[] = { "objectSid", "tokenGroups",
					      NULL };
	static const char *const all[] = { "S-1-1-0", "S-1-5-11" };
	struct dir_search search = { dn, LDAP_SCOPE_BASE, NULL, wanted };
	json_t *found = dir_search(&op->dir, &search), *sids;
	const json_t *object = json_array_get(found, 0);
	const char *own = dir_first(object, "objectSid");

	if (!found)
		return NULL;
	if (!*own) {
		step_done(&op->steps, "ldap_search", ERROR_NONE_MAPPED,
			  "%s has no SID", dn);
		json_decref(found);
		return NULL;
	}
	sids = json_pack("[s, s, s]", own, all[0], all[1]);
	json_array_extend(sids, json_object_get(object, "tokenGroups"));
	json_decref(found);
	return sids;
}

static bool check(const json_t *sids, const uint8_t *descriptor, size_t len,
		  struct gpo_verdict *verdict)
{
	size_t count = json_array_size(sids);
	const char **list = calloc(count, sizeof(*list));
	struct gpo_token token = { list, count };
	bool good = list;

	for (size_t i = 0; good && i < count; i++)
		list[i] = json_string_value(json_array_get(sids, i));
	good = good && gpo_may_apply(descriptor, len, &token, verdict) == 0;
	free(list);
	return good;
}

bool filter_passes(const json_t *sids, const json_t *gpo,
		   char why[FILTER_WHY_ROOM])
{
	const char *text = dir_first(gpo, "nTSecurityDescriptor");
	size_t room = strlen(text) / 2;
	uint8_t *descriptor = malloc(room ? room : 1);
	ssize_t len = descriptor ? hex_decode(text, descriptor, room) : -1;
	struct gpo_verdict verdict = { .access = GPO_NOT_GRANTED };
	bool good = len > 0 && check(sids, descriptor, (size_t)len, &verdict);

	free(descriptor);
	if (!good)
		snprintf(why, FILTER_WHY_ROOM, "its security descriptor cannot be read");
	else if (verdict.access == GPO_DENIED)
		snprintf(why, FILTER_WHY_ROOM, "Apply Group Policy is denied to %s",
			 verdict.sid);
	else
		snprintf(why, FILTER_WHY_ROOM, "Apply Group Policy is not granted");
	return good && verdict.access == GPO_GRANTED;
}

/* ---- WMI ----------------------------------------------------------------------- */

/* The "{GUID}" of "[domain;{GUID};0]" ([MS-GPOL] 2.2.2) */
static bool filter_guid(const char *text, char guid[GPO_GUID_LEN + 1])
{
	const char *at = *text == '[' ? strchr(text, ';') : NULL;

	if (!at || at[1] != '{' || strnlen(at + 1, GPO_GUID_LEN) < GPO_GUID_LEN ||
	    at[GPO_GUID_LEN] != '}' || at[GPO_GUID_LEN + 1] != ';')
		return false;
	memcpy(guid, at + 1, GPO_GUID_LEN);
	guid[GPO_GUID_LEN] = '\0';
	/* It becomes a part of a DN. */
	return strspn(guid + 1, "0123456789abcdefABCDEF-") == GPO_GUID_LEN - 2;
}

void filter_wmi(struct op *op, const json_t *gpo, char name[FILTER_WHY_ROOM])
{
	static const char *const wanted[] = { "msWMI-Name", NULL };
	const char *text = dir_first(gpo, "gPCWQLFilter"), *found_name;
	char dn[400], guid[GPO_GUID_LEN + 1];
	struct dir_search search = { dn, LDAP_SCOPE_BASE, NULL, wanted };
	json_t *found;

	*name = '\0';
	if (!*text || strcmp(text, " ") == 0)
		return;
	if (!filter_guid(text, guid)) {
		snprintf(name, FILTER_WHY_ROOM, "%.200s", text);
		return;
	}
	snprintf(dn, sizeof(dn), "CN=%s," WMI_FOLDER ",%.255s", guid,
		 op->dir.base);
	found = dir_search(&op->dir, &search);
	if (!found)
		step_forget(&op->steps);
	found_name = dir_first(json_array_get(found, 0), "msWMI-Name");
	snprintf(name, FILTER_WHY_ROOM, "%.200s", *found_name ? found_name : guid);
	json_decref(found);
}
