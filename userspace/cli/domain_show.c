// SPDX-License-Identifier: GPL-2.0-or-later
/* unc domain info, logon, sites, trusts: what a domain says of itself and of others. */
#include "cli.h"
#include "domain.h"
#include "domain_args.h"
#include "domaininfo.h"
#include "passthrough.h"

#define AS_WHOM \
"Asks as this machine, or as --user in the domain of USER@REALM.\n\n" DOMAIN_ARGS_HELP

int domain_info_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain info [OPTION]...\n"
		"Shows names, SID, levels and the policy for passwords of the domain.\n"
		AS_WHOM, "info", 0, NULL, domain_info, NULL,
	};

	return domain_action_main(&action, argc, argv);
}

int domain_logon_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain logon --user USER [OPTION]...\n"
		"Asks the domain over this machine's secure channel whether USER's password is\n"
		"right and who that is, as a file server would that USER reaches by NTLM.\n\n"
		DOMAIN_ARGS_HELP, "logon", 0, NULL, passthrough_check, NULL,
	};

	return domain_action_main(&action, argc, argv);
}

int domain_sites_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain sites [OPTION]...\n"
		"Lists sites: name, whether it is ours, subnets, controllers.\n"
		AS_WHOM, "sites", 0, NULL, domain_sites, NULL,
	};

	return domain_action_main(&action, argc, argv);
}

int domain_trusts_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain trusts [OPTION]...\n"
		"Lists the domains that the domain trusts or is trusted by, itself among them.\n"
		AS_WHOM, "trusts", 0, NULL, domain_trusts, NULL,
	};

	return domain_action_main(&action, argc, argv);
}
