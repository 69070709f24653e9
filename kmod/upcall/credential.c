// SPDX-License-Identifier: GPL-2.0-only
/*
 * The key type "uncfs": long-term credentials, made by user space, which can
 * never read them again.  The payload is described in kmod/uapi/uncfs.h.
 *
 * A key belongs to the network namespace in which it was made: "files" may be
 * another machine elsewhere, and its password is no business of that one's
 * agent.
 */
#include <crypto/utils.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/key-type.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/net_namespace.h>
#include <net/netlink.h>
#include "credential.h"
#include "upcall.h"

/**
 * struct unc_credential - payload of a key, immutable
 * @rcu: freed after a grace period, as it is read without the key's lock
 * @len: bytes of @data
 * @domain: where in @data the domain starts
 * @password: where in @data the password starts
 * @store: where in @data it is said where Kerberos finds more, 0 if it is not
 * @data: user, domain, password and possibly @store, each ended by NUL
 */
struct unc_credential {
	struct rcu_head	rcu;
	u16		len;
	u16		domain;
	u16		password;
	u16		store;
	char		data[];
};

static void credential_free_rcu(struct rcu_head *rcu)
{
	kfree_sensitive(container_of(rcu, struct unc_credential, rcu));
}

/* Take @cred from its key, whose lock is held for writing. */
static void credential_drop(struct unc_credential *cred)
{
	if (cred)
		call_rcu(&cred->rcu, credential_free_rcu);
}

/*
 * Length with NUL of the string at @at, which is one of at most @max bytes
 * within the @left bytes there; 0 if it is not.
 */
static size_t string_size(const char *at, size_t left, size_t max)
{
	size_t len = strnlen(at, left);

	return len < left && len <= max ? len + 1 : 0;
}

/* A fourth string, instead of a password; from @at to the end. */
static bool store_parse(const char *data, size_t len, size_t at,
			struct unc_credential *cred)
{
	const char *store = data + at;

	if (string_size(store, len - at, UNC_STORE_MAX) != len - at)
		return false;
	cred->store = at;
	return strstarts(store, "keytab:") || strstarts(store, "ccache:");
}

/* Three or four strings and nothing else, and a user must be named. */
static int credential_parse(const char *data, size_t len,
			    struct unc_credential *cred)
{
	size_t user, domain, password;

	user = string_size(data, len, UNC_USER_MAX);
	if (user < 2)
		return -EINVAL;
	domain = string_size(data + user, len - user, UNC_DOMAIN_MAX);
	if (!domain)
		return -EINVAL;
	password = string_size(data + user + domain, len - user - domain,
			       UNC_PASSWORD_MAX);
	if (!password)
		return -EINVAL;
	if (user + domain + password != len &&
	    (password != 1 || !store_parse(data, len, user + domain + 1, cred)))
		return -EINVAL;
	cred->domain = user;
	cred->password = user + domain;
	cred->len = len;
	memcpy(cred->data, data, len);
	return 0;
}

static int credential_preparse(struct key_preparsed_payload *prep)
{
	struct unc_credential *cred;
	int err;

	if (!prep->data || !prep->datalen ||
	    prep->datalen > UNC_KEY_PAYLOAD_MAX)
		return -EINVAL;
	cred = kzalloc(struct_size(cred, data, prep->datalen), GFP_KERNEL);
	if (!cred)
		return -ENOMEM;
	err = credential_parse(prep->data, prep->datalen, cred);
	if (err) {
		kfree_sensitive(cred);
		return err;
	}
	prep->payload.data[0] = cred;
	prep->quotalen = prep->datalen;
	return 0;
}

static void credential_free_preparse(struct key_preparsed_payload *prep)
{
	kfree_sensitive(prep->payload.data[0]);
}

/* A host name in lower case, or "*": whatever else would never be found. */
static int credential_vet_description(const char *desc)
{
	size_t len = strnlen(desc, UNC_HOST_MAX + 1);

	if (!len || len > UNC_HOST_MAX)
		return -EINVAL;
	for (; *desc; desc++)
		if (*desc <= ' ' || *desc == 0x7f ||
		    (*desc >= 'A' && *desc <= 'Z'))
			return -EINVAL;
	return 0;
}

