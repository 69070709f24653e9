// SPDX-License-Identifier: GPL-2.0-only
/*
 * Answers of the agent: the good ones are taken, lying, truncated and changed
 * ones are refused or taken as something else, and nothing beside them is
 * read.  They go the way of real ones: policy first, decoder second.
 */
#include <kunit/test.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <net/netlink.h>
#include "../upcall/genl.h"
#include "../upcall/request.h"
#include "../upcall/upcall.h"

enum {
	ROOM	= 4096,
	COOKIE	= 42,
};

/* An answer under construction: attributes only. */
static struct sk_buff *answer_new(struct kunit *test, int error)
{
	struct sk_buff *skb = alloc_skb(ROOM, GFP_KERNEL);
	const u64 cookie = COOKIE;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	nla_put(skb, UNC_A_COOKIE, sizeof(cookie), &cookie);
	nla_put_s32(skb, UNC_A_ERROR, error);
	return skb;
}

static void put_addresses(struct sk_buff *skb, int count,
			  const struct sockaddr_storage *addr, int len)
{
	struct nlattr *nest = nla_nest_start(skb, UNC_A_ADDRESSES);

	while (count--)
		nla_put(skb, UNC_A_ADDRESS, len, addr);
	nla_nest_end(skb, nest);
}

static void put_done(struct sk_buff *skb, int key_len)
{
	static const u8 key[UNC_SESSION_KEY_MAX + 1] = { 1, 2, 3 };

	nla_put(skb, UNC_A_TOKEN, 5, "token");
	nla_put_flag(skb, UNC_A_DONE);
	nla_put(skb, UNC_A_SESSION_KEY, key_len, key);
	nla_put_string(skb, UNC_A_MECH, "krb5");
	nla_put_string(skb, UNC_A_PRINCIPAL, "alice\a@EXAMPLE.COM");
}

static struct unc_upcall *upcall_for(struct kunit *test,
				     const struct unc_upcall_kind *kind)
{
	const struct unc_question question = { .kind = kind };
	struct unc_upcall *up = unc_upcall_new(&question);

	KUNIT_ASSERT_NOT_NULL(test, up);
	return up;
}

/* Take @len bytes of attributes, from memory that ends with them. */
static int take(struct kunit *test, struct unc_upcall *up, const void *attrs,
		u32 len)
{
	struct nlattr *tb[UNC_ANSWER_ATTR_MAX + 1];
	void *copy = kmemdup(attrs, len, GFP_KERNEL);
	int err;

	KUNIT_ASSERT_NOT_NULL(test, copy);
	err = __nla_parse(tb, UNC_ANSWER_ATTR_MAX, copy, len,
			  unc_answer_policy, NL_VALIDATE_STRICT, NULL);
	if (!err && (!tb[UNC_A_COOKIE] || !tb[UNC_A_ERROR]))
		err = -EINVAL;
	if (!err)
		err = unc_upcall_decode(up, tb);
	kfree(copy);
	return err;
}

/* The whole of @skb is an answer, for which @err is expected; frees it. */
static void expect(struct kunit *test, const struct unc_upcall_kind *kind,
		   struct sk_buff *skb, int err)
{
	struct unc_upcall *up = upcall_for(test, kind);

	KUNIT_EXPECT_EQ(test, err, take(test, up, skb->data, skb->len));
	if (err == -EBADMSG) {
		KUNIT_EXPECT_EQ(test, -EBADMSG, up->error);
		KUNIT_EXPECT_EQ(test, UNC_STAGE_AGENT, up->why.stage);
	}
	unc_upcall_put(up);
	kfree_skb(skb);
}

static struct sockaddr_storage address(sa_family_t family)
{
	struct sockaddr_storage addr;

	memset(&addr, 0x11, sizeof(addr));
	addr.ss_family = family;
	return addr;
}

static void resolve_good(struct kunit *test)
{
	struct unc_upcall *up = upcall_for(test, &unc_resolve_kind);
	const struct sockaddr_storage addr = address(AF_INET6);
	struct sk_buff *skb = answer_new(test, 0);
	const struct unc_addresses *found = (const void *)up->answer;
	const struct sockaddr_in6 *in6 = (const void *)&found->addrs[1];

	put_addresses(skb, 2, &addr, sizeof(*in6));
	KUNIT_EXPECT_EQ(test, 0, take(test, up, skb->data, skb->len));
	KUNIT_EXPECT_EQ(test, 0, up->error);
	KUNIT_EXPECT_EQ(test, 2, found->count);
	KUNIT_EXPECT_EQ(test, AF_INET6, in6->sin6_family);
	KUNIT_EXPECT_EQ(test, 0, in6->sin6_port);
	KUNIT_EXPECT_EQ(test, 0, in6->sin6_flowinfo);
	KUNIT_EXPECT_EQ(test, 0x11, in6->sin6_addr.s6_addr[15]);
	unc_upcall_put(up);
	kfree_skb(skb);
}

