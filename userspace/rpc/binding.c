// SPDX-License-Identifier: GPL-2.0-or-later
#include "binding.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- UUIDs -------------------------------------------------------------- */

#define UUID_DIGITS 36

bool rpc_uuid_parse(const char *text, size_t len, struct ndr_uuid *uuid)
{
	uint8_t bytes[16];
	size_t n = 0;

	if (len == UUID_DIGITS + 2 && text[0] == '{' && text[len - 1] == '}') {
		text++;
		len -= 2;
	}
	if (len != UUID_DIGITS)
		return false;
	for (size_t i = 0; i < len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		int c = tolower((unsigned char)text[i]);

		if (dash ? c != '-' : !isxdigit(c))
			return false;
		if (dash)
			continue;
		c = c <= '9' ? c - '0' : c - 'a' + 10;
		bytes[n / 2] = (uint8_t)(n % 2 ? bytes[n / 2] << 4 | c : c);
		n++;
	}
	uuid->time_low = (uint32_t)bytes[0] << 24 | bytes[1] << 16 |
			 bytes[2] << 8 | bytes[3];
	uuid->time_mid = (uint16_t)(bytes[4] << 8 | bytes[5]);
	uuid->time_hi_and_version = (uint16_t)(bytes[6] << 8 | bytes[7]);
	memcpy(uuid->rest, bytes + 8, 8);
	return true;
}

void rpc_uuid_format(const struct ndr_uuid *uuid, char text[RPC_UUID_TEXT])
{
	const uint8_t *r = uuid->rest;

	snprintf(text, RPC_UUID_TEXT,
		 "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
		 uuid->time_low, uuid->time_mid, uuid->time_hi_and_version,
		 r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]);
}

const char *rpc_level_name(enum rpc_level level)
{
	switch (level) {
	case RPC_LEVEL_CONNECT:
		return "connect";
	case RPC_LEVEL_CALL:
	case RPC_LEVEL_PKT:
	case RPC_LEVEL_INTEGRITY:
		return "sign";
	case RPC_LEVEL_PRIVACY:
		return "seal";
	default:
		return "none";
	}
}

/* ---- Options ------------------------------------------------------------ */

struct option {
	const char *name;
	enum rpc_level level;
	enum rpc_provider provider;
	bool ndr64;
	bool smb1;
};

static const struct option options[] = {
	{ .name = "connect", .level = RPC_LEVEL_CONNECT },
	{ .name = "packet", .level = RPC_LEVEL_INTEGRITY },
	{ .name = "sign", .level = RPC_LEVEL_INTEGRITY },
	{ .name = "integrity", .level = RPC_LEVEL_INTEGRITY },
	{ .name = "seal", .level = RPC_LEVEL_PRIVACY },
	{ .name = "privacy", .level = RPC_LEVEL_PRIVACY },
	{ .name = "spnego", .provider = RPC_PROVIDER_SPNEGO },
	{ .name = "ntlm", .provider = RPC_PROVIDER_NTLM },
	{ .name = "krb5", .provider = RPC_PROVIDER_KRB5 },
	{ .name = "schannel", .provider = RPC_PROVIDER_NETLOGON },
	{ .name = "ndr64", .ndr64 = true },
	{ .name = "smb2" },
	{ .name = "smb1", .smb1 = true },
};

static bool copy_text(char *to, size_t room, const char *text, size_t len)
{
	if (len >= room)
		return false;
	memcpy(to, text, len);
	to[len] = '\0';
	return true;
}

static bool known_option(struct rpc_binding *b, const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const struct option *o = &options[i];

		if (strlen(o->name) != len || strncasecmp(o->name, text, len))
			continue;
		if (o->level)
			b->level = o->level;
		if (o->provider)
			b->provider = o->provider;
		b->ndr64 |= o->ndr64;
		b->smb1 |= o->smb1;
		return true;
	}
	return false;
}

static bool has_prefix(const char *text, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	return len >= n && strncasecmp(text, prefix, n) == 0;
}

static bool number_parse(uint32_t *number, const char *text, size_t len)
{
	char digits[16], *end;
	unsigned long long value;

	if (!len || !isdigit((unsigned char)*text) ||
	    !copy_text(digits, sizeof(digits), text, len))
		return false;
	value = strtoull(digits, &end, 0);
	*number = (uint32_t)value;
	return !*end && value <= UINT32_MAX;
}