/* The key's semaphore is held for writing. */
static int credential_update(struct key *key,
			     struct key_preparsed_payload *prep)
{
	struct unc_credential *old = NULL;
	int err = key_payload_reserve(key, prep->quotalen);

	if (err)
		return err;
	if (key_is_positive(key))
		old = dereference_key_locked(key);
	key->expiry = prep->expiry;
	rcu_assign_keypointer(key, prep->payload.data[0]);
	prep->payload.data[0] = NULL;
	credential_drop(old);
	return 0;
}

/* The key's semaphore is held for writing. */
static void credential_revoke(struct key *key)
{
	struct unc_credential *old = dereference_key_locked(key);

	key_payload_reserve(key, 0);
	rcu_assign_keypointer(key, NULL);
	credential_drop(old);
}

/* Nobody has a reference, and a grace period has passed. */
static void credential_destroy(struct key *key)
{
	kfree_sensitive(key->payload.data[0]);
}

/* Not the length: it would tell that of the password. */
static void credential_describe(const struct key *key, struct seq_file *m)
{
	seq_puts(m, key->description);
}

static struct key_type unc_key_type = {
	.name			= UNC_KEY_TYPE,
	.flags			= KEY_TYPE_NET_DOMAIN,
	.vet_description	= credential_vet_description,
	.preparse		= credential_preparse,
	.free_preparse		= credential_free_preparse,
	.instantiate		= generic_key_instantiate,
	.update			= credential_update,
	.revoke			= credential_revoke,
	.destroy		= credential_destroy,
	.describe		= credential_describe,
};

/* The key with this serial number, if the caller may search for it. */
static struct key *find_by_serial(s32 serial)
{
	struct key *key;
	key_ref_t ref;

	/* Negative numbers stand for keyrings, which would then be made. */
	if (serial < 0)
		return ERR_PTR(-EINVAL);
	ref = lookup_user_key(serial, 0, KEY_NEED_SEARCH);
	if (IS_ERR(ref))
		return ERR_CAST(ref);
	key = key_ref_to_ptr(ref);
	if (key->type != &unc_key_type) {
		key_put(key);
		return ERR_PTR(-EINVAL);
	}
	return key;
}

/*
 * The key with this description in the caller's keyrings.  NULL if there is
 * none, or only one that its owner has withdrawn.  Without callout
 * information no program is run to make one.
 */
static struct key *find_by_description(struct net *net, const char *desc)
{
	struct key *key = request_key_net(&unc_key_type, desc, net, NULL);

	if (key == ERR_PTR(-ENOKEY) || key == ERR_PTR(-EKEYREVOKED) ||
	    key == ERR_PTR(-EKEYEXPIRED))
		return NULL;
	return key;
}

/**
 * unc_credential_find - find the caller's credential for a host
 * @net: network namespace that a key must be of to be found by its name
 * @host: server name
 * @serial: serial number of the key, or 0 to search the caller's keyrings
 *	for the name in lower case and then for "*"
 *
 * Context: process, that of the user whose keys count; sleeps.
 * Return: a key, to be put by key_put(); NULL if @serial is 0 and there is
 * none; ERR_PTR: -ENOKEY, -EKEYREVOKED, -EKEYEXPIRED, -EACCES no permission
 * to search, -EINVAL not a key of this type, -ENAMETOOLONG, -ENOMEM.
 */
struct key *unc_credential_find(struct net *net, const char *host, s32 serial)
{
	struct key *key;
	char *desc, *p;

