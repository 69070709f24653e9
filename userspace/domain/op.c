// SPDX-License-Identifier: GPL-2.0-or-later
#include "op.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "dccache.h"
#include "file.h"
#include "keytab.h"
#include "names.h"

#define SKEW_SECONDS	300	/* what KDCs allow, RFC 4120 1.6 */
#define ERROR_NO_SUCH_DOMAIN	1355
#define ERROR_TIME_SKEW		1398
#define ERROR_NO_LOGON_SERVERS	1311

bool op_begin(struct op *op, const struct op_options *options, const char *what)
{
	memset(op, 0, sizeof(*op));
	op->options = options;
	op->ticket.config = -1;
	op->log_path = path_under(options->root, STEP_LOG_PATH);
	op->machine_path = path_under(options->root, MACHINE_PATH);
	op->keytab = path_under(options->keytab ? NULL : options->root,
				options->keytab ? options->keytab :
				KEYTAB_PATH);
	steps_open(&op->steps, op->log_path ? op->log_path : STEP_LOG_PATH,
		   options->verbose);
	if (!op->log_path || !op->machine_path || !op->keytab)
		return step_done(&op->steps, "OpBegin", 8, "out of memory");
	step_note(&op->steps, "UncDomain", "%s", what);
	op->machine = machine_load(op->machine_path);
	return true;
}

/* ---- Controller ------------------------------------------------------------ */

static const char *domain_of(const struct op *op)
{
	const struct op_options *o = op->options;
	const char *at = o->user ? strchr(o->user, '@') : NULL;

	if (o->domain)
		return o->domain;
	return at ? at + 1 : machine_text(op->machine, "domain");
}

static bool located(struct op *op, const char *domain, const char *user)
{
	bool unknown = op->dc && op->dc->answer.opcode == PING_USER_UNKNOWN_EX;
	char address[NAMES_ADDRESS_ROOM];

	if (!op->dc)
		return step_done(&op->steps, "DsGetDcName",
				 ERROR_NO_SUCH_DOMAIN, "%s: %s", domain,
				 op->list.why);
	return step_done(&op->steps, "DsGetDcName", 0,
			 "%s: %s (%s), flags 0x%x, site %s, by %s%s%s", domain,
			 op->dc->host,
			 names_address_format(&op->dc->address, address),
			 op->dc->answer.flags, op->dc->site,
			 dc_source_name(op->dc->source),
			 unknown ? ", knows no " : "", unknown ? user : "");
}

bool op_locate(struct op *op, const char *user)
{
	struct dc_query query = {
		.domain = domain_of(op), .server = op->options->server,
		.site = op->options->site, .user = user,
		.flags = op->options->flags, .cache = DC_CACHE_PATH,
	};

	if (!*query.domain)
		return step_done(&op->steps, "DsGetDcName",
				 ERROR_NO_SUCH_DOMAIN,
				 "this machine is in no domain");
	if (dc_locate(&query, &op->list))
		op->dc = op->list.chosen;
	return located(op, query.domain, user ? user : "") &&
	       ticket_begin(&op->ticket, op->dc, &op->steps);
}

/* ---- Who ------------------------------------------------------------------- */

/* What the machine's file may have, the likeliest first. */
static const char *const secrets[] = { "password", "pending", "old" };

/* The controller took the one of this name. */
static void accept_secret(struct op *op, const char *name)
{
	step_forget(&op->steps);
	op->promoted = strcmp(name, "pending") == 0;
	op->password = op->promoted ? "password" : name;
	if (op->promoted)
		machine_promote(op->machine);
}

/* One of the passwords of the file is that of the account. */
static bool login_by_file(struct op *op)
{
	const char *account = machine_text(op->machine, "account");

	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		const char *password = machine_text(op->machine, secrets[i]);

		if (!*password)
			continue;
		if (ticket_by_password(&op->ticket, account, password,
				       &op->steps)) {
			accept_secret(op, secrets[i]);
			return true;
		}
		if (op->steps.code == ERROR_NO_LOGON_SERVERS)
			break;
	}
	return false;
}