#define SMB_PORT "smb_port="

static bool port_parse(uint16_t *port, const char *text, size_t len)
{
	uint32_t number;

	if (!number_parse(&number, text, len) || !number || number > UINT16_MAX)
		return false;
	*port = (uint16_t)number;
	return true;
}

/* "name=value"; 1: there is no such name */
static int value_parse(struct rpc_binding *b, const char *text, size_t len)
{
	const struct {
		const char *name;
		char *to;
		size_t room;
	} values[] = {
		{ "endpoint=", b->endpoint, sizeof(b->endpoint) },
		{ "target_service=", b->service, sizeof(b->service) },
		{ "target_hostname=", b->target, sizeof(b->target) },
		{ "assoc_group_id=", NULL, 0 },
	};

	if (has_prefix(text, len, SMB_PORT))
		return port_parse(&b->smb_port, text + strlen(SMB_PORT),
				  len - strlen(SMB_PORT)) ? 0 : -EINVAL;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		size_t n = strlen(values[i].name);

		if (!has_prefix(text, len, values[i].name))
			continue;
		if (!values[i].to)
			return number_parse(&b->assoc_group, text + n,
					    len - n) ? 0 : -EINVAL;
		return copy_text(values[i].to, values[i].room, text + n,
				 len - n) ? 0 : -EINVAL;
	}
	return 1;
}

/* The first thing in the brackets is the endpoint unless it is an option. */
static int option_parse(struct rpc_binding *b, const char *text, size_t len,
			bool first, struct rpc_error *err)
{
	int shown = (int)(len < 64 ? len : 64), ret;

	if (known_option(b, text, len))
		return 0;
	ret = value_parse(b, text, len);
	if (ret == 1 && (!first || *b->endpoint))
		return rpc_fail(err, -EINVAL,
				"binding: there is no option \"%.*s\"", shown,
				text);
	if (ret == 1)
		ret = copy_text(b->endpoint, sizeof(b->endpoint), text, len) ?
		      0 : -EINVAL;
	return ret ? rpc_fail(err, ret, "binding: too long or no number: %.*s",
			      shown, text) : 0;
}

/* "[a,b,c]" */
static int brackets_parse(struct rpc_binding *b, const char *text,
			  struct rpc_error *err)
{
	const char *end = strchr(text, ']');
	bool first = true;
	int ret = 0;

	if (!end || end[1])
		return rpc_fail(err, -EINVAL,
				"binding: it does not end in one ]");
	for (text++; !ret && text < end; first = false) {
		size_t len;

		text += strspn(text, " ");
		len = strcspn(text, ",]");
		const char *next = text + len + 1;

		while (len && text[len - 1] == ' ')
			len--;
		if (len)
			ret = option_parse(b, text, len, first, err);
		text = next;
	}
	return ret;
}

/* ---- Parts -------------------------------------------------------------- */

static int host_parse(struct rpc_binding *b, const char *text, size_t len,
		      struct rpc_error *err)
{
	if (!len || !copy_text(b->host, sizeof(b->host), text, len))
		return rpc_fail(err, -EINVAL, "binding: %s host name",
				len ? "too long a" : "there is no");
	return strpbrk(b->host, " \t\n,]@") ?
	       rpc_fail(err, -EINVAL, "binding: \"%s\" is no host name",
			b->host) : 0;
}

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

/* //HOST[/pipe/NAME] up to the brackets */
static int path_parse(struct rpc_binding *b, const char *text, size_t len,
		      struct rpc_error *err)
{
	size_t host = 0;
	const char *sub;

	text += 2;
	len -= 2;
	while (host < len && !is_slash(text[host]))
		host++;
	b->protseq = RPC_NCACN_NP;
	sub = text + host;
	len -= host;
	while (len && is_slash(sub[len - 1]))
		len--;
	if (len && !has_prefix(sub + 1, len - 1, "pipe/") &&
	    !has_prefix(sub + 1, len - 1, "pipe\\"))
		return rpc_fail(err, -EINVAL,
				"binding: not of the form //HOST or //HOST/pipe/NAME");
	if (!copy_text(b->endpoint, sizeof(b->endpoint), sub, len))
		return rpc_fail(err, -EINVAL, "binding: too long a pipe's name");
	return host_parse(b, text, host, err);
}

/*
 * How long the host is: up to the bracket of endpoint and options. An address
 * with colons may stand in brackets of its own, which are taken away.
 */
