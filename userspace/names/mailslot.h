/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a datagram to a mailslot carries: SMB_COM_TRANSACTION with the
 * subcommand of [MS-MAIL] 2.2.1.  Pure codecs, for bytes that anybody may have
 * sent.
 */
#ifndef UNC_NAMES_MAILSLOT_H
#define UNC_NAMES_MAILSLOT_H

#include "cursor.h"

#define MAILSLOT_PREFIX		"\\MAILSLOT\\"
#define MAILSLOT_NAME_ROOM	128
/* What all but name and data take, the null behind the name too */
#define MAILSLOT_OVERHEAD	70

/**
 * struct mailslot - a message to a mailslot
 * @name: with "\MAILSLOT\" before it; in an answer, with as many letters of that
 *	in upper case as the sender liked
 * @priority: 0 to 9
 * @data: in the message
 */
struct mailslot {
	char name[MAILSLOT_NAME_ROOM];
	u16 priority;
	struct wire_blob data;
};

/** mailslot_name_good - "\MAILSLOT\" and something, of printable ASCII */
bool mailslot_name_good(const char *name);

/** mailslot_encode - Return: length; -EMSGSIZE; -EINVAL for the name */
int mailslot_encode(void *buf, u32 cap, const struct mailslot *slot);

/**
 * mailslot_decode - read one
 * @why: name of the field that is wrong; may be NULL
 *
 * Return: 0, or -EBADMSG for what is none.
 */
int mailslot_decode(const void *msg, u32 len, struct mailslot *slot,
		    const char **why);

#endif
