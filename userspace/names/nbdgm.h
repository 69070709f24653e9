/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of the NetBIOS datagram service: RFC 1002 4.4.  Pure codecs, for
 * bytes that anybody may have sent.
 */
#ifndef UNC_NAMES_NBDGM_H
#define UNC_NAMES_NBDGM_H

#include "nbname.h"

#define NBDGM_PORT	138
/* RFC 1002 4.4: of a datagram that is not in parts; names take 68 of it. */
#define NBDGM_DATA_MAX	512
#define NBDGM_MAX	(14 + 2 * DNSNAME_WIRE_MAX + NBDGM_DATA_MAX)

enum nbdgm_type {
	NBDGM_UNIQUE	= 0x10,
	NBDGM_GROUP	= 0x11,
	NBDGM_BROADCAST	= 0x12,
};

/**
 * struct nbdgm - a datagram to a name
 * @type: what kind of name @to is
 * @id: of the sender's choice
 * @source: address of the sender, as it says
 * @port: where answers go, as it says
 * @from, @to: names
 * @data: in the message
 */
struct nbdgm {
	enum nbdgm_type type;
	u16 id;
	u8 source[4];
	u16 port;
	struct nbname from;
	struct nbname to;
	struct wire_blob data;
};

/**
 * nbdgm_encode - write one
 * @scope: of both names, "" for none
 *
 * Return: length; -EMSGSIZE; -EINVAL for a scope that cannot be.
 */
int nbdgm_encode(void *buf, u32 cap, const struct nbdgm *dgm,
		 const char *scope);

/**
 * nbdgm_decode - read one
 * @why: name of the field that is wrong; may be NULL
 *
 * Return: 0, or -EBADMSG for what is none, or only a part of one.
 */
int nbdgm_decode(const void *msg, u32 len, struct nbdgm *dgm,
		 const char **why);

#endif
