/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kmod/conn and kmod/smb2 use of the kernel, for one thread in user space.
 * Included before everything else (-include); headers of the kernel that user
 * space does not have are empty files, made by the Makefile from the sources'
 * own #include lines.
 *
 * Here: words, memory, counters.  things.h: lists, text, keys, tracepoints.
 * sync.h: locks, waiting, work.  store.h: tables.  crypto.h: hashes and ciphers.
 */
#ifndef UNC_FUZZ_KERNEL_H
#define UNC_FUZZ_KERNEL_H

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/socket.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/types.h>
#include "../../../kmod/wire/wire_os.h"

typedef __s16 s16;
typedef __s32 s32;
typedef unsigned short umode_t;
typedef unsigned int gfp_t;

#define ERESTARTSYS	512
#define PAGE_SIZE	4096UL
#define SZ_1M		(1024 * 1024)

/* Ends the run: the code under test broke a rule. */
__attribute__((noreturn, format(printf, 1, 2)))
void shim_die(const char *format, ...);

/* ---- Words ---------------------------------------------------------------- */

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define __printf(a, b)		__attribute__((format(printf, a, b)))
#define __always_unused		__attribute__((unused))
#define __read_mostly
#define READ_ONCE(x)		(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v)	((void)(*(volatile __typeof__(x) *)&(x) = (v)))
#define smp_load_acquire(p)	READ_ONCE(*(p))
#define smp_store_release(p, v)	WRITE_ONCE(*(p), v)
#define cmpxchg(p, old, new)	__sync_val_compare_and_swap(p, old, new)
#define container_of(p, type, member) \
	((type *)((char *)(p) - offsetof(type, member)))
#define min(a, b) ({ \
	__typeof__((a) + 0) __a = (a); __typeof__((b) + 0) __b = (b); \
	__a < __b ? __a : __b; })
#define max(a, b) ({ \
	__typeof__((a) + 0) __x = (a); __typeof__((b) + 0) __y = (b); \
	__x > __y ? __x : __y; })
#define min_t(t, a, b)		min((t)(a), (t)(b))
#define max_t(t, a, b)		max((t)(a), (t)(b))
#define min3(a, b, c)		min(min(a, b), c)
#define max3(a, b, c)		max(max(a, b), c)
#define clamp(v, lo, hi) \
	((__typeof__((v) + 0))((v) < (lo) ? (lo) : (v) > (hi) ? (hi) : (v)))
#define round_down(n, to)	((n) - (n) % (to))
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define swap(a, b) do { \
	__typeof__(a) __t = (a); (a) = (b); (b) = __t; } while (0)
#define offset_in_page(p)	((unsigned long)(p) & (PAGE_SIZE - 1))
#define size_add(a, b)		((size_t)(a) + (size_t)(b))
#define struct_size(p, member, n) \
	(sizeof(*(p)) + sizeof((p)->member[0]) * (size_t)(n))

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void *ptr)
{
	return (unsigned long)ptr >= (unsigned long)-4095;
}

static inline bool IS_ERR_OR_NULL(const void *ptr)
{
	return !ptr || IS_ERR(ptr);
}

static inline int PTR_ERR_OR_ZERO(const void *ptr)
{
	return IS_ERR(ptr) ? PTR_ERR(ptr) : 0;
}

static inline u64 get_unaligned_be64(const void *p)
{
	u64 v;

	memcpy(&v, p, sizeof(v));
	return be64toh(v);
}

#define WARN_ON_ONCE(c) \
	((c) ? shim_die("WARN_ON_ONCE(%s) at %s:%d", #c, __FILE__, __LINE__) : \
	       (void)0)

/* ---- Memory: of exactly the size asked for, and not always there ------------ */

enum {
	GFP_KERNEL,
	GFP_NOFS,
	__GFP_NOFAIL = 0x8000,
};

void *shim_alloc(size_t size, gfp_t gfp);
char *kasprintf(gfp_t gfp, const char *format, ...) __printf(2, 3);
char *kstrdup(const char *s, gfp_t gfp);
void *kmemdup(const void *from, size_t len, gfp_t gfp);

#define kmalloc(n, gfp)			shim_alloc(n, gfp)
#define kvmalloc(n, gfp)		shim_alloc(n, gfp)
#define kvmalloc_array(n, size, gfp)	shim_alloc((size_t)(n) * (size), gfp)
#define kfree(p)			free((void *)(p))
#define kvfree(p)			free((void *)(p))
#define kfree_sensitive(p)		free((void *)(p))
/* Nobody else runs, so nobody is looking. */
#define kfree_rcu(p, member)		free(p)

static inline void *kzalloc(size_t size, gfp_t gfp)
{
	void *p = shim_alloc(size, gfp);

	return p ? memset(p, 0, size) : NULL;
}

#define kvzalloc(n, gfp)		kzalloc(n, gfp)

static inline unsigned int memalloc_nofs_save(void)
{
	return 0;
}

static inline void memalloc_nofs_restore(unsigned int flags)
{
}

#define is_vmalloc_addr(p)		false
#define vmalloc_to_page(p)		((void *)(p))

/* ---- Counters --------------------------------------------------------------- */

typedef struct {
	int n;
} refcount_t;

typedef struct {
	int n;
} atomic_t;

typedef struct {
	u64 n;
} atomic64_t;

#define ATOMIC64_INIT(v)		{ (v) }
#define atomic_inc(a)			((void)(a)->n++)
#define atomic_dec(a)			((void)(a)->n--)
#define atomic_read(a)			((a)->n)
#define atomic64_read(a)		((a)->n)
#define atomic64_inc_return(a)		(++(a)->n)
#define refcount_set(r, v)		((void)((r)->n = (v)))
#define refcount_read(r)		((r)->n)

static inline bool atomic_add_unless(atomic_t *a, int add, int unless)
{
	if (a->n == unless)
		return false;
	a->n += add;
	return true;
}

static inline u64 atomic64_fetch_add_unless(atomic64_t *a, u64 add, u64 unless)
{
	u64 old = a->n;

	if (old != unless)
		a->n += add;
	return old;
}

static inline void refcount_inc(refcount_t *r)
{
	if (r->n <= 0)
		shim_die("a reference to what has none");
	r->n++;
}

static inline bool refcount_inc_not_zero(refcount_t *r)
{
	if (r->n)
		r->n++;
	return r->n;
}

static inline bool __refcount_dec_and_test(refcount_t *r, int *old)
{
	if (r->n <= 0)
		shim_die("a reference dropped that nobody has");
	*old = r->n--;
	return !r->n;
}

static inline bool refcount_dec_and_test(refcount_t *r)
{
	int old;

	return __refcount_dec_and_test(r, &old);
}

static inline void refcount_dec(refcount_t *r)
{
	if (refcount_dec_and_test(r))
		shim_die("the last reference dropped by refcount_dec()");
}

#include "things.h"
#include "sync.h"
#include "store.h"
#include "crypto.h"

#endif /* UNC_FUZZ_KERNEL_H */
