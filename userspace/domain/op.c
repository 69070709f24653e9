// SPDX-License-Identifier: GPL-2.0-or-later
#include "op.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dccache.h"
#include "file.h"
#include "keytab.h"
#include "names.h"

#define SKEW_SECONDS	300	/* what KDCs allow, RFC 4120 1.6 */
#define ERROR_NO_SUCH_DOMAIN	1355
#define ERROR_TIME_SKEW		1398

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

/* One of the two passwords of the file is that of the account. */
static bool login_by_file(struct op *op)
{
	static const char *const names[] = { "password", "pending", "old" };
	const char *account = machine_text(op->machine, "account");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *password = machine_text(op->machine, names[i]);

		if (!*password)
			continue;
		if (ticket_by_password(&op->ticket, account, password,
				       &op->steps)) {
			step_forget(&op->steps);
			op->promoted = strcmp(names[i], "pending") == 0;
			if (op->promoted)
				machine_promote(op->machine);
			return true;
		}
	}
	return false;
}

bool op_login(struct op *op)
{
	const struct op_options *o = op->options;

	if (o->user)
		return ticket_by_password(&op->ticket, o->user, o->password,
					  &op->steps);
	if (!*machine_text(op->machine, "account"))
		return step_done(&op->steps, "KerberosAsReq", 1355,
				 "this machine is in no domain, or its secret cannot be read: who are you? (--user)");
	return login_by_file(op);
}

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

bool op_directory(struct op *op)
{
	return dir_open(&op->dir, op->dc->host, &op->steps, &op->rootdse) &&
	       check_clock(op) && op_login(op) && dir_bind(&op->dir);
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
