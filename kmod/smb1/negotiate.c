// SPDX-License-Identifier: GPL-2.0-only
/*
 * NEGOTIATE, [MS-SMB] 3.2.4.2.2, 3.2.5.2: what the server can do.
 */
#include <crypto/hash.h>
#include <linux/slab.h>
#include "../wire/fscc.h"
#include "../wire/ntstatus.h"
#include "../wire/smb1_file.h"
#include "../wire/smb1_setup.h"
#include "smb1.h"

#define DATA_MAX	61440u	/* ByteCount has 16 bits; whole pages */
#define PAGE		4096u

/* Without them there is no way to say what op/ wants said. */
#define CAP_NEEDED	(SMB1_CAP_UNICODE | SMB1_CAP_NT_SMBS | \
			 SMB1_CAP_STATUS32 | SMB1_CAP_LARGE_FILES | \
			 SMB1_CAP_INFOLEVEL_PASSTHRU)

static int refuse(struct unc_failure *why, const char *text)
{
	unc_failure_set(why, UNC_STAGE_NEGOTIATE, "%s", text);
	return -EOPNOTSUPP;
}

static int check(struct unc_conn *conn,
		 const struct wire_smb1_negotiate_rsp *rsp,
		 struct unc_failure *why)
{
	if (conn->policy.seal)
		return refuse(why, "encryption was demanded, and SMB 1 has none");
	if (!(rsp->capabilities & SMB1_CAP_EXTENDED_SECURITY))
		return refuse(why, "server has only the authentication from before SPNEGO, which is not supported");
	if ((rsp->capabilities & CAP_NEEDED) != CAP_NEEDED)
		return refuse(why, "server is too old: it lacks Unicode, NT commands, large files or pass-through information levels");
	if (rsp->max_buffer < PAGE + WIRE_SMB1_WRITE_DATA_OFFSET ||
	    !rsp->max_mpx)
		return refuse(why, "server takes too small messages");
	if (conn->policy.sign && !(rsp->security_mode & SMB1_SIGNING_ENABLED))
		return refuse(why, "signing was demanded, but the server does not sign");
	return 0;
}

/* A server may take long writes, but none does that are signed. */
static void choose_sizes(struct unc_conn *conn,
			 const struct wire_smb1_negotiate_rsp *rsp)
{
	u32 buffer = min(rsp->max_buffer - WIRE_SMB1_WRITE_DATA_OFFSET,
			 DATA_MAX);

	buffer = round_down(buffer, PAGE);
	conn->max_transact = DATA_MAX;
	conn->max_read = rsp->capabilities & SMB1_CAP_LARGE_READX ?
			 DATA_MAX : buffer;
	conn->max_write = rsp->capabilities & SMB1_CAP_LARGE_WRITEX &&
			  !smb1_conn(conn)->wants_signing ? DATA_MAX : buffer;
}

static int accept(struct unc_conn *conn,
		  const struct wire_smb1_negotiate_rsp *rsp,
		  struct unc_failure *why)
{
	struct smb1_conn *sc = smb1_conn(conn);
	int err = check(conn, rsp, why);

	if (err)
		return err;
	conn->dialect = UNC_DIALECT_SMB1;
	conn->signing = UNC_SIGNING_SMB1;
	sc->capabilities = rsp->capabilities;
	sc->session_key = rsp->session_key;
	sc->max_mpx = rsp->max_mpx;
	sc->max_buffer = min_t(u32, rsp->max_buffer, U16_MAX);
	sc->wants_signing = conn->policy.sign ||
			    rsp->security_mode & SMB1_SIGNING_REQUIRED;
	err = sc->wants_signing ? smb1_sign_init(sc) : 0;
	if (err)
		return refuse(why, "signing in SMB 1 needs MD5, which this kernel does not have or allow");
	choose_sizes(conn, rsp);
	conn->clock_offset = rsp->system_time -
			     wire_time_from_ns(ktime_get_real_ns());
	conn->gss_hint_len = rsp->token.len;
	conn->gss_hint = kmemdup(rsp->token.ptr, rsp->token.len, GFP_KERNEL);
	if (!conn->gss_hint)
		return -ENOMEM;
	/* There is one already, which NEGOTIATE went by. */
	unc_credit_give(conn, rsp->max_mpx - 1);
	return 0;
}

static int finish(struct unc_conn *conn, const struct unc_part *part,
		  struct unc_failure *why)
{
	struct wire_smb1_negotiate_rsp rsp;
	struct wire_in in;
	int err = smb1_body(part, &in);

	if (!err && wire_smb1_negotiate_rsp_decode(&in, &rsp)) {
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"server does not speak NT LM 0.12 (%s)",
				in.err ?: "value");
		return -EPROTONOSUPPORT;
	}
	if (!err)
		return accept(conn, &rsp, why);
	unc_failure_set(why, UNC_STAGE_NEGOTIATE, "server refused to negotiate");
	if (why)
		why->ntstatus = part->status;
	return err;
}

static int own_new(struct unc_conn *conn)
{
	struct smb1_conn *sc = kzalloc(sizeof(*sc), GFP_KERNEL);

	if (!sc)
		return -ENOMEM;
	xa_init(&sc->dirs);
	xa_init(&sc->lost);
	sc->max_buffer = PAGE;
	sc->wants_signing = conn->policy.sign;
	conn->own = sc;
	return 0;
}

/**
 * smb1_negotiate - find out what the server can do
 * @conn: a started connection in state NEW, with its setup mutex held
 * @why: filled in on failure
 *
 * May sleep; killable; until the deadline of the policy.
 *
 * Return: 0; -EPROTONOSUPPORT if it does not speak SMB 1; -EOPNOTSUPP if it
 * cannot do what is needed or demanded; -ETIMEDOUT; -ENOMEM; or why the
 * connection was lost.
 */
int smb1_negotiate(struct unc_conn *conn, struct unc_failure *why)
{
	struct unc_req *req;
	int err = own_new(conn);

	if (err)
		return err;
	req = unc_req_new(conn, NULL, NULL, SMB1_HDR_SIZE + 32);
	if (!req)
		return -ENOMEM;
	if (!smb1_part_begin(req, SMB2_NEGOTIATE, SMB1_NEGOTIATE, 32))
		err = -ENOMEM;
	if (!err)
		err = wire_smb1_negotiate_req_encode(&req->out) ?:
		      unc_req_call(req);
	if (err)
		unc_failure_set(why, UNC_STAGE_NEGOTIATE, err == -ETIMEDOUT ?
				"server did not answer" :
				"connection lost; the server may not speak SMB 1 (see vers=)");
	else
		err = finish(conn, &req->parts[0], why);
	unc_req_put(req, unc_why_alloc);
	return err;
}

/**
 * smb1_conn_free - free what a connection remembers besides
 * @conn: the connection, about to be freed
 */
void smb1_conn_free(struct unc_conn *conn)
{
	struct smb1_conn *sc = smb1_conn(conn);

	if (!sc)
		return;
	smb1_dirs_free(sc);
	xa_destroy(&sc->lost);
	if (sc->md5)
		crypto_free_shash(sc->md5);
	kfree_sensitive(sc);
}
