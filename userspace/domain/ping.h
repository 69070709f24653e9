/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a domain controller answers to an LDAP ping ([MS-ADTS] 6.3.3): the value
 * of its attribute "Netlogon", a NETLOGON_SAM_LOGON_RESPONSE_EX (6.3.1.9).  It
 * answers the same to a ping by mailslot (6.3.5), which asks in a structure of
 * its own.  Pure codecs.
 */
#ifndef UNC_DOMAIN_PING_H
#define UNC_DOMAIN_PING_H

#include "dnsname.h"

/* NtVersion (6.3.1.1): what a client asks for, and what the answer has */
enum ping_version {
	PING_V5			= 0x00000002,
	PING_V5EX		= 0x00000004,
	PING_V5EX_WITH_IP	= 0x00000008,
	PING_WITH_CLOSEST_SITE	= 0x00000010,
};

/* Operation codes (6.3.1.3) */
enum ping_opcode {
	PING_REQUEST		= 18,
	PING_RESPONSE_EX	= 23,
	PING_PAUSED_EX		= 24,
	PING_USER_UNKNOWN_EX	= 25,
};

/* DS_FLAG (6.3.1.2) */
enum ping_flag {
	PING_PDC		= 0x00000001,
	PING_GC			= 0x00000004,
	PING_LDAP		= 0x00000008,
	PING_DS			= 0x00000010,
	PING_KDC		= 0x00000020,
	PING_TIMESERV		= 0x00000040,
	PING_CLOSEST		= 0x00000080,
	PING_WRITABLE		= 0x00000100,
};

/**
 * struct ping_answer - the message
 * @opcode: enum ping_opcode; the account that was asked for is known, or not
 * @flags: enum ping_flag and others, see ping_flag_name()
 * @guid: of the domain, as on the wire
 * @forest, @domain, @host: DNS names
 * @netbios_domain, @netbios_host: the short ones
 * @user: the account, empty when none was asked for
 * @dc_site, @client_site: names of sites; the client's is empty when its subnet
 *	has none
 * @next_site: the one that is next to the client's, when asked for
 * @version: of the answer
 */
struct ping_answer {
	u16 opcode;
	u32 flags;
	u8 guid[16];
	struct dnsname forest, domain, host;
	struct dnsname netbios_domain, netbios_host, user;
	struct dnsname dc_site, client_site, next_site;
	u32 version;
};

/**
 * ping_answer_decode - read it
 * @why: name of the field that is wrong; may be NULL
 *
 * Return: 0; -EBADMSG; -EOPNOTSUPP for an answer of another kind (NT 4).
 */
int ping_answer_decode(const void *data, u32 len, struct ping_answer *answer,
		       const char **why);

/**
 * struct ping_request - NETLOGON_SAM_LOGON_REQUEST, to a mailslot
 * @computer: our NetBIOS name
 * @user: the account to ask for; NULL: none
 * @mailslot: where the answer goes
 * @account_control: kinds of account that it may be ([MS-SAMR] 2.2.1.12)
 * @version: enum ping_version
 */
struct ping_request {
	const char *computer;
	const char *user;
	const char *mailslot;
	u32 account_control;
	u32 version;
};

/** ping_request_encode - Return: length; -EMSGSIZE; -EILSEQ for a name */
int ping_request_encode(void *buf, u32 cap, const struct ping_request *request);

/** ping_flag_name - of bit number @bit, as in the document; NULL: it has none */
const char *ping_flag_name(unsigned int bit);

/** ping_flag_meaning - the same in a few words */
const char *ping_flag_meaning(unsigned int bit);

#endif
