/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The subcommands of unc domain; their argv[0] is "unc domain NAME". */
#ifndef UNC_CLI_DOMAIN_H
#define UNC_CLI_DOMAIN_H

int domain_find_main(int argc, char **argv);

#endif
