/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's tables by number and by key, as lists: there is little in them. */
#ifndef UNC_FUZZ_STORE_H
#define UNC_FUZZ_STORE_H

struct xa_node {
	struct xa_node	*next;
	unsigned long	index;
	void		*entry;		/* NULL: reserved */
};

struct xarray {
	struct xa_node	*first;		/* by index */
};

enum {
	XA_PRESENT,
};

static inline void xa_init(struct xarray *xa)
{
	xa->first = NULL;
}

void *xa_load(struct xarray *xa, unsigned long index);
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *new,
		 gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max,
	      int filter);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max,
		    int filter);
void xa_destroy(struct xarray *xa);

static inline bool xa_empty(const struct xarray *xa)
{
	return !xa->first;
}

#define xa_lock(xa)		((void)(xa))
#define xa_unlock(xa)		((void)(xa))
#define xa_mk_value(v)		((void *)((unsigned long)(v) << 1 | 1))
#define xa_to_value(entry)	((unsigned long)(entry) >> 1)
#define xa_is_err(entry)	IS_ERR(entry)

#define xa_for_each(xa, index, entry)					\
	for (index = 0, entry = xa_find(xa, &index, ULONG_MAX, XA_PRESENT); \
	     entry;							\
	     entry = xa_find_after(xa, &index, ULONG_MAX, XA_PRESENT))

struct rhash_head {
	struct rhash_head *next;
};

struct rhashtable {
	struct rhash_head *first;
};

struct rhashtable_params {
	size_t	key_len;
	size_t	key_offset;
	size_t	head_offset;
	bool	automatic_shrinking;
};

struct rhashtable_iter {
	struct rhash_head *next;
};

/* The only one, so that walking it needs no more than its head. */
static inline int rhashtable_init(struct rhashtable *t,
				  const struct rhashtable_params *p)
{
	t->first = NULL;
	return 0;
}

static inline void rhashtable_destroy(struct rhashtable *t)
{
	if (t->first)
		shim_die("a hash table ends with something in it");
}

int rhashtable_insert_fast(struct rhashtable *t, struct rhash_head *head,
			   const struct rhashtable_params p);
int rhashtable_remove_fast(struct rhashtable *t, struct rhash_head *head,
			   const struct rhashtable_params p);
void *rhashtable_lookup(struct rhashtable *t, const void *key,
			const struct rhashtable_params p);

#define rhashtable_walk_enter(t, iter)	((void)((iter)->next = (t)->first))
#define rhashtable_walk_start(iter)	((void)0)
#define rhashtable_walk_stop(iter)	((void)0)
#define rhashtable_walk_exit(iter)	((void)0)

void *rhashtable_walk_next(struct rhashtable_iter *iter);

#endif /* UNC_FUZZ_STORE_H */
