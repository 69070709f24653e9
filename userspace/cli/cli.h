/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the subcommands of unc share. */
#ifndef UNC_CLI_H
#define UNC_CLI_H

/*
 * A subcommand gets its own name as argv[0].  It returns the exit status:
 * 0 done, 1 not done (it said why), 2 wrong usage.
 */
#define UNC_OK		0
#define UNC_FAILED	1
#define UNC_USAGE	2

int computer_main(int argc, char **argv);
int doctor_main(int argc, char **argv);
int domain_main(int argc, char **argv);
int endpoints_main(int argc, char **argv);
int events_main(int argc, char **argv);
int group_main(int argc, char **argv);
int groups_main(int argc, char **argv);
int login_main(int argc, char **argv);
int logout_main(int argc, char **argv);
int lookup_main(int argc, char **argv);
int nbtstat_main(int argc, char **argv);
int passwd_main(int argc, char **argv);
int pipe_main(int argc, char **argv);
int print_main(int argc, char **argv);
int printers_main(int argc, char **argv);
int reg_main(int argc, char **argv);
int browse_main(int argc, char **argv);
int resolve_main(int argc, char **argv);
int rpc_main(int argc, char **argv);
int services_main(int argc, char **argv);
int sessions_main(int argc, char **argv);
int shares_main(int argc, char **argv);
int snapshots_main(int argc, char **argv);
int status_main(int argc, char **argv);
int time_main(int argc, char **argv);
int user_main(int argc, char **argv);
int users_main(int argc, char **argv);
int watch_main(int argc, char **argv);
int whoami_main(int argc, char **argv);

#endif