static int host_length(const char **text, size_t *len, struct rpc_error *err)
{
	const char *end = strchr(*text, ']');

	if (**text != '[' || strcspn(*text, ":") > strcspn(*text, "]")) {
		*len = strcspn(*text, "[");
		return 0;
	}
	if (!end || (end[1] && end[1] != '['))
		return rpc_fail(err, -EINVAL,
				"binding: \"%.64s\" is no address", *text);
	++*text;
	*len = (size_t)(end - *text);
	return 0;
}

static int protocol_parse(struct rpc_binding *b, const char **text, size_t *len,
			  struct rpc_error *err)
{
	static const struct {
		const char *name;
		enum rpc_protseq protseq;
	} names[] = {
		{ "ncacn_np:", RPC_NCACN_NP },
		{ "ncacn_ip_tcp:", RPC_NCACN_IP_TCP },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i].name);

		if (!has_prefix(*text, *len, names[i].name))
			continue;
		b->protseq = names[i].protseq;
		*text += n;
		*len -= n;
		return 0;
	}
	return rpc_fail(err, -EINVAL,
			"binding: it begins with neither //, ncacn_np: nor ncacn_ip_tcp:");
}

static int object_parse(struct rpc_binding *b, const char **text,
			struct rpc_error *err)
{
	const char *at = strchr(*text, '@'), *open = strchr(*text, '[');

	if (!at || (open && open < at))
		return 0;
	if (!rpc_uuid_parse(*text, (size_t)(at - *text), &b->object))
		return rpc_fail(err, -EINVAL,
				"binding: what stands before @ is no UUID");
	b->has_object = true;
	*text = at + 1;
	return 0;
}

int rpc_binding_parse(const char *text, struct rpc_binding *binding,
		      struct rpc_error *err)
{
	size_t len;
	int ret;

	memset(binding, 0, sizeof(*binding));
	ret = object_parse(binding, &text, err);
	if (ret)
		return ret;
	len = strcspn(text, "[");
	if (len >= 2 && is_slash(text[0]) && is_slash(text[1])) {
		ret = path_parse(binding, text, len, err);
		text += len;
	} else {
		ret = protocol_parse(binding, &text, &len, err);
		if (!ret)
			ret = host_length(&text, &len, err);
		/* Some write the server as \\HOST here, too. */
		for (int i = 0; !ret && i < 2 && len && is_slash(*text); i++) {
			text++;
			len--;
		}
		if (!ret)
			ret = host_parse(binding, text, len, err);
		text += len;
		text += *text == ']';
	}
	if (!ret && *text)
		ret = brackets_parse(binding, text, err);
	if (ret)
		return ret;
	if (!binding->level)
		binding->level = binding->provider ? RPC_LEVEL_INTEGRITY :
			RPC_LEVEL_NONE;
	if (!binding->provider && binding->level > RPC_LEVEL_NONE)
		binding->provider = RPC_PROVIDER_SPNEGO;
	return 0;
}

static const char *provider_option(enum rpc_provider provider)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (provider && options[i].provider == provider)
			return options[i].name;
	return "";
}

int rpc_binding_format(const struct rpc_binding *b, char *text, size_t room)
{
	char object[RPC_UUID_TEXT + 1] = "", auth[64] = "", group[32] = "";
	char port[24] = "";

	if (b->has_object) {
		rpc_uuid_format(&b->object, object);
		strcat(object, "@");
	}
	if (b->level > RPC_LEVEL_NONE)
		snprintf(auth, sizeof(auth), ",%s,%s",
			 rpc_level_name(b->level),
			 provider_option(b->provider));
	if (b->assoc_group)
		snprintf(group, sizeof(group), ",assoc_group_id=0x%08x",
			 b->assoc_group);
	if (b->smb_port)
		snprintf(port, sizeof(port), ",smb_port=%u", b->smb_port);
	return snprintf(text, room, "%s%s:%s[%s%s%s%s%s%s%s%s%s%s]", object,
			b->protseq == RPC_NCACN_NP ? "ncacn_np" :
			"ncacn_ip_tcp", b->host, b->endpoint, auth,
			*b->service ? ",target_service=" : "", b->service,
			*b->target ? ",target_hostname=" : "", b->target, group,
			b->ndr64 ? ",ndr64" : "", b->smb1 ? ",smb1" : "", port);
}
