/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How names are looked up: /etc/uncfs/uncd.conf, see uncd.conf(5). */
#ifndef UNC_NAMES_CONF_H
#define UNC_NAMES_CONF_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

#define NAMES_CONF_PATH		"/etc/uncfs/uncd.conf"
#define NAMES_WINS_MAX		4
#define NAMES_INTERFACES_MAX	8
#define NAMES_SCOPE_MAX		221	/* 255 less the name's own label */

enum names_source {
	NAMES_DNS,
	NAMES_WINS,
	NAMES_BROADCAST,
	NAMES_LLMNR,
	NAMES_MDNS,
	NAMES_WSD,
	NAMES_SOURCES
};

/** enum names_browse - who is asked which machines there are */
enum names_browse {
	NAMES_BROWSE_NETBIOS,
	NAMES_BROWSE_RAP,
	NAMES_BROWSE_MDNS,
	NAMES_BROWSE_WSD,
	NAMES_BROWSES
};

/** enum names_ciphers - by which a domain's passwords may go within calls */
enum names_ciphers {
	NAMES_AES,
	NAMES_RC4,
	NAMES_ANY_CIPHER,
	NAMES_CIPHERS
};

/** struct names_patience - @tries messages, @timeout_ms after each */
struct names_patience {
	unsigned int timeout_ms;
	unsigned int tries;
};

/**
 * struct names_conf - the configuration
 * @order: sources to ask, @order_count of them, each once
 * @wins: name servers, @wins_count of them
 * @scope: NetBIOS scope, "" for none
 * @interfaces: for broadcast and multicast, @interface_count; 0 for all
 * @broadcast: of NetBIOS name queries by broadcast
 * @unicast: of those to one machine
 * @llmnr: of LLMNR queries
 * @mdns: of multicast DNS queries
 * @wsd: of probes of WS-Discovery
 * @browse: sources for "unc browse", 1 << enum names_browse; 0 for none
 * @ciphers: of passwords, for "unc domain" and those like it
 * @ntlm: they may use NTLM where Kerberos fails
 */
struct names_conf {
	enum names_source order[NAMES_SOURCES];
	unsigned int order_count;
	struct in_addr wins[NAMES_WINS_MAX];
	unsigned int wins_count;
	char scope[NAMES_SCOPE_MAX + 1];
	char interfaces[NAMES_INTERFACES_MAX][16];
	unsigned int interface_count;
	struct names_patience broadcast;
	struct names_patience unicast;
	struct names_patience llmnr;
	struct names_patience mdns;
	struct names_patience wsd;
	unsigned int browse;
	enum names_ciphers ciphers;
	bool ntlm;
};

#define NAMES_WHY_ROOM 256

/** names_conf_default - what holds without a file: DNS, nothing else */
void names_conf_default(struct names_conf *conf);

/**
 * names_conf_load - read a file
 * @path: NULL for NAMES_CONF_PATH, which may be missing
 * @why: set to what is wrong, with file and line
 *
 * Return: false when it cannot be used; then @conf is the default.
 */
bool names_conf_load(struct names_conf *conf, const char *path,
		     char why[NAMES_WHY_ROOM]);

/** names_conf_parse - the same from memory; @text is changed */
bool names_conf_parse(struct names_conf *conf, char *text,
		      char why[NAMES_WHY_ROOM]);

/**
 * names_conf_override - settings from a command line
 * @order: as in the file, or NULL
 * @wins: as in the file, or NULL; with no @order the order is "dns wins"
 */
bool names_conf_override(struct names_conf *conf, char *order, char *wins,
			 char why[NAMES_WHY_ROOM]);

/** names_conf_browse - sources for "unc browse" from a command line */
bool names_conf_browse(struct names_conf *conf, char *words,
		       char why[NAMES_WHY_ROOM]);

/** names_conf_ciphers - "aes", "rc4" or "any" */
bool names_conf_ciphers(struct names_conf *conf, const char *word,
			char why[NAMES_WHY_ROOM]);

/** names_conf_ntlm - "never" or "fallback" */
bool names_conf_ntlm(struct names_conf *conf, const char *word,
		     char why[NAMES_WHY_ROOM]);

/** names_source_name - "dns", "wins", "broadcast", "llmnr", "mdns", "wsd" */
const char *names_source_name(enum names_source source);

/** names_browse_name - "netbios", "rap", "mdns", "wsd" */
const char *names_browse_name(enum names_browse source);

#endif
