/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Services as multicast DNS tells of them (RFC 6763), in answers to questions
 * of a program that is no responder itself (RFC 6762 6.7).  A pure codec, for
 * bytes that anybody may have sent.  Questions are those of llmnr.h.
 */
#ifndef UNC_NAMES_MDNS_H
#define UNC_NAMES_MDNS_H

#include "dnsmsg.h"

#define MDNS_PORT		5353
#define MDNS_SERVICES_MAX	16
#define MDNS_SMB		"_smb._tcp.local"

/**
 * struct mdns_service - an instance of a service
 * @name: of the instance, its first label, as \DDD where it is not printable
 * @target: name of its machine, or empty
 * @port: of the service
 * @has_address: @address is good
 * @address: IPv4, in network order
 */
struct mdns_service {
	char name[DNSNAME_LABEL_MAX * 4 + 1];
	struct dnsname instance;
	struct dnsname target;
	u16 port;
	bool has_address;
	u8 address[4];
};

/**
 * struct mdns_answer
 * @id: of the question
 * @count: of @services
 * @services: those of the type that was asked for
 */
struct mdns_answer {
	u16 id;
	u32 count;
	struct mdns_service services[MDNS_SERVICES_MAX];
};

/**
 * mdns_answer_decode - read one message
 * @type: the service that was asked for
 * @why: name of the field that is wrong; may be NULL
 *
 * Return: 0, or -EBADMSG for what is no good answer.
 */
int mdns_answer_decode(const void *msg, u32 len, const struct dnsname *type,
		       struct mdns_answer *answer, const char **why);

#endif
