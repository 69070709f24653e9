// SPDX-License-Identifier: GPL-2.0-only
/*
 * snapshots: FSCTL_SRV_ENUMERATE_SNAPSHOTS on a handle.
 */
#include <linux/sizes.h>
#include <linux/slab.h>
#include "../wire/gmt.h"
#include "../wire/smb2_fsctl.h"
#include "verbs.h"

/* Some 1300 names; newest ones come first, older ones are left out. */
#define SNAPSHOTS_MAX	SZ_64K

static int take_names(const struct wire_blob *data, s64 *times, u32 room)
{
	struct wire_snapshots list;
	struct wire_in names;
	u32 nsec, n = 0;
	u64 when;
	int more = 0;

	if (wire_snapshots_decode(data, &list))
		return -EIO;
	wire_in_from(&names, &list.names);
	while (n < room && (more = wire_snapshot_next(&names, &when)) > 0)
		wire_time_split(when, &times[n++], &nsec);
	return more < 0 ? -EIO : n;
}

/**
 * unc_op_snapshots - which snapshots there are
 * @open: a handle on the volume
 * @times: filled in: when they were made, in seconds since 1970
 * @room: entries of @times
 *
 * May sleep, killable.
 *
 * Return: how many entries were filled, -EOPNOTSUPP if the server has no
 * snapshots, or another -errno.
 */
int unc_op_snapshots(struct unc_open *open, s64 *times, u32 room)
{
	struct unc_ioctl ioctl = {
		.code = FSCTL_SRV_ENUMERATE_SNAPSHOTS,
		.out_len = SNAPSHOTS_MAX,
	};
	struct wire_blob data;
	int err;

	ioctl.out = kvmalloc(SNAPSHOTS_MAX, GFP_KERNEL);
	if (!ioctl.out)
		return -ENOMEM;
	err = unc_op_ioctl(open, &ioctl);
	data = (struct wire_blob){ .ptr = ioctl.out, .len = ioctl.out_len };
	if (!err)
		err = take_names(&data, times, room);
	kvfree(ioctl.out);
	return err;
}
