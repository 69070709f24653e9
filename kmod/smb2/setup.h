/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands that bring a Connection, a Session and a TreeConnect to life
 * and end them: [MS-SMB2] 3.2.4.2, 3.2.4.22, 3.2.4.23.
 */
#ifndef _UNC_SMB2_SETUP_H
#define _UNC_SMB2_SETUP_H

#include "../conn/session.h"

#define UNC_SMB2_DIALECTS_MAX	5

/**
 * struct unc_smb2_offer - what NEGOTIATE says of the client
 * @dialects: offered, lowest first
 * @count: how many
 * @capabilities: [MS-SMB2] 2.2.3 Capabilities
 * @security_mode: [MS-SMB2] 2.2.3 SecurityMode
 *
 * Follows from the policy alone, so that FSCTL_VALIDATE_NEGOTIATE_INFO can say
 * the same again later.
 */
struct unc_smb2_offer {
	u16	dialects[UNC_SMB2_DIALECTS_MAX];
	u16	count;
	u32	capabilities;
	u16	security_mode;
};

void unc_smb2_offer(const struct unc_policy *policy,
		    struct unc_smb2_offer *offer);

/*
 * Each is called with the object's setup mutex held, in state NEW; renewing, in
 * state READY.
 */
int unc_smb2_negotiate(struct unc_conn *conn, struct unc_failure *why);
int unc_smb2_session_setup(struct unc_session *s, struct unc_failure *why);
int unc_smb2_session_renew(struct unc_session *s, struct unc_failure *why);
int unc_smb2_tree_connect(struct unc_tree *tree, struct unc_failure *why);
int unc_smb2_validate_negotiate(struct unc_tree *tree, struct unc_failure *why);

/* Best effort, bounded by a short deadline; the object is dead afterwards. */
void unc_smb2_tree_disconnect(struct unc_tree *tree);
void unc_smb2_logoff(struct unc_session *s);

/* dialect.c */
void unc_smb2_init(void);
void unc_smb2_exit(void);

#endif /* _UNC_SMB2_SETUP_H */