static void resolve_lies(struct kunit *test)
{
	static const struct {
		int		count;
		sa_family_t	family;
		int		len;
		int		err;
	} lies[] = {
		{ UNC_ADDRESSES_MAX,	 AF_INET,  16, 0 },
		{ UNC_ADDRESSES_MAX + 1, AF_INET,  16, -EBADMSG },
		{ 0,			 AF_INET,  16, -EBADMSG },
		{ 1,			 AF_UNIX,  16, -EBADMSG },
		{ 1,			 AF_INET,  28, -EBADMSG },
		{ 1,			 AF_INET6, 16, -EBADMSG },
		{ 1,			 AF_INET6, 27, -EBADMSG },
		{ 1,			 AF_INET,  15, -ERANGE },
		{ 1,			 AF_INET6, 29, -ERANGE },
	};
	struct sockaddr_storage addr;
	struct sk_buff *skb;
	int i;

	for (i = 0; i < ARRAY_SIZE(lies); i++) {
		addr = address(lies[i].family);
		skb = answer_new(test, 0);
		put_addresses(skb, lies[i].count, &addr, lies[i].len);
		expect(test, &unc_resolve_kind, skb, lies[i].err);
	}
	expect(test, &unc_resolve_kind, answer_new(test, 0), -EBADMSG);
	skb = answer_new(test, 0);
	put_done(skb, 16);
	expect(test, &unc_resolve_kind, skb, -EBADMSG);
}

static void auth_good(struct kunit *test)
{
	struct unc_upcall *up = upcall_for(test, &unc_auth_kind);
	const struct unc_auth_reply *reply = (const void *)up->answer;
	struct sk_buff *skb = answer_new(test, 0);

	put_done(skb, 17);
	nla_put_u32(skb, UNC_A_LIFETIME, 3600);
	KUNIT_EXPECT_EQ(test, 0, take(test, up, skb->data, skb->len));
	KUNIT_EXPECT_TRUE(test, reply->done);
	KUNIT_EXPECT_EQ(test, 17, reply->key_len);
	KUNIT_EXPECT_EQ(test, 3, reply->key[2]);
	KUNIT_EXPECT_EQ(test, 5, reply->token_len);
	KUNIT_EXPECT_MEMEQ(test, reply->token, "token", 5);
	KUNIT_EXPECT_STREQ(test, reply->mech, "krb5");
	KUNIT_EXPECT_STREQ(test, reply->principal, "alice?@EXAMPLE.COM");
	KUNIT_EXPECT_EQ(test, 3600, reply->lifetime);
	unc_upcall_put(up);
	kfree_skb(skb);
	expect(test, &unc_auth_kind, answer_new(test, 0), 0);
}

static void auth_lies(struct kunit *test)
{
	static const struct {
		int	key_len;
		int	err;
	} keys[] = { { 15, -ERANGE }, { 16, 0 }, { 64, 0 }, { 65, -ERANGE } };
	const struct sockaddr_storage addr = address(AF_INET);
	struct sk_buff *skb;
	int i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		skb = answer_new(test, 0);
		put_done(skb, keys[i].key_len);
		expect(test, &unc_auth_kind, skb, keys[i].err);
	}
	skb = answer_new(test, 0);
	nla_put_flag(skb, UNC_A_DONE);
	expect(test, &unc_auth_kind, skb, -EBADMSG);
	skb = answer_new(test, 0);
	nla_put_string(skb, UNC_A_MECH, "krb5");
	expect(test, &unc_auth_kind, skb, 0);
	skb = answer_new(test, 0);
	nla_put_string(skb, UNC_A_PRINCIPAL, "alice");
	expect(test, &unc_auth_kind, skb, -EBADMSG);
	skb = answer_new(test, 0);
	nla_put_u32(skb, UNC_A_LIFETIME, 60);
	expect(test, &unc_auth_kind, skb, -EBADMSG);
	skb = answer_new(test, 0);
	nla_put(skb, UNC_A_MECH, 4, "krb5");
	expect(test, &unc_auth_kind, skb, -EINVAL);
	skb = answer_new(test, 0);
	put_addresses(skb, 1, &addr, sizeof(struct sockaddr_in));
	expect(test, &unc_auth_kind, skb, -EBADMSG);
}

