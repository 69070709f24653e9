/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The LDAP ping ([MS-ADTS] 6.3.3) as a message: one search request in a
 * datagram (RFC 4511 over UDP), and its answer.  Pure codecs; what libldap has
 * of this is not built in Debian.
 */
#ifndef UNC_DOMAIN_CLDAP_H
#define UNC_DOMAIN_CLDAP_H

#include "der.h"

#define CLDAP_PORT	389
#define CLDAP_MAX	1024	/* of a question */

/**
 * struct cldap_ping - what to ask
 * @id: comes back in the answer; 1 to 32767
 * @domain: DNS name, NULL for the one the controller has
 * @host: our NetBIOS name; NULL: not told
 * @user: account to look for; NULL: none
 * @account_control: kinds of account that it may be ([MS-SAMR] 2.2.1.12)
 * @version: enum ping_version
 */
struct cldap_ping {
	uint16_t id;
	const char *domain;
	const char *host;
	const char *user;
	uint32_t account_control;
	uint32_t version;
};

/**
 * cldap_ping_encode - the question
 * @room: of CLDAP_MAX bytes
 * @message: the part of it that was filled
 *
 * Return: 0, or -EMSGSIZE when a name is too long.
 */
int cldap_ping_encode(const struct cldap_ping *ping, uint8_t room[CLDAP_MAX],
		      struct der_bytes *message);

/**
 * cldap_answer_decode - the value of "Netlogon" in an answer
 * @id: of the question
 * @value: the result, in @data
 *
 * Return: 0; -ENOENT: the server has nothing to say about that domain;
 * -EBADMSG: this is no answer to that question.
 */
int cldap_answer_decode(const void *data, size_t len, uint16_t id,
			struct der_bytes *value);

#endif
