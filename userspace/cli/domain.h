/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The subcommands of unc domain; their argv[0] is "unc domain NAME". */
#ifndef UNC_CLI_DOMAIN_H
#define UNC_CLI_DOMAIN_H

int domain_find_main(int argc, char **argv);
int domain_info_main(int argc, char **argv);
int domain_join_main(int argc, char **argv);
int domain_leave_main(int argc, char **argv);
int domain_log_main(int argc, char **argv);
int domain_logon_main(int argc, char **argv);
int domain_lookup_main(int argc, char **argv);
int domain_passwd_main(int argc, char **argv);
int domain_policy_main(int argc, char **argv);
int domain_provision_main(int argc, char **argv);
int domain_register_main(int argc, char **argv);
int domain_rejoin_main(int argc, char **argv);
int domain_sites_main(int argc, char **argv);
int domain_status_main(int argc, char **argv);
int domain_test_main(int argc, char **argv);
int domain_trusts_main(int argc, char **argv);
int domain_unregister_main(int argc, char **argv);

#endif
