// SPDX-License-Identifier: GPL-2.0-or-later
#include "join.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "keytab.h"
#include "krb5conf.h"
#include "secret.h"
#include "secure.h"

#define NAME_MAX_NETBIOS	15
#define DAY_SECONDS		86400
/* Results that have a Windows name; the log has them as Windows' would. */
#define ERROR_INVALID_COMPUTERNAME	1210
#define NERR_USER_EXISTS		2224
#define NERR_REUSE_BLOCKED		2732
#define NERR_SETUP_NOT_JOINED		2692
#define ERROR_NO_SUCH_USER		1317

/* ---- Names ----------------------------------------------------------------- */

/* Letters, digits and '-': what both NetBIOS and DNS take. */
static bool name_is_good(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > NAME_MAX_NETBIOS || name[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '-')
			return false;
	return strspn(name, "0123456789") < len;
}

static bool set_names(struct op *op, const struct join_options *o)
{
	char name[NAME_MAX_NETBIOS + 2], host[DOMAIN_NAME_ROOM];

	if (!step_done(&op->steps, "NetpValidateName", name_is_good(o->computer) ?
		       0 : ERROR_INVALID_COMPUTERNAME, "%s%s", o->computer,
		       name_is_good(o->computer) ? "" :
		       ": a name has up to 15 letters, digits and '-', and not only digits; use --computer"))
		return false;
	snprintf(name, sizeof(name), "%.15s", o->computer);
	for (char *p = name; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	machine_set(op->machine, "computer", name);
	if (o->host)
		snprintf(host, sizeof(host), "%s", o->host);
	else
		snprintf(host, sizeof(host), "%.15s.%.200s", name,
			 op->dc->domain);
	for (char *p = host; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	machine_set(op->machine, "host", host);
	strcat(name, "$");
	machine_set(op->machine, "account", name);
	return true;
}

static void set_domain(struct op *op)
{
	machine_set(op->machine, "domain", op->dc->domain);
	machine_set(op->machine, "netbios_domain", op->dc->netbios_domain);
	machine_set(op->machine, "forest", op->dc->forest);
	machine_set(op->machine, "realm", op->ticket.realm);
	machine_set(op->machine, "dc", op->dc->host);
	machine_set(op->machine, "site", op->dc->client_site);
}

static bool read_domain_sid(struct op *op)
{
	static const char *const wanted[] = { "objectSid", NULL };
	struct dir_search search = { NULL, LDAP_SCOPE_BASE, NULL, wanted };
	json_t *found = dir_search(&op->dir, &search);

	machine_set(op->machine, "sid",
		    dir_first(json_array_get(found, 0), "objectSid"));
	json_decref(found);
	return found && *machine_text(op->machine, "sid");
}

/* ---- The account ----------------------------------------------------------- */

/* Made by a join of this machine, however far that or a leave came? */
static bool is_our_own(const struct op *op)
{
	return machine_is(op->machine, "joining") ||
	       machine_is(op->machine, "joined") ||
	       machine_is(op->machine, "leaving");
}

static bool may_use(struct op *op, const struct account *account,
		    const struct join_options *o, bool ours)
{
	const char *dn = dir_first(account->object, "dn");

	if (!account->exists) {
		step_note(&op->steps, "NetpCheckAccount", "%s: not there yet",
			  machine_text(op->machine, "account"));
		return true;
	}
	if (!account->computer)
		return step_done(&op->steps, "NetpCheckAccount",
				 NERR_USER_EXISTS,
				 "%s has that name and is no computer; use --computer",
				 dn);
	if (ours || o->reuse)
		return step_done(&op->steps, "NetpCheckAccount", 0,
				 "%s: taken over (%s)", dn, ours ?
				 "this machine made it" : "--account-reuse");
	return step_done(&op->steps, "NetpCheckAccount", NERR_REUSE_BLOCKED,
			 "%s is there, made by somebody else; if it is this machine's, use --account-reuse",
			 dn);
}

/* Refused as a whole it changed nothing: this machine still is what it was. */
static void forget_secret(struct op *op, json_t *before)
{
	int ret;

	if (!before) {
		machine_set(op->machine, "pending", "");
		return;
	}
	ret = json_object_size(before) ?
	      machine_save(op->machine_path, before) :
	      machine_remove(op->machine_path);
	step_note(&op->steps, "MachineSave", "%s, as before%s%s",
		  op->machine_path, ret ? ": " : "",
		  ret ? strerror(-ret) : "");
	json_decref(op->machine);
	op->machine = json_incref(before);
}

/* Before anything is written there, the secret is on the disk here. */
static bool remember_secret(struct op *op, const struct join_options *o)
{
	char password[MACHINE_PASSWORD_ROOM];
	int ret = machine_password(password);

	if (ret)
		return step_done(&op->steps, "MachinePassword",
				 step_errno(-ret), "no random numbers");
	machine_set(op->machine, "pending", password);
	secret_wipe(password, sizeof(password));
	return o->provision || op_save(op, "joining");
}

static bool make_account(struct op *op, const struct account *account,
			 const struct join_options *o)
{
	const char *password = machine_text(op->machine, "pending");
	char *container;
	bool good;

	if (o->method == ACCOUNT_SAMR)
		return account_create_samr(op, password);
	if (account->exists)
		return account_reuse(op, account, password);
	container = o->ou ? strdup(o->ou) : account_container(op);
	good = container && account_create_ldap(op, container, password);
	free(container);
	return good;
}

static bool try_account(struct op *op, const struct account *account,
			const struct join_options *o)
{
	json_t *before = o->provision ? NULL : machine_load(op->machine_path);
	bool good = remember_secret(op, o);

	if (good && !make_account(op, account, o)) {
		good = false;
		if (!op->touched)
			forget_secret(op, before);
	}
	json_decref(before);
	return good;
}

/* What the directory made of it; SAMR leaves the names to LDAP. */
static bool read_back(struct op *op, const struct join_options *o)
{
	struct account account;
	const char *number;
	bool good = account_find(op, &account);

	if (good && !account.exists)
		good = step_done(&op->steps, "NetpReadAccount", 0x2030,
				 "the account is not there after it was made");
	if (good && o->method == ACCOUNT_SAMR)
		good = account_names(op, dir_first(account.object, "dn"));
	if (good) {
		number = dir_first(account.object, "msDS-KeyVersionNumber");
		machine_set(op->machine, "dn",
			    dir_first(account.object, "dn"));
		machine_set(op->machine, "account_sid",
			    dir_first(account.object, "objectSid"));
		json_object_set_new(op->machine, "kvno",
				    json_integer(strtol(number, NULL, 10)));
		step_done(&op->steps, "NetpReadAccount", 0, "%s, kvno %s",
			  machine_text(op->machine, "account_sid"), number);
	}
	account_free(&account);
	return good;
}

/* ---- On this machine ------------------------------------------------------- */

static unsigned int kvno_of(const struct op *op)
{
	return (unsigned int)json_integer_value(json_object_get(op->machine,
								"kvno"));
}

/* Is the keytab good? Without Kerberos only the secure channel can say. */
static bool try_keytab(struct op *op)
{
	if (!op->ntlm)
		return ticket_by_keytab(&op->ticket,
					machine_text(op->machine, "account"),
					op->keytab, &op->steps);
	step_note(&op->steps, "KerberosAsReq (keytab)",
		  "not tried: there is no Kerberos");
	return true;
}

static bool settle(struct op *op)
{
	const char *password = machine_text(op->machine, "pending");

	return keytab_write(&op->ticket, op->keytab, op->machine, password,
			    kvno_of(op), &op->steps) &&
	       try_keytab(op) && secure_check(op, password) &&
	       krb5conf_write(op);
}

/* ---- Join ------------------------------------------------------------------ */

/* A member of the same domain by the same name, whose secret is still good. */
static bool is_member(struct op *op, const struct join_options *o)
{
	const char *password = machine_text(op->machine, "password");
	bool good = machine_is(op->machine, "joined") && *password &&
		    strcasecmp(machine_text(op->machine, "domain"),
			       op->dc->domain) == 0 &&
		    strcasecmp(machine_text(op->machine, "computer"),
			       o->computer) == 0 &&
		    secure_check(op, password);

	step_forget(&op->steps);
	if (good)
		step_note(&op->steps, "NetpJoinDomain",
			  "this machine is a member already, its channel works: nothing to do");
	return good;
}

static bool do_join(struct op *op, const struct join_options *o,
		    const struct account *account)
{
	if (o->dry_run) {
		step_note(&op->steps, "NetpJoinDomain",
			  "dry run: %s would be %s in %s by %s, nothing is written",
			  machine_text(op->machine, "account"),
			  account->exists ? "taken over" : "created",
			  o->ou ? o->ou : "the domain's own folder",
			  o->method == ACCOUNT_SAMR ? "SAMR" : "LDAP");
		return true;
	}
	if (!try_account(op, account, o) || !read_back(op, o))
		return false;
	if (o->provision)
		return true;
	if (!settle(op))
		return false;
	machine_promote(op->machine);
	return op_save(op, "joined");
}

bool join(struct op *op, const struct join_options *options)
{
	struct account account = { 0 };
	bool good, ours;
	char user[20];

	snprintf(user, sizeof(user), "%.15s$", options->computer);
	if (!op_locate(op, user))
		return false;
	if (!options->dry_run && !options->again && is_member(op, options))
		return true;
	ours = is_our_own(op) &&
	       strcasecmp(machine_text(op->machine, "computer"),
			  options->computer) == 0;
	if (!set_names(op, options))
		return false;
	set_domain(op);
	good = op_directory(op) && read_domain_sid(op) &&
	       account_find(op, &account) &&
	       may_use(op, &account, options, ours) &&
	       do_join(op, options, &account);
	account_free(&account);
	if (good)
		return step_done(&op->steps, "NetpJoinDomain", 0, "%s",
				 op->dc->domain);
	step_note(&op->steps, "NetpJoinDomain", "status: 0x%x in %s",
		  op->steps.code, op->steps.name);
	return false;
}

static const char *why_no_member(const struct op *op)
{
	if (machine_is(op->machine, "joining"))
		return "a join of this machine came to no end: join again";
	if (machine_is(op->machine, "leaving"))
		return "this machine was about to leave and came to no end: leave again, or join";
	return "this machine is in no domain";
}

bool member_test(struct op *op)
{
	const char *account = machine_text(op->machine, "account");

	if (!machine_is(op->machine, "joined"))
		return step_done(&op->steps, "NetpTestMember",
				 NERR_SETUP_NOT_JOINED, "%s",
				 why_no_member(op));
	return op_locate(op, account) &&
	       ticket_by_keytab(&op->ticket, account, op->keytab, &op->steps) &&
	       op_login(op) &&
	       secure_check(op, machine_text(op->machine, "password"));
}

/* ---- Password -------------------------------------------------------------- */

static bool read_kvno(struct op *op)
{
	struct account account;
	const char *number;
	bool good = account_find(op, &account);

	number = dir_first(account.object, "msDS-KeyVersionNumber");
	if (good && *number)
		json_object_set_new(op->machine, "kvno",
				    json_integer(strtol(number, NULL, 10)));
	account_free(&account);
	return good;
}

static bool make_pending(struct op *op)
{
	char password[MACHINE_PASSWORD_ROOM];
	int ret = machine_password(password);

	if (!ret)
		machine_set(op->machine, "pending", password);
	secret_wipe(password, sizeof(password));
	return step_done(&op->steps, "MachinePassword", step_errno(-ret), "%s",
			 "a new one");
}

static bool set_pending(struct op *op)
{
	const char *pending = machine_text(op->machine, "pending");
	unsigned int kvno = kvno_of(op) + 1;

	if (!op_save(op, "joined") ||
	    !keytab_write(&op->ticket, op->keytab, op->machine, pending, kvno,
			  &op->steps) ||
	    !secure_set_password(op, machine_text(op->machine, "password"),
				 pending))
		return false;
	json_object_set_new(op->machine, "kvno",
			    json_integer((json_int_t)kvno));
	machine_promote(op->machine);
	return op_save(op, "joined");
}

/* One that is pending is always brought to its end. */
static bool is_young(const struct op *op)
{
	json_int_t changed = json_integer_value(json_object_get(op->machine,
								"changed"));
	json_int_t age = (json_int_t)time(NULL) - changed;

	return !*machine_text(op->machine, "pending") && age >= 0 &&
	       age < (json_int_t)op->options->max_age_days * DAY_SECONDS;
}

bool change_password(struct op *op)
{
	if (!machine_is(op->machine, "joined"))
		return step_done(&op->steps, "NetpChangePassword",
				 NERR_SETUP_NOT_JOINED, "%s",
				 why_no_member(op));
	if (is_young(op)) {
		step_note(&op->steps, "NetpChangePassword",
			  "younger than %u days: left as it is",
			  op->options->max_age_days);
		return true;
	}
	if (!op_locate(op, NULL) || !op_directory(op) || !read_kvno(op))
		return false;
	if (op->promoted) {
		step_note(&op->steps, "NetpChangePassword",
			  "an earlier change had reached the directory");
		return keytab_write(&op->ticket, op->keytab, op->machine,
				    machine_text(op->machine, "password"),
				    kvno_of(op), &op->steps) &&
		       op_save(op, "joined");
	}
	if (!*machine_text(op->machine, "pending") && !make_pending(op))
		return false;
	return set_pending(op);
}

/* ---- Leave ----------------------------------------------------------------- */

/*
 * A member has an account. That this controller knows of none may mean that only
 * another one does yet: then it would stay behind, and nobody would have said so.
 */
static bool account_missing(struct op *op)
{
	const char *account = machine_text(op->machine, "account");

	if (machine_is(op->machine, "joined"))
		return step_done(&op->steps, "NetpUnjoinDomain",
				 ERROR_NO_SUCH_USER,
				 "%s knows no account %s: it was deleted, or only another controller has it yet; --server asks that one, --local leaves without",
				 op->dc->host, account);
	step_note(&op->steps, "NetpUnjoinDomain",
		  "%s knows no account %s: nothing is left to do there",
		  op->dc->host, account);
	return true;
}

/* The secret is no good from here on, wherever this is interrupted. */
static bool give_up(struct op *op, const struct account *account, bool delete)
{
	const char *dn = dir_first(account->object, "dn");
	char before[16];
	bool good;

	snprintf(before, sizeof(before), "%s",
		 machine_text(op->machine, "state"));
	if (!op_save(op, "leaving"))
		return false;
	if (delete)
		op->steps.need = "the right \"Delete\" on the account";
	good = delete ? dir_delete(&op->dir, dn) :
			account_disable(op, account);
	/* Refused it is a member as before; without an answer nobody knows. */
	if (!good && !step_lost(&op->steps)) {
		machine_set(op->machine, "state", before);
		machine_save(op->machine_path, op->machine);
	}
	return good;
}

static bool leave_directory(struct op *op, bool delete)
{
	struct account account = { 0 };
	bool good = op_locate(op, NULL) && op_directory(op) &&
		    account_find(op, &account);

	if (good)
		good = account.exists ? give_up(op, &account, delete) :
					account_missing(op);
	account_free(&account);
	return good;
}

bool leave(struct op *op, bool delete, bool local)
{
	int ret;

	if (!*machine_text(op->machine, "account"))
		return step_done(&op->steps, "NetpUnjoinDomain",
				 NERR_SETUP_NOT_JOINED, "%s",
				 why_no_member(op));
	if (!local && !leave_directory(op, delete))
		return false;
	if (!op->ticket.context && krb5_init_context(&op->ticket.context))
		return step_done(&op->steps, "krb5_init_context", 8, "%s", "");
	if (!keytab_remove(&op->ticket, op->keytab, op->machine, &op->steps) ||
	    !krb5conf_remove(op))
		return false;
	ret = machine_remove(op->machine_path);
	return step_done(&op->steps, "NetpUnjoinDomain", step_errno(-ret),
			 "%s", machine_text(op->machine, "domain"));
}
