// SPDX-License-Identifier: GPL-2.0-or-later
#include "object.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void get_text(struct nlattr *attr, char *text, size_t room)
{
	if (attr)
		snprintf(text, room, "%.*s", nla_len(attr),
			 (const char *)nla_data(attr));
}

static uint32_t get_u32(struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

static uint64_t get_u64(struct nlattr *attr)
{
	return attr ? nla_get_u64(attr) : 0;
}

static const char *address_text(struct nlattr *attr, char *text, size_t room)
{
	struct sockaddr_storage ss;
	size_t len = (size_t)nla_len(attr);

	memset(&ss, 0, sizeof(ss));
	memcpy(&ss, nla_data(attr), len < sizeof(ss) ? len : sizeof(ss));
	if (ss.ss_family == AF_INET)
		return inet_ntop(AF_INET,
				 &((struct sockaddr_in *)&ss)->sin_addr, text,
				 (socklen_t)room);
	if (ss.ss_family == AF_INET6)
		return inet_ntop(AF_INET6,
				 &((struct sockaddr_in6 *)&ss)->sin6_addr,
				 text, (socklen_t)room);
	return NULL;
}

static void get_addresses(struct nlattr *nest, struct object *object)
{
	struct nlattr *attr;
	char text[INET6_ADDRSTRLEN];
	size_t used = 0;
	int left;

	if (!nest)
		return;
	nla_for_each_nested(attr, nest, left) {
		if (!address_text(attr, text, sizeof(text)))
			continue;
		used += (size_t)snprintf(object->addresses + used,
					 sizeof(object->addresses) - used,
					 "%s%s", used ? " " : "", text);
		if (used >= sizeof(object->addresses))
			return;
	}
}

struct object *object_new(struct nlattr **attrs)
{
	struct object *object = calloc(1, sizeof(*object));

	if (!object)
		return NULL;
	object->kind = get_u32(attrs[UNC_A_OBJ_KIND]);
	object->id = get_u64(attrs[UNC_A_OBJ_ID]);
	object->parent = get_u64(attrs[UNC_A_OBJ_PARENT]);
	get_text(attrs[UNC_A_STATE], object->state, sizeof(object->state));
	get_text(attrs[UNC_A_HOST], object->host, sizeof(object->host));
	get_addresses(attrs[UNC_A_ADDRESSES], object);
	object->dialect = get_u32(attrs[UNC_A_DIALECT]);
	object->cipher = get_u32(attrs[UNC_A_CIPHER]);
	object->signing = get_u32(attrs[UNC_A_SIGNING]);
	object->credits = get_u32(attrs[UNC_A_CREDITS]);
	object->requests = get_u32(attrs[UNC_A_REQUESTS]);
	get_text(attrs[UNC_A_USER], object->user, sizeof(object->user));
	get_text(attrs[UNC_A_DOMAIN], object->domain, sizeof(object->domain));
	get_text(attrs[UNC_A_MECH], object->mech, sizeof(object->mech));
	object->uid = get_u32(attrs[UNC_A_UID]);
	object->flags = get_u32(attrs[UNC_A_FLAGS]);
	get_text(attrs[UNC_A_SHARE], object->share, sizeof(object->share));
	object->opens = get_u32(attrs[UNC_A_OPENS]);
	return object;
}

void object_free_all(struct object *list)
{
	while (list) {
		struct object *next = list->next;

		free(list);
		list = next;
	}
}

struct name {
	uint32_t value;
	const char *text;
};

static const char *name_of(const struct name *names, uint32_t value)
{
	static char unknown[16];

	for (; names->text; names++)
		if (names->value == value)
			return names->text;
	snprintf(unknown, sizeof(unknown), "0x%x", value);
	return unknown;
}

const char *object_dialect(const struct object *object)
{
	static const struct name names[] = {
		{ 0,      "none yet" },	{ 0x0100, "1.0" },
		{ 0x0202, "2.0.2" },
		{ 0x0210, "2.1" },	{ 0x0300, "3.0" },
		{ 0x0302, "3.0.2" },	{ 0x0311, "3.1.1" },
		{ 0, NULL }
	};

	return name_of(names, object->dialect);
}

const char *object_cipher(const struct object *object)
{
	static const struct name names[] = {
		{ 0, "none" },		{ 1, "AES-128-CCM" },
		{ 2, "AES-128-GCM" },	{ 3, "AES-256-CCM" },
		{ 4, "AES-256-GCM" },	{ 0, NULL }
	};

	return name_of(names, object->cipher);
}

const char *object_signing(const struct object *object)
{
	static const struct name names[] = {
		{ 0, "HMAC-SHA256" },	{ 1, "AES-CMAC" },
		{ 2, "AES-GMAC" },	{ 0x0100, "MD5" },
		{ 0, NULL }
	};

	return name_of(names, object->signing);
}

const struct object *object_child(const struct object *list, uint32_t kind,
				  uint64_t parent)
{
	while (list && (list->kind != kind || list->parent != parent))
		list = list->next;
	return list;
}
