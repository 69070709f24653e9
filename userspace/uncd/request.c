// SPDX-License-Identifier: GPL-2.0-or-later
#include "request.h"

#include <stdlib.h>
#include <string.h>

#include "secret.h"

/* Longest time the kernel may ask us to try; it asks for seconds. */
#define DEADLINE_MAX_MS (10 * 60 * 1000)
#define DEADLINE_DEFAULT_MS (30 * 1000)

/* Lengths of strings count their NUL byte, so one more than in uncfs.h. */
struct nla_policy request_policy[UNC_A_MAX + 1] = {
	[UNC_A_COOKIE]		= { .type = NLA_U64 },
	[UNC_A_KIND]		= { .type = NLA_U32 },
	[UNC_A_DEADLINE_MS]	= { .type = NLA_U32 },
	[UNC_A_HOST]		= { .type = NLA_STRING,
				    .maxlen = UNC_HOST_MAX + 1 },
	[UNC_A_EXCHANGE]	= { .type = NLA_U64 },
	[UNC_A_UID]		= { .type = NLA_U32 },
	[UNC_A_SEC]		= { .type = NLA_U32 },
	[UNC_A_USER]		= { .type = NLA_STRING,
				    .maxlen = UNC_USER_MAX + 1 },
	[UNC_A_DOMAIN]		= { .type = NLA_STRING,
				    .maxlen = UNC_DOMAIN_MAX + 1 },
	[UNC_A_PASSWORD]	= { .type = NLA_STRING,
				    .maxlen = UNC_PASSWORD_MAX + 1 },
	[UNC_A_STORE]		= { .type = NLA_STRING,
				    .maxlen = UNC_STORE_MAX + 1 },
	[UNC_A_TOKEN]		= { .type = NLA_UNSPEC,
				    .maxlen = UNC_TOKEN_MAX },
};

/* Copy a string attribute; false when it is longer than the field. */
static bool get_string(struct nlattr *attr, char *field, size_t room)
{
	size_t len;

	if (!attr)
		return true;
	len = strnlen(nla_data(attr), (size_t)nla_len(attr));
	if (len >= room)
		return false;
	memcpy(field, nla_data(attr), len);
	field[len] = '\0';
	return true;
}

static uint32_t get_u32(struct nlattr *attr, uint32_t missing)
{
	return attr ? nla_get_u32(attr) : missing;
}

static bool get_token(struct request *req, struct nlattr *attr)
{
	if (!attr)
		return true;
	if ((size_t)nla_len(attr) > UNC_TOKEN_MAX)
		return false;
	req->token_len = (size_t)nla_len(attr);
	memcpy(req->token, nla_data(attr), req->token_len);
	return true;
}

static const char *get_auth(struct request *req, struct nlattr **attrs)
{
	struct credential *cred = &req->cred;

	if (!attrs[UNC_A_EXCHANGE])
		return "the request has no exchange";
	req->exchange = nla_get_u64(attrs[UNC_A_EXCHANGE]);
	req->sec = get_u32(attrs[UNC_A_SEC], UNC_SEC_ANY);
	if (!get_string(attrs[UNC_A_USER], cred->user, sizeof(cred->user)) ||
	    !get_string(attrs[UNC_A_DOMAIN], cred->domain,
			sizeof(cred->domain)) ||
	    !get_string(attrs[UNC_A_PASSWORD], cred->password,
			sizeof(cred->password)) ||
	    !get_string(attrs[UNC_A_STORE], cred->store, sizeof(cred->store)))
		return "user, domain or password is too long";
	cred->has_user = *cred->user;
	cred->has_password = attrs[UNC_A_PASSWORD];
	if (!get_token(req, attrs[UNC_A_TOKEN]))
		return "the token is too long";
	return NULL;
}

const char *request_parse(struct request *req, struct nlattr **attrs)
{
	memset(req, 0, sizeof(*req));
	if (attrs[UNC_A_COOKIE])
		req->cookie = nla_get_u64(attrs[UNC_A_COOKIE]);
	req->kind = get_u32(attrs[UNC_A_KIND], 0);
	req->deadline_ms = get_u32(attrs[UNC_A_DEADLINE_MS],
				   DEADLINE_DEFAULT_MS);
	req->uid = get_u32(attrs[UNC_A_UID], 0);
	if (req->deadline_ms > DEADLINE_MAX_MS)
		req->deadline_ms = DEADLINE_MAX_MS;
	if (!get_string(attrs[UNC_A_HOST], req->host, sizeof(req->host)))
		return "the host name is too long";
	switch (req->kind) {
	case UNC_KIND_RESOLVE:
		return *req->host ? NULL : "the request has no host name";
	case UNC_KIND_AUTH:
		if (!*req->host)
			return "the request has no host name";
		return get_auth(req, attrs);
	case UNC_KIND_AUTH_END:
		return get_auth(req, attrs);
	}
	return "this kind of request is not known to this agent";
}

void request_forget_password(struct request *req)
{
	secret_wipe(req->cred.password, sizeof(req->cred.password));
}

void request_free(struct request *req)
{
	if (!req)
		return;
	secret_wipe(req, sizeof(*req));
	free(req);
}
