/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef UNC_FUZZ_SEEDS_H
#define UNC_FUZZ_SEEDS_H

void talk_seeds(const char *folder);

#endif /* UNC_FUZZ_SEEDS_H */
