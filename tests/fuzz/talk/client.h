/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the parts of the client of a conversation. */
#ifndef UNC_FUZZ_CLIENT_H
#define UNC_FUZZ_CLIENT_H

#include "talk.h"

/* client.c */
struct unc_req *talk_request(void);
bool talk_call(struct unc_req *req, int err, bool interruptible);
bool talk_is_open(void);
struct wire_smb2_fid talk_fid(void);
int talk_add_create(struct unc_req *req, struct wire_smb2_lease *lease);

/* info.c */
u32 talk_touch(const struct wire_blob *blob);
void talk_do_getattr(void);
void talk_do_ioctl(void);
void talk_do_security(void);
void talk_do_set(void);
void talk_do_rename(void);
void talk_do_transceive(void);
void talk_do_notify(void);

#endif /* UNC_FUZZ_CLIENT_H */
