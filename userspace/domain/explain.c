// SPDX-License-Identifier: GPL-2.0-or-later
#include "explain.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "winerror.h"

#define TEXT_MAX 100

/* [MS-ERREF] 2.2 and 2.3, and what each means when a machine joins. */
static const struct {
	uint32_t code;
	const char *meaning;
} meanings[] = {
	{ 0x5, "the account that joins may not do this: take one with the right, or let an administrator make the computer's account first" },
	{ 0x32, "the controller does not support this; is it too old, or read-only?" },
	{ 0x35, "the name leads to no server: look at DNS and at the way to port 445" },
	{ 0x43, "the server has no such share" },
	{ 0x52e, "user name or password is wrong" },
	{ 0x52f, "the account may not be used from here or now, or has an empty password" },
	{ 0x52d, "the password does not satisfy the policy of the domain" },
	{ 0x533, "the account is disabled or locked" },
	{ 0x525, "the directory has no such account: normal in the first search of a new machine, otherwise the name is wrong, or another controller does not know it yet" },
	{ 0x534, "a name has no SID: the account does not exist (yet), normal before it is created" },
	{ 0x51f, "no controller could be asked to check the password: look at the way to port 88" },
	{ 0x54b, "no controller of the domain was found: look at the name, at DNS (SRV records _ldap._tcp.dc._msdcs.DOMAIN) and at port 389/udp" },
	{ 0x54f, "something inside the server failed: its own log tells more" },
	{ 0x557, "the domain has no such member" },
	{ 0x569, "the account may not log on in this way" },
	{ 0x576, "clocks differ by more than Kerberos allows (5 minutes): set the time" },
	{ 0x6ba, "the server cannot be reached: is it up, are ports 135, 389, 445 and those above 49152 open?" },
	{ 0x6be, "a remote call ended without an answer: the server, or something between, closed the connection" },
	{ 0x6d9, "the endpoint mapper has no such interface: the service does not run there" },
	{ 0x6fb, "a trust between domains fails" },
	{ 0x6fd, "the secure channel fails: the machine's password here is not that of its account; rejoin" },
	{ 0x773, "the password must be changed first" },
	{ 0x4ba, "the name of this computer cannot be one: up to 15 letters, digits and '-'" },
	{ 0x8b0, "an account of that name is there already" },
	{ 0x8ac, "there is no group of that name" },
	{ 0x8ad, "there is no user of that name" },
	{ 0x8c5, "the password is too short, too simple, or was used before" },
	{ 0xa83, "this machine is a member of a domain already" },
	{ 0xa84, "this machine is in no domain" },
	{ 0xa99, "the machine must be restarted: no failure" },
	{ 0xaac, "an account of that name is there, and the policy of the domain (KB5020276) lets only its owner or a trusted one take it over: join as the owner, delete the account, or use --account-reuse if it is yours" },
	{ 0x2020, "the directory failed at this" },
	{ 0x2028, "the directory wants signing or channel binding (LDAP server signing requirements)" },
	{ 0x202f, "the value is not allowed there: often a password that is too simple, or an SPN that another account has" },
	{ 0x2030, "there is no such object: normal when it is to be created, otherwise a wrong --ou" },
	{ 0x2035, "the directory refuses: often a password without encryption, or too simple; or the quota of computers is used up" },
	{ 0x203a, "the LDAP server cannot be reached: port 389" },
	{ 0x2071, "an object of that name is there already" },
	{ 0x2098, "the right to create or write this object is missing" },
	{ 0x216d, "the quota of computers that this user may create (ms-DS-MachineAccountQuota) is used up" },
	{ 0x21c7, "another account has one of the SPNs" },
	{ 0xc0000022, "refused: the account that joins lacks the right for this, or the machine's password is wrong" },
	{ 0xc000005e, "no controller could be asked" },
	{ 0xc0000063, "an account of that name is there already" },
	{ 0xc0000064, "there is no such user" },
	{ 0xc000006a, "the password is wrong" },
	{ 0xc000006c, "the password does not satisfy the policy of the domain" },
	{ 0xc000006d, "user name or password is wrong" },
	{ 0xc0000072, "the account is disabled" },
	{ 0xc00000dc, "the controller's database is not available" },
	{ 0xc0000073, "none of the names has a SID: the account does not exist (yet)" },
	{ 0xc0000133, "clocks differ by more than 5 minutes: set the time" },
	{ 0xc000018b, "the controller has no account of this machine: another controller may not know it yet; else rejoin" },
	{ 0xc000018d, "the trust fails: the machine's password here is not that of its account; rejoin" },
	{ 0xc0000199, "an account for a machine cannot log on so" },
	{ 0xc00002e7, "the quota of computers that this user may create (ms-DS-MachineAccountQuota) is used up" },
	{ 0xc0000224, "the password must be changed first" },
	{ 0xc0000234, "the account is locked" },
	{ 0xc0000388, "the connection was weakened by somebody between, or the policies do not fit" },
};

const char *explain_code(uint32_t code)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].code == code)
			return meanings[i].meaning;
	return NULL;
}

/* ---- Lines ---------------------------------------------------------------- */

/* "11/21/2026 18:20:11:123 " */
static char *skip_time(char *line)
{
	static const char form[] = "dd/dd/dddd dd:dd:dd:ddd ";
	size_t i;

	for (i = 0; form[i]; i++) {
		if (form[i] == 'd' ? !isdigit((unsigned char)line[i]) :
				     line[i] != form[i])
			return NULL;
	}
	return line + i;
}

/* The last number in hex that looks like a result; Windows writes it in many ways. */
static bool find_code(const char *text, uint32_t *code)
{
	static const char *const before[] = {
		"status: ", "status ", "status = ", "returned: ", "returned ",
		"failed: ", "failed with ", "failed with error ", "error ",
		"error: ", "rc: ", "NetStatus: ", ": ", "=",
	};
	const char *at, *found = NULL;
	char *end;

	for (at = strstr(text, "0x"); at; at = strstr(at + 2, "0x"))
		for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
			size_t len = strlen(before[i]);

			if ((size_t)(at - text) >= len &&
			    strncasecmp(at - len, before[i], len) == 0)
				found = at;
		}
	if (!found)
		return false;
	*code = (uint32_t)strtoul(found, &end, 16);
	return end > found + 2 && end <= found + 10;
}

static json_t *piece(const char *text, size_t len)
{
	json_t *made = json_stringn(text, len < TEXT_MAX ? len : TEXT_MAX);

	return made ? made : json_string("?");
}

json_t *explain_line(char *line)
{
	char *rest = skip_time(line);
	const char *name, *meaning;
	uint32_t code = 0;
	json_t *json;
	size_t len;

	if (!rest || !find_code(rest, &code) || !code)
		return NULL;
	rest += strspn(rest, " \t");
	len = strcspn(rest, ": ");
	name = win_error_name(code);
	meaning = explain_code(code);
	json = json_pack("{s:o, s:o, s:o}", "time", piece(line, 23), "function",
			 piece(rest, len), "code",
			 json_sprintf("0x%x", code));
	json_object_set_new(json, "name", json_string(name ? name : ""));
	json_object_set_new(json, "meaning",
			    json_string(meaning ? meaning : ""));
	return json;
}