static void refused(struct kunit *test)
{
	struct unc_upcall *up = upcall_for(test, &unc_auth_kind);
	struct sk_buff *skb = answer_new(test, -EACCES);

	nla_put_u32(skb, UNC_A_STAGE, UNC_STAGE_KDC);
	nla_put_string(skb, UNC_A_MESSAGE, "no\x1b[2J \xc2\x9bway");
	nla_put_u32(skb, UNC_A_GSS_MAJOR, 0x10000);
	nla_put_u32(skb, UNC_A_GSS_MINOR, 7);
	KUNIT_EXPECT_EQ(test, 0, take(test, up, skb->data, skb->len));
	KUNIT_EXPECT_EQ(test, -EACCES, up->error);
	KUNIT_EXPECT_EQ(test, UNC_STAGE_KDC, up->why.stage);
	KUNIT_EXPECT_STREQ(test, up->why.message, "no?[2J ??way");
	KUNIT_EXPECT_EQ(test, 0x10000, up->why.gss_major);
	KUNIT_EXPECT_EQ(test, 7, up->why.gss_minor);
	unc_upcall_put(up);
	kfree_skb(skb);

	skb = answer_new(test, -EACCES);
	put_done(skb, 16);
	expect(test, &unc_auth_kind, skb, -EBADMSG);
	expect(test, &unc_auth_kind, answer_new(test, 1), -ERANGE);
	expect(test, &unc_auth_kind, answer_new(test, -MAX_ERRNO - 1), -ERANGE);
}

/* errno values that only the kernel knows must not reach user space. */
static void refused_private(struct kunit *test)
{
	struct unc_upcall *up = upcall_for(test, &unc_resolve_kind);
	struct sk_buff *skb = answer_new(test, -512);

	KUNIT_EXPECT_EQ(test, 0, take(test, up, skb->data, skb->len));
	KUNIT_EXPECT_EQ(test, -EIO, up->error);
	KUNIT_EXPECT_EQ(test, UNC_STAGE_RESOLVE, up->why.stage);
	unc_upcall_put(up);
	kfree_skb(skb);
}

/* Truncated anywhere, or any byte changed: KASAN watches the ends. */
static void mangle(struct kunit *test, const struct unc_upcall_kind *kind,
		   struct sk_buff *skb)
{
	static const u8 values[] = { 0x00, 0x01, 0x03, 0x7f, 0x80, 0xff };
	struct unc_upcall *up;
	u32 at, i;
	u8 was;

	for (at = 1; at < skb->len; at++) {
		up = upcall_for(test, kind);
		take(test, up, skb->data, at);
		unc_upcall_put(up);
		was = skb->data[at];
		for (i = 0; i < ARRAY_SIZE(values); i++) {
			skb->data[at] = values[i];
			up = upcall_for(test, kind);
			take(test, up, skb->data, skb->len);
			unc_upcall_put(up);
		}
		skb->data[at] = was;
	}
	expect(test, kind, skb, 0);
}

static void mangled(struct kunit *test)
{
	const struct sockaddr_storage addr = address(AF_INET6);
	struct sk_buff *skb = answer_new(test, 0);

	put_addresses(skb, 2, &addr, sizeof(struct sockaddr_in6));
	mangle(test, &unc_resolve_kind, skb);
	skb = answer_new(test, 0);
	put_done(skb, 16);
	mangle(test, &unc_auth_kind, skb);
	skb = answer_new(test, -EACCES);
	nla_put_u32(skb, UNC_A_STAGE, UNC_STAGE_KDC);
	nla_put_string(skb, UNC_A_MESSAGE, "no way");
	mangle(test, &unc_auth_kind, skb);
}

static struct kunit_case upcall_cases[] = {
	KUNIT_CASE(resolve_good),
	KUNIT_CASE(resolve_lies),
	KUNIT_CASE(auth_good),
	KUNIT_CASE(auth_lies),
	KUNIT_CASE(refused),
	KUNIT_CASE(refused_private),
	KUNIT_CASE(mangled),
	{}
};

static struct kunit_suite upcall_suite = {
	.name		= "upcall",
	.test_cases	= upcall_cases,
};

kunit_test_suite(upcall_suite);
