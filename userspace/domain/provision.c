// SPDX-License-Identifier: GPL-2.0-or-later
#include "provision.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "keytab.h"
#include "krb5conf.h"
#include "names.h"
#include "odj.h"
#include "secret.h"
#include "sid.h"

#define DS_INET_ADDRESS	1
#define FIRST_KVNO	1	/* of an account that was just made */
#define ERROR_INVALID_DATA 13
#define METHOD_WRITE	"NetProvisionComputerAccount"
#define METHOD_READ	"NetRequestOfflineDomainJoin"

/* ---- Writing --------------------------------------------------------------- */

static json_t *domain_json(const struct op *op)
{
	const json_t *m = op->machine;
	char guid[37];

	guid_format(op->dc->answer.guid, guid);
	return json_pack("{s:{s:s}, s:{s:s}, s:{s:s}, s:s, s:s}",
			 "Name", "Buffer", machine_text(m, "netbios_domain"),
			 "DnsDomainName", "Buffer", machine_text(m, "domain"),
			 "DnsForestName", "Buffer", machine_text(m, "forest"),
			 "DomainGuid", guid,
			 "Sid", machine_text(m, "sid"));
}

static json_t *controller_json(const struct op *op)
{
	char host[DOMAIN_NAME_ROOM + 3], address[NAMES_ADDRESS_ROOM + 3];
	char guid[37];

	guid_format(op->dc->answer.guid, guid);
	snprintf(host, sizeof(host), "\\\\%s", op->dc->host);
	memcpy(address, "\\\\", 2);
	names_address_format(&op->dc->address, address + 2);
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:I, s:s, s:s}",
			 "DomainControllerName", host,
			 "DomainControllerAddress", address,
			 "DomainControllerAddressType", DS_INET_ADDRESS,
			 "DomainGuid", guid,
			 "DomainName", op->dc->domain,
			 "DnsForestName", op->dc->forest,
			 "Flags", (json_int_t)op->dc->answer.flags,
			 "DcSiteName", op->dc->site,
			 "ClientSiteName", op->dc->client_site);
}

static bool write_file(struct op *op, const char *path)
{
	json_t *blob = json_pack("{s:s, s:s, s:s, s:o, s:o, s:i}",
		"lpDomain", machine_text(op->machine, "domain"),
		"lpMachineName", machine_text(op->machine, "computer"),
		"lpMachinePassword", machine_text(op->machine, "pending"),
		"DnsDomainInfo", domain_json(op), "DcInfo",
		controller_json(op), "Options", 0);
	size_t len = 0;
	uint8_t *file = blob ? odj_encode(blob, machine_text(op->machine,
							     "account_sid"),
					  &len) : NULL;
	int ret = file ? file_replace(path, file, len, 0600) : -EINVAL;

	if (file)
		secret_wipe(file, len);
	free(file);
	json_decref(blob);
	return step_done(&op->steps, METHOD_WRITE, step_errno(-ret), "%s%s%s",
			 path, ret ? ": " : "", ret ? strerror(-ret) : "");
}

bool provision(struct op *op, const struct join_options *options,
	       const char *path)
{
	struct join_options wanted = *options;

	/* Whatever this machine is has nothing to do with that one. */
	json_decref(op->machine);
	op->machine = json_object();
	wanted.provision = true;
	return join(op, &wanted) && write_file(op, path);
}

/* ---- Reading --------------------------------------------------------------- */

static json_t *read_file(struct op *op, const char *path)
{
	uint8_t *file = malloc(ODJ_FILE_MAX + 1);
	FILE *from = fopen(path, "re");
	const char *why = NULL;
	json_t *blob = NULL;
	size_t len;

	if (!from || !file) {
		step_done(&op->steps, METHOD_READ, step_errno(errno), "%s: %s",
			  path, strerror(errno));
	} else {
		setvbuf(from, NULL, _IONBF, 0);
		len = fread(file, 1, ODJ_FILE_MAX + 1, from);
		blob = odj_decode(file, len, &why);
		secret_wipe(file, len);
		step_done(&op->steps, METHOD_READ,
			  blob ? 0 : ERROR_INVALID_DATA, "%s%s%s", path,
			  why ? ": " : "", why ? why : "");
	}
	if (from)
		fclose(from);
	free(file);
	return blob;
}

