/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists, text, chance, users, keys, namespaces, buffers and tracepoints. */
#ifndef UNC_FUZZ_THINGS_H
#define UNC_FUZZ_THINGS_H

/* ---- Lists ------------------------------------------------------------------ */

struct list_head {
	struct list_head *next, *prev;
};

static inline void INIT_LIST_HEAD(struct list_head *l)
{
	l->next = l;
	l->prev = l;
}

#define LIST_HEAD(l)		struct list_head l = { &(l), &(l) }

static inline bool list_empty(const struct list_head *l)
{
	return l->next == l;
}

static inline void list_add_tail(struct list_head *new, struct list_head *l)
{
	new->prev = l->prev;
	new->next = l;
	l->prev->next = new;
	l->prev = new;
}

static inline void list_del_init(struct list_head *e)
{
	e->prev->next = e->next;
	e->next->prev = e->prev;
	INIT_LIST_HEAD(e);
}

#define list_del(e)			list_del_init(e)
#define list_entry(p, type, member)	container_of(p, type, member)
#define list_for_each_entry(pos, head, member) \
	for (pos = list_entry((head)->next, __typeof__(*pos), member); \
	     &pos->member != (head); \
	     pos = list_entry(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_safe(pos, n, head, member) \
	for (pos = list_entry((head)->next, __typeof__(*pos), member), \
	     n = list_entry(pos->member.next, __typeof__(*pos), member); \
	     &pos->member != (head); \
	     pos = n, n = list_entry(n->member.next, __typeof__(*n), member))

/* ---- Text, chance, time of day ------------------------------------------------ */

#define UNC_LOG(...) \
	(getenv("UNC_FUZZ_LOG") ? (void)fprintf(stderr, __VA_ARGS__) : (void)0)
#define pr_warn_ratelimited(...)	UNC_LOG(__VA_ARGS__)
#define pr_notice_ratelimited(...)	UNC_LOG(__VA_ARGS__)
#define pr_info_ratelimited(...)	UNC_LOG(__VA_ARGS__)
#define vscnprintf(buf, n, f, a)	vsnprintf(buf, n, f, a)

static inline ssize_t strscpy(char *to, const char *from, size_t size)
{
	size_t len = strnlen(from, size - 1);

	memcpy(to, from, len);
	to[len] = '\0';
	return len;
}

void get_random_bytes(void *buf, size_t len);
#define get_random_once(buf, len)	get_random_bytes(buf, len)

typedef struct {
	u64 key[2];
} siphash_key_t;

u64 siphash(const void *data, size_t len, const siphash_key_t *key);
#define siphash_2u64(a, b, key) \
	siphash(((u64[]){ (a), (b) }), 16, key)
#define siphash_3u64(a, b, c, key) \
	siphash(((u64[]){ (a), (b), (c) }), 24, key)
#define siphash_4u64(a, b, c, d, key) \
	siphash(((u64[]){ (a), (b), (c), (d) }), 32, key)

#define ktime_get_real_ns()	1700000000000000000ULL
#define ktime_get_ns()		0ULL
#define div_u64(a, b)		((a) / (b))
#define NSEC_PER_USEC		1000

/* ---- Users, keys, namespaces, buffers ----------------------------------------- */

typedef struct {
	unsigned int val;
} kuid_t;

#define uid_eq(a, b)		((a).val == (b).val)
#define key_get(k)		((void)(k))
#define key_put(k)		((void)(k))

struct net {
	u64 net_cookie;
};

#define get_net(n)		(n)
#define put_net(n)		((void)(n))

#define sockaddr_storage	__kernel_sockaddr_storage

/* One module, which is always there. */
struct module;

#define try_module_get(m)	(!(m))
#define module_put(m)		((void)(m))
#define THIS_MODULE		NULL
#define __init
#define __exit
#define MODULE_LICENSE(text)
#define MODULE_DESCRIPTION(text)
#define MODULE_SOFTDEP(text)
/* uncfs_smb1.ko is the only module besides. */
#define module_init(fn)		int shim_module_init(void) { return fn(); }
#define module_exit(fn)		void shim_module_exit(void) { fn(); }

int shim_module_init(void);
void shim_module_exit(void);

#define request_module(name)	shim_die("no module %s here", name)

struct kvec {
	void *iov_base;
	size_t iov_len;
};

/* One piece of memory, read once. */
struct iov_iter {
	const u8 *at;
	size_t left;
};

#define iov_iter_count(i)	((i)->left)

static inline bool copy_from_iter_full(void *to, size_t len, struct iov_iter *i)
{
	if (len > i->left)
		return false;
	memcpy(to, i->at, len);
	i->at += len;
	i->left -= len;
	return true;
}

/* ---- Tracepoints: their arguments are evaluated, that is all ------------------- */

#define TP_PROTO(...)		__VA_ARGS__
#define TP_ARGS(...)
#define TP_STRUCT__entry(...)
#define TP_fast_assign(...)
#define TP_printk(...)
#define TRACE_DEFINE_ENUM(a)
#define TRACE_EVENT(name, proto, ...) \
	static inline void trace_##name(proto) {} \
	struct unc_fuzz_trace

#endif /* UNC_FUZZ_THINGS_H */
