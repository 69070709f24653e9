/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One object of a UNC_CMD_STATUS dump. */
#ifndef UNC_CLI_OBJECT_H
#define UNC_CLI_OBJECT_H

#include <netlink/attr.h>
#include <stdint.h>

#include "uncfs.h"

#define OBJECT_TEXT_MAX 520

struct object {
	struct object *next;
	uint32_t kind;			/* enum unc_obj */
	uint64_t id;
	uint64_t parent;
	char state[32];
	/* connection */
	char host[UNC_HOST_MAX + 1];
	char addresses[OBJECT_TEXT_MAX];	/* blank between them */
	uint32_t dialect;
	uint32_t cipher;
	uint32_t signing;
	uint32_t credits;
	uint32_t requests;
	/* session */
	char user[UNC_USER_MAX + 1];
	char domain[UNC_DOMAIN_MAX + 1];
	char mech[32];
	uint32_t uid;
	uint32_t flags;			/* enum unc_session_flag */
	/* tree */
	char share[OBJECT_TEXT_MAX];
	uint32_t opens;
};

/* From a message's attributes; NULL: out of memory. */
struct object *object_new(struct nlattr **attrs);
void object_free_all(struct object *list);

/* Names as [MS-SMB2] has them; "0x..." for what we do not know. */
const char *object_dialect(const struct object *object);
const char *object_cipher(const struct object *object);
const char *object_signing(const struct object *object);

/* Next of @list (or @list itself) that is of @kind and belongs to @parent. */
const struct object *object_child(const struct object *list, uint32_t kind,
				  uint64_t parent);

#endif
