// SPDX-License-Identifier: GPL-2.0-only
/*
 * A mount refers to its credential by the name of the server.  A password that is
 * changed is changed in its key, which the share holds; one that was withdrawn and
 * given again is in another key, which has to be found.
 */
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/key.h>
#include "../upcall/upcall.h"
#include "share_inner.h"

/**
 * unc_share_key_again - look for another key if that of a share is withdrawn
 * @share: the share
 *
 * In the keyrings of who mounted it, as they are now.  Without another one the old
 * one stays, and reaching the share says what is wrong with it.
 *
 * Context: may sleep for memory; only by who reaches the share: its thread, or
 * with @share->reach held.
 */
void unc_share_key_again(struct unc_share *share)
{
	struct unc_target *target = &share->target;
	const struct cred *saved;
	struct key *key;

	if (!target->cred || !target->who.key || !key_validate(target->who.key))
		return;
	saved = override_creds(target->cred);
	key = unc_credential_find(target->net, target->host, 0);
	revert_creds(saved);
	if (IS_ERR_OR_NULL(key))
		return;
	key_put(target->who.key);
	target->who.key = key;
}
