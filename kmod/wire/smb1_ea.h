/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Extended attributes as SMB 1 has them, SMB_FEA_LIST of [MS-CIFS] 2.2.1.2.2.1, and
 * as newer dialects have them ([MS-FSCC] 2.4.15).
 */
#ifndef UNCFS_WIRE_SMB1_EA_H
#define UNCFS_WIRE_SMB1_EA_H

#include "fscc_ea.h"

/* The new form of @len bytes takes so many at most: the shortest grows from 6 to 12. */
#define WIRE_SMB1_EA_WIDE(len)	(2 * (len))

int wire_smb1_ea_widen(const struct wire_blob *list, struct wire_out *o);
int wire_smb1_ea_narrow(const struct wire_blob *full, struct wire_out *o);

#endif /* UNCFS_WIRE_SMB1_EA_H */
