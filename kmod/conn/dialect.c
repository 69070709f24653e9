// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dialects that there are.  Those of a module of their own come with it when
 * a mount asks for them by name, and for no other reason.
 */
#include <linux/kmod.h>
#include "dialect.h"

static DEFINE_MUTEX(dialects_lock);
static LIST_HEAD(dialects);

/**
 * unc_dialect_register - offer a dialect
 * @dialect: stays as it is until unc_dialect_unregister()
 *
 * May sleep.
 */
void unc_dialect_register(struct unc_dialect *dialect)
{
	mutex_lock(&dialects_lock);
	list_add_tail(&dialect->link, &dialects);
	mutex_unlock(&dialects_lock);
}

/**
 * unc_dialect_unregister - the opposite of unc_dialect_register()
 * @dialect: no connection speaks it any more: each pins its module
 *
 * May sleep.
 */
void unc_dialect_unregister(struct unc_dialect *dialect)
{
	mutex_lock(&dialects_lock);
	list_del(&dialect->link);
	mutex_unlock(&dialects_lock);
}

static struct unc_dialect *find(bool smb1)
{
	struct unc_dialect *dialect, *found = NULL;

	mutex_lock(&dialects_lock);
	list_for_each_entry(dialect, &dialects, link)
		if (dialect->smb1 == smb1 && try_module_get(dialect->owner))
			found = dialect;
	mutex_unlock(&dialects_lock);
	return found;
}

/**
 * unc_dialect_get - the dialect that a policy demands
 * @policy: of a connection
 *
 * May sleep: loads uncfs_smb1.ko if nothing but SMB 1 is allowed.
 *
 * Return: the dialect, its module pinned, or NULL if it is not installed.
 */
struct unc_dialect *unc_dialect_get(const struct unc_policy *policy)
{
	bool smb1 = policy->dialect_max == UNC_DIALECT_SMB1;
	struct unc_dialect *dialect = find(smb1);

	if (!dialect && smb1) {
		request_module("uncfs_smb1");
		dialect = find(smb1);
	}
	return dialect;
}

/**
 * unc_dialect_put - the opposite of unc_dialect_get()
 * @dialect: the dialect
 *
 * Any context.
 */
void unc_dialect_put(struct unc_dialect *dialect)
{
	module_put(dialect->owner);
}
