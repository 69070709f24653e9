/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all operations on a domain begin with: log, controller, tickets, LDAP. */
#ifndef UNC_DOMAIN_OP_H
#define UNC_DOMAIN_OP_H

#include "dir.h"
#include "locate.h"
#include "machine.h"
#include "ticket.h"

/** enum op_ciphers - by which passwords may go within calls of SAMR */
enum op_ciphers {
	OP_AES,
	OP_RC4,
	OP_ANY_CIPHER,		/* AES where the server knows it */
};

/**
 * struct op_options - from a command line
 * @domain: NULL: the one that this machine is in
 * @server: controller; NULL: one that is found
 * @site: NULL: the one that we are in
 * @root: folder before all files of the machine; NULL: none
 * @keytab: instead of /etc/krb5.keytab; NULL
 * @user, @password: who does it; NULL: the machine itself
 * @flags: enum ping_flag that the controller must have
 * @ciphers: of passwords in SAMR
 * @ntlm: where Kerberos fails
 * @max_age_days: leave a password that is younger; 0: none is
 * @verbose: show each step
 */
struct op_options {
	const char *domain;
	const char *server;
	const char *site;
	const char *root;
	const char *keytab;
	const char *user;
	const char *password;
	uint32_t flags;
	enum op_ciphers ciphers;
	bool ntlm;
	unsigned int max_age_days;
	bool verbose;
};

/**
 * struct op - an operation
 * @options: of it
 * @steps: its log, and what failed
 * @machine: see machine.h
 * @machine_path, @keytab: files
 * @list, @dc: what was found
 * @ticket, @dir: see there
 * @rootdse: what the controller says of its directory
 * @password: which of those in @machine the controller took; NULL: none yet
 * @ntlm: Kerberos failed, and NTLM may be used
 * @promoted: the pending password was the good one, and now is the first
 * @touched: what was sent may have changed the directory; refused it has not
 */
struct op {
	const struct op_options *options;
	struct steps steps;
	json_t *machine;
	char *machine_path;
	char *keytab;
	char *log_path;
	struct dc_list list;
	const struct dc *dc;
	struct ticket ticket;
	struct dir dir;
	json_t *rootdse;
	const char *password;
	bool ntlm;
	bool promoted;
	bool touched;
};

/** op_begin - files and log; false: @steps says why, as for all below */
bool op_begin(struct op *op, const struct op_options *options, const char *what);

/**
 * op_locate - a controller of options->domain or the machine's, and Kerberos
 * @user: the account to ask it for, or NULL
 */
bool op_locate(struct op *op, const char *user);

/**
 * op_login - tickets for the user or, without one, for the machine
 *
 * Where no KDC answers, or the clocks differ, op->ntlm is set if options->ntlm
 * allows it, and the log says so.
 */
bool op_login(struct op *op);

#define OP_USER_ROOM 600

/**
 * op_user - who does it: NAME@REALM for Kerberos, for NTLM NAME alone where the
 * realm is this domain's
 * @password: receives the password, which belongs to @op
 */
void op_user(const struct op *op, char name[OP_USER_ROOM],
	     const char **password);

/** op_directory - LDAP, its clock beside ours, then op_login(), then bound, sealed */
bool op_directory(struct op *op);

/** op_save - write the machine's file */
bool op_save(struct op *op, const char *state);

void op_end(struct op *op);

#endif
