// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

MODULE_DESCRIPTION("KUnit suites of uncfs");
MODULE_LICENSE("GPL");