/* Kerberos cannot be had; that it says no is another thing. */
static bool may_use_ntlm(struct op *op)
{
	uint32_t code = op->steps.code;

	if (!op->options->ntlm || (code != ERROR_NO_LOGON_SERVERS &&
				   code != ERROR_TIME_SKEW))
		return false;
	step_note(&op->steps, "NtlmFallback",
		  "no Kerberos (0x%x), so NTLM, which is allowed; nothing proves which controller this is",
		  code);
	step_forget(&op->steps);
	return op->ntlm = true;
}

bool op_login(struct op *op)
{
	const struct op_options *o = op->options;
	bool good;

	if (op->ntlm)
		return true;
	if (!o->user && !*machine_text(op->machine, "account"))
		return step_done(&op->steps, "KerberosAsReq", 1355,
				 "this machine is in no domain, or its secret cannot be read: who are you? (--user)");
	good = o->user ? ticket_by_password(&op->ticket, o->user, o->password,
					    &op->steps) : login_by_file(op);
	return good || may_use_ntlm(op);
}

void op_user(const struct op *op, char name[OP_USER_ROOM],
	     const char **password)
{
	const struct op_options *o = op->options;
	const char *user = o->user ? o->user :
			   machine_text(op->machine, "account");
	const char *at = strchr(user, '@');

	if (!op->ntlm)
		snprintf(name, OP_USER_ROOM, at ? "%.300s" : "%.300s@%.255s",
			 user, op->ticket.realm);
	else
		snprintf(name, OP_USER_ROOM, "%.*s",
			 at && strcasecmp(at + 1, op->ticket.realm) == 0 ?
			 (int)(at - user) : 300, user);
	*password = o->user ? o->password :
		    machine_text(op->machine, op->password ? op->password :
				 "password");
}

/* ---- The directory --------------------------------------------------------- */

/* "20261121182000.0Z" */
static bool check_clock(struct op *op)
{
	const char *text = dir_first(op->rootdse, "currentTime");
	struct tm tm = { 0 };
	long ahead;

	if (!strptime(text, "%Y%m%d%H%M%S", &tm))
		return true;		/* Kerberos will say it */
	ahead = (long)(timegm(&tm) - time(NULL));
	return step_done(&op->steps, "TimeCheck",
			 labs(ahead) > SKEW_SECONDS ? ERROR_TIME_SKEW : 0,
			 "the controller's clock is %ld seconds %s ours%s",
			 labs(ahead), ahead < 0 ? "behind" : "ahead of",
			 labs(ahead) > SKEW_SECONDS ?
			 "; set the time, Kerberos allows 300" : "");
}

static bool bind_as(struct op *op)
{
	char user[OP_USER_ROOM];
	const char *password;
	struct credential cred = { 0 };
	bool good;

	op_user(op, user, &password);
	good = credential_set_user(&cred, user) &&
	       credential_set_domain(&cred, op->dc->netbios_domain) &&
	       credential_set_password(&cred, password);
	good = good ? dir_bind_ntlm(&op->dir, op->dc->host, &cred) :
	       step_done(&op->steps, "ldap_sasl_bind", 87,
			 "user or password is too long");
	credential_wipe(&cred);
	return good;
}

static bool bind_by_ntlm(struct op *op)
{
	if (op->options->user)
		return bind_as(op);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		op->password = secrets[i];
		if (!*machine_text(op->machine, secrets[i]) || !bind_as(op))
			continue;
		accept_secret(op, secrets[i]);
		return true;
	}
	return false;
}

bool op_directory(struct op *op)
{
	if (!dir_open(&op->dir, op->dc->host, &op->steps, &op->rootdse) ||
	    (!check_clock(op) && !may_use_ntlm(op)) || !op_login(op))
		return false;
	return op->ntlm ? bind_by_ntlm(op) : dir_bind(&op->dir);
}

bool op_save(struct op *op, const char *state)
{
	int ret;

	machine_set(op->machine, "state", state);
	ret = machine_save(op->machine_path, op->machine);
	return step_done(&op->steps, "MachineSave", step_errno(-ret),
			 "%s, state %s%s%s", op->machine_path, state,
			 ret ? ": " : "", ret ? strerror(-ret) : "");
}

void op_end(struct op *op)
{
	dir_close(&op->dir);
	json_decref(op->rootdse);
	json_decref(op->machine);
	ticket_end(&op->ticket);
	dc_list_free(&op->list);
	steps_close(&op->steps);
	free(op->log_path);
	free(op->machine_path);
	free(op->keytab);
}
