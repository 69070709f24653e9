/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's allocator, as far as the suites in kmod/tests use it. */
#ifndef UNCFS_SLAB_SHIM_H
#define UNCFS_SLAB_SHIM_H

#include <stdlib.h>

#define GFP_KERNEL 0

#define kmalloc(size, gfp) malloc(size)
#define kzalloc(size, gfp) calloc(1, size)
#define kfree(p) free(p)

#endif /* UNCFS_SLAB_SHIM_H */
