/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The NEGOTIATE that older servers understand, too: one of SMB 1 that offers
 * SMB 2, [MS-SMB2] 3.2.4.2.2.1, [MS-CIFS] 2.2.4.52.1.
 */
#ifndef UNCFS_WIRE_SMB2_MULTI_H
#define UNCFS_WIRE_SMB2_MULTI_H

#include "cursor.h"

/* Bytes of the message at most. */
#define WIRE_SMB2_MULTI_MAX	64

/**
 * struct wire_smb2_multi_req - the whole message, header included
 * @must_sign: T if the client demands signatures
 * @offers_202: T to offer "SMB 2.002"
 * @offers_any: T to offer "SMB 2.???", the dialects after it
 */
struct wire_smb2_multi_req {
	bool must_sign;
	bool offers_202;
	bool offers_any;
};

int wire_smb2_multi_req_encode(struct wire_out *o,
			       const struct wire_smb2_multi_req *req);

#endif /* UNCFS_WIRE_SMB2_MULTI_H */
