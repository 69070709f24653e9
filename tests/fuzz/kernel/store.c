// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's tables by number and by key, as lists. */
#include "../../../kmod/conn/lease.h"

/* Where the node of @index is, or would be. */
static struct xa_node **place(struct xarray *xa, unsigned long index)
{
	struct xa_node **at = &xa->first;

	while (*at && (*at)->index < index)
		at = &(*at)->next;
	return at;
}

static struct xa_node *node_at(struct xarray *xa, unsigned long index)
{
	struct xa_node *node = *place(xa, index);

	return node && node->index == index ? node : NULL;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	struct xa_node *node = node_at(xa, index);

	return node ? node->entry : NULL;
}

int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	struct xa_node **at = place(xa, index);
	struct xa_node *node;

	if (*at && (*at)->index == index)
		return 0;
	node = kzalloc(sizeof(*node), gfp);
	if (!node)
		return -ENOMEM;
	node->index = index;
	node->next = *at;
	*at = node;
	return 0;
}

/* Without @gfp, only what is reserved is stored: nobody waits for memory. */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	struct xa_node *node;
	void *old;

	if (gfp && xa_reserve(xa, index, gfp))
		return ERR_PTR(-ENOMEM);
	node = node_at(xa, index);
	if (!node)
		shim_die("xa_store() of what is not reserved");
	old = node->entry;
	node->entry = entry;
	return old;
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (xa_load(xa, index))
		return -EBUSY;
	if (xa_reserve(xa, index, gfp))
		return -ENOMEM;
	xa_store(xa, index, entry, gfp);
	return 0;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	struct xa_node **at = place(xa, index), *node = *at;
	void *entry;

	if (!node || node->index != index)
		return NULL;
	entry = node->entry;
	*at = node->next;
	free(node);
	return entry;
}

/* Here, only ever to take an entry out. */
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *new,
		 gfp_t gfp)
{
	void *entry = xa_load(xa, index);

	if (entry == old && !new)
		xa_erase(xa, index);
	return entry;
}

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max,
	      int filter)
{
	struct xa_node *node = *place(xa, *index);

	while (node && !node->entry)
		node = node->next;
	if (!node || node->index > max)
		return NULL;
	*index = node->index;
	return node->entry;
}

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max,
		    int filter)
{
	if (*index == max)
		return NULL;
	++*index;
	return xa_find(xa, index, max, filter);
}

void xa_destroy(struct xarray *xa)
{
	while (xa->first)
		xa_erase(xa, xa->first->index);
}

static void *object(struct rhash_head *head, const struct rhashtable_params *p)
{
	return (char *)head - p->head_offset;
}

int rhashtable_insert_fast(struct rhashtable *t, struct rhash_head *head,
			   const struct rhashtable_params p)
{
	head->next = t->first;
	t->first = head;
	return 0;
}

int rhashtable_remove_fast(struct rhashtable *t, struct rhash_head *head,
			   const struct rhashtable_params p)
{
	struct rhash_head **at = &t->first;

	while (*at && *at != head)
		at = &(*at)->next;
	if (!*at)
		shim_die("not in the hash table");
	*at = head->next;
	return 0;
}

void *rhashtable_lookup(struct rhashtable *t, const void *key,
			const struct rhashtable_params p)
{
	struct rhash_head *head;

	for (head = t->first; head; head = head->next)
		if (!memcmp((char *)object(head, &p) + p.key_offset, key,
			    p.key_len))
			return object(head, &p);
	return NULL;
}

/* The table of leases is the only one that is walked. */
void *rhashtable_walk_next(struct rhashtable_iter *iter)
{
	struct rhash_head *head = iter->next;

	if (!head)
		return NULL;
	iter->next = head->next;
	return container_of(head, struct unc_lease, node);
}
