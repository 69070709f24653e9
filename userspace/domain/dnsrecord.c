// SPDX-License-Identifier: GPL-2.0-or-later
#include "dnsrecord.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dnsname.h"

#define TTL_SECONDS	1200	/* as Windows registers its own */
#define TIMEOUT_TEXT	"10"	/* seconds for each of nsupdate's tries */
#define CACHE_ROOM	64
#define OUTPUT_ROOM	300

/* ---- What is asked for ------------------------------------------------------ */

/* The name becomes part of a script: it must be a name and nothing more. */
static bool name_is_safe(const char *name)
{
	struct dnsname parsed;

	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") ==
	       strlen(name) && dnsname_from_text(&parsed, name);
}

static bool address_text(const struct ifaddrs *at, char text[INET6_ADDRSTRLEN])
{
	const struct sockaddr_in6 *six = (const void *)at->ifa_addr;
	const struct sockaddr_in *four = (const void *)at->ifa_addr;

	if (!at->ifa_addr || (at->ifa_flags & IFF_LOOPBACK) ||
	    !(at->ifa_flags & IFF_UP))
		return false;
	if (at->ifa_addr->sa_family == AF_INET)
		return inet_ntop(AF_INET, &four->sin_addr, text,
				 INET6_ADDRSTRLEN);
	return at->ifa_addr->sa_family == AF_INET6 &&
	       !IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr) &&
	       inet_ntop(AF_INET6, &six->sin6_addr, text, INET6_ADDRSTRLEN);
}

static unsigned int add_addresses(int script, const char *name)
{
	char text[INET6_ADDRSTRLEN];
	struct ifaddrs *list = NULL;
	unsigned int count = 0;

	if (getifaddrs(&list))
		return 0;
	for (const struct ifaddrs *at = list; at; at = at->ifa_next) {
		if (!address_text(at, text))
			continue;
		dprintf(script, "update add %s. %d %s %s\n", name, TTL_SECONDS,
			strchr(text, ':') ? "AAAA" : "A", text);
		count++;
	}
	freeifaddrs(list);
	return count;
}

/* A descriptor to read the script from; -1: @op->steps has why not. */
static int make_script(struct op *op, const char *name, bool add)
{
	int script = memfd_create("nsupdate", MFD_CLOEXEC);
	unsigned int count = 0;

	if (script < 0) {
		step_done(&op->steps, "DnsUpdate", 8, "%s", strerror(errno));
		return -1;
	}
	dprintf(script, "server %s\nzone %s.\nupdate delete %s. A\n"
		"update delete %s. AAAA\n", op->dc->host, op->dc->domain, name,
		name);
	if (add)
		count = add_addresses(script, name);
	dprintf(script, "send\nquit\n");
	lseek(script, 0, SEEK_SET);
	if (count || !add)
		return script;
	step_done(&op->steps, "DnsUpdate", 87,
		  "this machine has no address that others could reach");
	close(script);
	return -1;
}

/* ---- Tickets for another process --------------------------------------------- */

/* What this process has is in memory; a file in a folder of our own, for a moment. */
static krb5_error_code export_tickets(struct op *op, char folder[CACHE_ROOM],
				      char name[CACHE_ROOM + 16])
{
	krb5_context context = op->ticket.context;
	krb5_principal who = NULL;
	krb5_ccache file = NULL;
	krb5_error_code code;

	strcpy(folder, "/tmp/unc-dns-XXXXXX");
	if (!mkdtemp(folder)) {
		folder[0] = '\0';
		return errno;
	}
	snprintf(name, CACHE_ROOM + 16, "FILE:%s/cache", folder);
	code = krb5_cc_resolve(context, name, &file);
	if (!code)
		code = krb5_cc_get_principal(context, op->ticket.cache, &who);
	if (!code)
		code = krb5_cc_initialize(context, file, who);
	if (!code)
		code = krb5_cc_copy_creds(context, op->ticket.cache, file);
	krb5_free_principal(context, who);
	if (file)
		krb5_cc_close(context, file);
	return code;
}

static void remove_tickets(const char *folder, const char *name)
{
	if (!*folder)
		return;
	unlink(name + strlen("FILE:"));
	rmdir(folder);
}

/* ---- nsupdate ----------------------------------------------------------------- */

static int spawn(int script, int output)
{
	char *const argv[] = { (char *)"nsupdate", (char *)"-g", (char *)"-t",
			       (char *)TIMEOUT_TEXT, NULL };
	posix_spawn_file_actions_t actions;
	pid_t child;
	int ret;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, script, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
	ret = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return ret ? -ret : child;
}

static void read_output(int output, char text[OUTPUT_ROOM])
{
	ssize_t len = pread(output, text, OUTPUT_ROOM - 1, 0);

	text[len > 0 ? len : 0] = '\0';
}

static bool run(struct op *op, int script, const char *name)
{
	int output = memfd_create("output", MFD_CLOEXEC), status = 0, child;
	char text[OUTPUT_ROOM] = "";
	bool good = false;

	if (output < 0)
		return step_done(&op->steps, "DnsUpdate", 8, "%s", name);
	child = spawn(script, output);
	if (child < 0) {
		step_done(&op->steps, "DnsUpdate", step_errno(-child),
			  "nsupdate: %s (is bind9-dnsutils installed?)",
			  strerror(-child));
	} else {
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
		read_output(output, text);
		/* 9005 is DNS_ERROR_RCODE_REFUSED. */
		good = step_done(&op->steps, "DnsUpdate", status ? 9005 : 0,
				 "%s, GSS-TSIG%s%s", name, *text ? ": " : "",
				 text);
	}
	close(output);
	return good;
}

static bool update(struct op *op, bool add)
{
	const char *name = machine_text(op->machine, "host");
	char folder[CACHE_ROOM] = "", cache[CACHE_ROOM + 16] = "";
	bool good = false;
	int script;

	if (!machine_is(op->machine, "joined"))
		return step_done(&op->steps, "DnsUpdate", 2692,
				 "this machine is in no domain");
	if (!name_is_safe(name))
		return step_done(&op->steps, "DnsUpdate", 123,
				 "\"%s\" is no name for DNS", name);
	if (!op_locate(op, NULL) || !op_login(op))
		return false;
	if (op->ntlm)
		return step_done(&op->steps, "DnsUpdate", 1311,
				 "DNS is written with Kerberos alone");
	script = make_script(op, name, add);
	if (script < 0)
		return false;
	if (export_tickets(op, folder, cache))
		step_done(&op->steps, "DnsUpdate", 8,
			  "tickets cannot be handed to nsupdate");
	else if (setenv("KRB5CCNAME", cache, 1) == 0)
		good = run(op, script, name);
	remove_tickets(folder, cache);
	close(script);
	return good;
}

bool dns_register(struct op *op)
{
	return update(op, true);
}

bool dns_unregister(struct op *op)
{
	return update(op, false);
}
