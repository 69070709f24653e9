// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What unc login keeps nobody can read back: the kernel has to log on with it, and
 * the server says who that is ([MS-LSAT] 3.1.4.2, LsarGetUserName).
 */
#include <errno.h>
#include <keyutils.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"
#include "key.h"
#include "uncfs.h"
#include "uncpath.h"
#include "uncrpc.h"

#define STAGE	"session"
#define BY	"unc login"
#define REMEDY	"log in again (unc login), or name a user here to try another password"

/* As the kernel searches, which passes over what has ended. */
static bool search(struct doctor *doctor, const char *description)
{
	if (request_key(UNC_KEY_TYPE, description, NULL, 0) >= 0)
		return true;
	if (errno != EKEYEXPIRED && errno != EKEYREVOKED)
		return false;
	report_note(&doctor->report, STAGE, "what unc login kept for %s has %s",
		    strcmp(description, "*") == 0 ? "any server" : description,
		    errno == EKEYEXPIRED ? "expired" : "been withdrawn");
	report_remedy(&doctor->report, "unc login again");
	return false;
}

bool doctor_is_kept(struct doctor *doctor)
{
	const struct credential *cred = doctor->cred;
	char host[UNC_HOST_MAX + 1];

	if (cred->has_user || cred->has_password || *cred->store ||
	    doctor->sec == UNC_SEC_NONE || doctor->port != DOCTOR_SMB_PORT ||
	    strlen(doctor->host) > UNC_HOST_MAX)
		return false;
	strcpy(host, doctor->host);
	uncpath_host_fold(host);
	return search(doctor, host) || search(doctor, "*");
}

static void take_name(struct doctor *doctor, const json_t *result)
{
	const char *user = NULL, *domain = NULL;

	json_unpack((json_t *)result, "{s:{s:s}, s:[{s:s}]}", "UserName",
		    "Buffer", &user, "DomainName", "Buffer", &domain);
	snprintf(doctor->principal, sizeof(doctor->principal), "%s%s%s",
		 domain ? domain : "", domain && *domain ? "\\" : "",
		 user ? user : "?");
	strcpy(doctor->mech, BY);
}

/* Any user may open a pipe; what does not work the kernel says in its log. */
static bool ask_who(struct doctor *doctor)
{
	const struct uncrpc_options options = {
		.size = sizeof(options), .sec = (enum uncrpc_sec)doctor->sec,
	};
	char binding[UNC_HOST_MAX + 3];
	struct uncrpc_error err;
	struct uncrpc *rpc;
	bool good;
	json_t *result = NULL, *args = json_pack("{s:[n]}", "DomainName");

	snprintf(binding, sizeof(binding), "//%s", doctor->host);
	rpc = uncrpc_open(binding, "lsarpc", &options, &err);
	if (rpc)
		result = uncrpc_call_json(rpc, "LsarGetUserName", args, &err);
	good = result;
	if (good)
		take_name(doctor, result);
	else
		report_fail(&doctor->report, STAGE, "by what unc login keeps: %s",
			    err.text);
	json_decref(result);
	json_decref(args);
	uncrpc_close(rpc);
	return good;
}

bool doctor_kept_session(struct doctor *doctor)
{
	/* Root is told in words, and without a second attempt at what fails. */
	if (geteuid() == 0 && !doctor_reach(doctor, "IPC$", STAGE)) {
		report_remedy(&doctor->report, REMEDY);
		return false;
	}
	if (!ask_who(doctor)) {
		report_remedy(&doctor->report, REMEDY);
		return false;
	}
	report_ok(&doctor->report, STAGE, "%s, by what unc login keeps",
		  doctor->principal);
	return true;
}