	if (serial)
		return find_by_serial(serial);
	if (strnlen(host, UNC_HOST_MAX + 1) > UNC_HOST_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	desc = kstrdup(host, GFP_KERNEL);
	if (!desc)
		return ERR_PTR(-ENOMEM);
	/* ASCII only; tolower() would change bytes of UTF-8 sequences. */
	for (p = desc; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	key = find_by_description(net, desc);
	kfree(desc);
	if (!key)
		key = find_by_description(net, "*");
	return key;
}

/**
 * unc_credential_equal - are two credentials the same?
 * @a: a key of this type, or NULL
 * @b: a key of this type, or NULL
 *
 * Whoever compares may be somebody else than who made the keys: the time it
 * takes does not depend on what is equal.
 *
 * Context: any but NMI.
 * Return: true if user, domain and password agree, or both are NULL, or both
 * are the same key.  A revoked key equals only itself.
 */
bool unc_credential_equal(struct key *a, struct key *b)
{
	const struct unc_credential *ca, *cb;
	bool equal;

	if (a == b)
		return true;
	if (!a || !b)
		return false;
	rcu_read_lock();
	ca = dereference_key_rcu(a);
	cb = dereference_key_rcu(b);
	equal = ca && cb && ca->len == cb->len &&
		!crypto_memneq(ca->data, cb->data, ca->len);
	rcu_read_unlock();
	return equal;
}

/**
 * unc_credential_user - whose credential is it?
 * @key: a key of this type
 * @user: where to put the user's name
 * @user_len: room there
 * @domain: where to put the domain, which may be empty
 * @domain_len: room there
 *
 * Context: any but NMI.
 * Return: 0; -ERANGE if they do not fit; -EKEYREVOKED.
 */
int unc_credential_user(struct key *key, char *user, size_t user_len,
			char *domain, size_t domain_len)
{
	const struct unc_credential *cred;
	int err = 0;

	rcu_read_lock();
	cred = dereference_key_rcu(key);
	if (!cred)
		err = -EKEYREVOKED;
	else if (strscpy(user, cred->data, user_len) < 0 ||
		 strscpy(domain, cred->data + cred->domain, domain_len) < 0)
		err = -ERANGE;
	rcu_read_unlock();
	return err;
}

/**
 * unc_credential_room - room that unc_credential_put() needs now
 * @key: a key of this type
 *
 * Return: bytes, 0 for a revoked key.  Context: any but NMI.
 */
size_t unc_credential_room(struct key *key)
{
	const struct unc_credential *cred;
	size_t room = 0;

	rcu_read_lock();
	cred = dereference_key_rcu(key);
	if (cred)
		room = nla_total_size(cred->domain) +
		       nla_total_size(cred->password - cred->domain) +
		       nla_total_size(cred->len - cred->password);
	rcu_read_unlock();
	return room;
}

/**
 * unc_credential_put - append a credential to a message for the agent
 * @skb: the message
 * @key: a key of this type
 *
 * The only place where a password leaves its key.  It is put last, so that
 * either the whole credential is there or no password.
 *
 * Context: any but NMI.
 * Return: 0; -EMSGSIZE if it does not fit; -EKEYREVOKED, -EKEYEXPIRED,
 * -ENOKEY if the key was invalidated.
 */
int unc_credential_put(struct sk_buff *skb, struct key *key)
{
	const struct unc_credential *cred;
	const char *domain;
	int err = key_validate(key);

	if (err)
		return err;
	rcu_read_lock();
	cred = dereference_key_rcu(key);
	if (!cred) {
		err = -EKEYREVOKED;
		goto out;
	}
	domain = cred->data + cred->domain;
	err = nla_put_string(skb, UNC_A_USER, cred->data);
	if (!err && *domain)
		err = nla_put_string(skb, UNC_A_DOMAIN, domain);
	if (!err && cred->store)
		err = nla_put_string(skb, UNC_A_STORE,
				     cred->data + cred->store);
	else if (!err)
		err = nla_put_string(skb, UNC_A_PASSWORD,
				     cred->data + cred->password);
out:
	rcu_read_unlock();
	return err;
}

/**
 * unc_credential_init - make the key type known
 *
 * Return: 0 or -errno.
 */
int unc_credential_init(void)
{
	return register_key_type(&unc_key_type);
}

/**
 * unc_credential_exit - forget the key type and all keys of it
 *
 * No key of this type may be in use by the module any more.
 */
void unc_credential_exit(void)
{
	unregister_key_type(&unc_key_type);
	/* credential_free_rcu() is part of the module. */
	rcu_barrier();
}
