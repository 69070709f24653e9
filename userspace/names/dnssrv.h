/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers to questions for SRV records (RFC 2782), as DNS sends them. */
#ifndef UNC_NAMES_DNSSRV_H
#define UNC_NAMES_DNSSRV_H

#include "dnsmsg.h"

#define DNSMSG_TYPE_SRV	33
#define DNSSRV_MAX	64

/**
 * struct dnssrv - where a service is
 * @priority: the lowest is tried first
 * @weight: chance among those of one priority
 * @port: of the service
 * @target: name of the host
 */
struct dnssrv {
	u16 priority;
	u16 weight;
	u16 port;
	struct dnsname target;
};

/**
 * struct dnssrv_answer
 * @rcode: of the header; 3: there is no such name
 * @count: of @records, those beyond DNSSRV_MAX are left out
 * @records: as they came
 */
struct dnssrv_answer {
	u8 rcode;
	u32 count;
	struct dnssrv records[DNSSRV_MAX];
};

/**
 * dnssrv_answer_decode - the SRV records of a message's answer section
 * @why: name of the field that is wrong; may be NULL
 *
 * A target of the root alone ("the service is not here") is no record.
 *
 * Return: 0, or -EBADMSG.
 */
int dnssrv_answer_decode(const void *msg, u32 len, struct dnssrv_answer *answer,
			 const char **why);

/**
 * dnssrv_sort - into the order of trying: RFC 2782, "Usage rules"
 * @random: returns a number from 0 to @max; tests have their own
 */
void dnssrv_sort(struct dnssrv_answer *answer, u32 (*random)(u32 max));

#endif