static const char *text_in(const json_t *object, const char *name)
{
	const json_t *found = json_object_get(object, name);
	const char *text = json_string_value(json_is_object(found) ?
				json_object_get(found, "Buffer") : found);

	return text ? text : "";
}

static void set_in_case(json_t *machine, const char *name, const char *text,
			int (*letter)(int))
{
	char made[DOMAIN_NAME_ROOM];

	snprintf(made, sizeof(made), "%.*s", DOMAIN_NAME_ROOM - 1, text);
	for (char *p = made; *p; p++)
		*p = (char)letter((unsigned char)*p);
	machine_set(machine, name, made);
}

static void take_domain(json_t *machine, const json_t *blob)
{
	const json_t *domain = json_object_get(blob, "DnsDomainInfo");
	const json_t *dc = json_object_get(blob, "DcInfo");
	const char *host = text_in(dc, "DomainControllerName");

	set_in_case(machine, "domain", text_in(domain, "DnsDomainName"),
		    tolower);
	set_in_case(machine, "realm", text_in(domain, "DnsDomainName"),
		    toupper);
	machine_set(machine, "netbios_domain", text_in(domain, "Name"));
	machine_set(machine, "forest", text_in(domain, "DnsForestName"));
	machine_set(machine, "sid", text_in(domain, "Sid"));
	machine_set(machine, "dc", host + strspn(host, "\\"));
	machine_set(machine, "site", text_in(dc, "ClientSiteName"));
}

/* False: something is missing without which there is no member. */
static bool take_blob(json_t *machine, const json_t *blob)
{
	const char *name = text_in(blob, "lpMachineName");
	const char *password = text_in(blob, "lpMachinePassword");
	char account[20], host[2 * DOMAIN_NAME_ROOM];

	take_domain(machine, blob);
	if (!*name || strlen(name) > 15 || !*password ||
	    !*machine_text(machine, "domain") ||
	    !*machine_text(machine, "netbios_domain"))
		return false;
	set_in_case(machine, "computer", name, toupper);
	snprintf(account, sizeof(account), "%.15s$",
		 machine_text(machine, "computer"));
	machine_set(machine, "account", account);
	snprintf(host, sizeof(host), "%.15s.%.250s", name,
		 machine_text(machine, "domain"));
	set_in_case(machine, "host", host, tolower);
	machine_set(machine, "pending", password);
	json_object_set_new(machine, "kvno", json_integer(FIRST_KVNO));
	return true;
}

static bool settle_offline(struct op *op)
{
	krb5_error_code code = krb5_init_context(&op->ticket.context);
	bool good;

	if (code)
		return step_done(&op->steps, "krb5_init_context", 8, "%d",
				 (int)code);
	good = op_save(op, "joining") &&
	       keytab_write(&op->ticket, op->keytab, op->machine,
			    machine_text(op->machine, "pending"), FIRST_KVNO,
			    &op->steps) &&
	       krb5conf_write(op);
	if (!good)
		return false;
	machine_promote(op->machine);
	return op_save(op, "joined");
}

bool join_offline(struct op *op, const char *path)
{
	json_t *blob;

	if (machine_is(op->machine, "joined"))
		return step_done(&op->steps, METHOD_READ, 2691,
				 "this machine is a member of %s: unc domain leave",
				 machine_text(op->machine, "domain"));
	blob = read_file(op, path);
	if (!blob)
		return false;
	json_decref(op->machine);
	op->machine = json_object();
	if (!take_blob(op->machine, blob)) {
		json_decref(blob);
		return step_done(&op->steps, METHOD_READ, ERROR_INVALID_DATA,
				 "%s: names or password are missing", path);
	}
	json_decref(blob);
	return settle_offline(op);
}
