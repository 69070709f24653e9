// SPDX-License-Identifier: GPL-2.0-or-later
#include "mech.h"

#include <errno.h>
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cursor.h"

#define CONNECT_FLAGS	GSS_C_MUTUAL_FLAG
#define SIGN_FLAGS	(GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | \
			 GSS_C_SEQUENCE_FLAG | GSS_C_INTEG_FLAG)
#define SEAL_FLAGS	(SIGN_FLAGS | GSS_C_CONF_FLAG)

#define KEY_LEN 16

/*
 * [MS-NLMP] 2.2.2.5: without these the keys of protect_ntlm.c are not what the
 * server has, or are too weak to be worth the name.
 */
#define NTLM_FLAGS_AT	20
#define NTLM_SIGN	0x00000010u
#define NTLM_SEAL	0x00000020u
#define NTLM_EXTENDED	0x00080000u
#define NTLM_128	0x20000000u
#define NTLM_KEY_EXCH	0x40000000u
#define NTLM_NEEDED	(NTLM_SIGN | NTLM_SEAL | NTLM_EXTENDED | NTLM_128 | \
			 NTLM_KEY_EXCH)

struct rpc_mech {
	enum spnego_mech id;
	bool begun;
	bool complete;
	bool protects;			/* the level is integrity or more */
	bool seals;			/* the level is privacy */
	uint32_t mics[2];		/* sent and received */
	gss_OID_desc oid;
	gss_cred_id_t cred;
	gss_name_t target;
	gss_ctx_id_t context;
	gss_buffer_desc out;		/* what step handed out last */
	gss_buffer_desc mic;		/* what get_mic handed out last */
};

static gss_buffer_desc buffer_of(const char *text)
{
	return (gss_buffer_desc){ strlen(text), (void *)(uintptr_t)text };
}

static gss_buffer_desc to_buffer(struct der_bytes bytes)
{
	return (gss_buffer_desc){ bytes.len, (void *)(uintptr_t)bytes.data };
}

static bool is_krb5(const struct rpc_mech *mech)
{
	return mech->id == SPNEGO_MECH_KRB5;
}

/* ---- Errors ------------------------------------------------------------- */

static void status_text(OM_uint32 status, int type, gss_OID oid, char *text,
			size_t room)
{
	gss_buffer_desc line = GSS_C_EMPTY_BUFFER;
	OM_uint32 minor, more = 0;

	text[0] = '\0';
	if (GSS_ERROR(gss_display_status(&minor, status, type, oid, &more,
					 &line)))
		return;
	snprintf(text, room, "%.*s", (int)line.length, (char *)line.value);
	gss_release_buffer(&minor, &line);
}

int rpc_gss_fail(struct rpc_error *err, const char *what, uint32_t major,
		 uint32_t minor, void *oid)
{
	char major_text[120], minor_text[140];

	status_text(major, GSS_C_GSS_CODE, GSS_C_NO_OID, major_text,
		    sizeof(major_text));
	status_text(minor, GSS_C_MECH_CODE, oid, minor_text,
		    sizeof(minor_text));
	if (strcmp(minor_text, "Unknown Error") == 0)
		minor_text[0] = '\0';
	return rpc_fail(err, GSS_ROUTINE_ERROR(major) == GSS_S_BAD_MECH ?
			-EPROTONOSUPPORT : -EACCES, "%s: %s%s%s", what,
			minor_text, *minor_text ? "; " : "", major_text);
}

static int mech_fail(struct rpc_mech *mech, struct rpc_error *err,
		     const char *what, OM_uint32 major, OM_uint32 minor)
{
	char text[160];

	snprintf(text, sizeof(text), "%s: %s", is_krb5(mech) ? "Kerberos" :
		 GSS_ROUTINE_ERROR(major) == GSS_S_BAD_MECH ?
		 "NTLM (is gss-ntlmssp installed?)" : "NTLM", what);
	return rpc_gss_fail(err, text, major, minor, &mech->oid);
}

/* ---- Credential and target ---------------------------------------------- */

static int import_target(struct rpc_mech *mech,
			 const struct rpc_auth_want *want,
			 struct rpc_error *err)
{
	char text[UNC_HOST_MAX + 64];
	gss_buffer_desc buffer;
	OM_uint32 major, minor;

	snprintf(text, sizeof(text), "%.60s@%.255s",
		 want->service ? want->service : "host", want->host);
	buffer = buffer_of(text);
	major = gss_import_name(&minor, &buffer, GSS_C_NT_HOSTBASED_SERVICE,
				&mech->target);
	return GSS_ERROR(major) ?
	       mech_fail(mech, err, "name of the server", major, minor) : 0;
}

static int import_user(struct rpc_mech *mech, const struct credential *cred,
		       gss_name_t *name, struct rpc_error *err)
{
	bool whole = !*cred->domain || strchr(cred->user, '@');
	char text[UNC_USER_MAX + UNC_DOMAIN_MAX + 2];
	gss_buffer_desc buffer;
	OM_uint32 major, minor;

	if (whole)
		snprintf(text, sizeof(text), "%s", cred->user);
	else if (is_krb5(mech))
		snprintf(text, sizeof(text), "%s@%s", cred->user, cred->domain);
	else
		snprintf(text, sizeof(text), "%s\\%s", cred->domain, cred->user);
	buffer = buffer_of(text);
	major = gss_import_name(&minor, &buffer, GSS_C_NT_USER_NAME, name);
	return GSS_ERROR(major) ?
	       mech_fail(mech, err, "name of the user", major, minor) : 0;
}

static int acquire_as(struct rpc_mech *mech, const struct credential *cred,
		      gss_name_t name, struct rpc_error *err)
{
	gss_buffer_desc secret = buffer_of(cred->password);
	gss_OID_set_desc mechs = { 1, &mech->oid };
	OM_uint32 major, minor;

	if (cred->has_password && name) {
		major = gss_acquire_cred_with_password(&minor, name, &secret,
						       GSS_C_INDEFINITE, &mechs,
						       GSS_C_INITIATE,
						       &mech->cred, NULL, NULL);
		return GSS_ERROR(major) ?
		       mech_fail(mech, err, "credential from the password",
				 major, minor) : 0;
	}
	if (!is_krb5(mech))
		return rpc_fail(err, -ENOKEY,
				"NTLM: there is no password (use --user)");
	major = gss_acquire_cred(&minor, name, GSS_C_INDEFINITE, &mechs,
				 GSS_C_INITIATE, &mech->cred, NULL, NULL);
	return GSS_ERROR(major) ? mech_fail(mech, err,
			"no usable ticket (run kinit)", major, minor) : 0;
}

static int acquire(struct rpc_mech *mech, const struct credential *cred,
		   struct rpc_error *err)
{
	gss_name_t name = GSS_C_NO_NAME;
	OM_uint32 minor;
	int ret = 0;

	if (*cred->user)
		ret = import_user(mech, cred, &name, err);
	if (!ret)
		ret = acquire_as(mech, cred, name, err);
	gss_release_name(&minor, &name);
	return ret;
}

/* MIT's Kerberos adds the flags for signing and sealing unless it is told. */
static int only_wanted_flags(struct rpc_mech *mech, struct rpc_error *err)
{
	gss_buffer_desc none = GSS_C_EMPTY_BUFFER;
	OM_uint32 major, minor;

	if (!is_krb5(mech) || mech->seals)
		return 0;
	major = gss_set_cred_option(&minor, &mech->cred,
				    (gss_OID)GSS_KRB5_CRED_NO_CI_FLAGS_X,
				    &none);
	return GSS_ERROR(major) ?
	       mech_fail(mech, err, "flags of the credential", major, minor) : 0;
}

struct rpc_mech *rpc_mech_new(enum spnego_mech id,
			      const struct rpc_auth_want *want,
			      struct rpc_error *err)
{
	struct rpc_mech *mech = calloc(1, sizeof(*mech));
	struct der_bytes oid = spnego_mech_oid(id);

	if (!mech) {
		rpc_fail(err, -ENOMEM, "out of memory");
		return NULL;
	}
	/* Client: NTLMv2 and nothing below ([MS-NLMP] 3.1.1.1). */
	setenv("LM_COMPAT_LEVEL", "5", 1);
	mech->id = id;
	mech->protects = want->level >= RPC_LEVEL_CALL;
	mech->seals = want->level == RPC_LEVEL_PRIVACY;
	mech->oid = (gss_OID_desc){ (OM_uint32)oid.len,
				    (void *)(uintptr_t)oid.data };
	if (import_target(mech, want, err) == 0 &&
	    acquire(mech, want->cred, err) == 0 &&
	    only_wanted_flags(mech, err) == 0)
		return mech;
	rpc_mech_free(mech);
	return NULL;
}

/* ---- Tokens ------------------------------------------------------------- */

/* The server's CHALLENGE must agree to what our keys are made by. */
static int check_challenge(struct der_bytes in, struct rpc_error *err)
{
	struct wire_in token;
	uint32_t flags;

	wire_in_init(&token, in.data, (uint32_t)in.len);
	wire_in_seek(&token, NTLM_FLAGS_AT, "NegotiateFlags");
	flags = wire_in_u32(&token, "NegotiateFlags");
	if (token.err)
		return rpc_fail(err, -EPROTO,
				"NTLM: the server's challenge is cut short");
	if ((flags & NTLM_NEEDED) != NTLM_NEEDED)
		return rpc_fail(err, -EACCES,
				"NTLM: the server does not agree to strong keys (flags 0x%08x)",
				flags);
	return 0;
}

/*
 * Samba reserves room for a sealed answer when a Kerberos context could seal,
 * and then cannot sign; NTLM has one set of keys for both.
 */
static OM_uint32 wanted_flags(const struct rpc_mech *mech)
{
	OM_uint32 flags = CONNECT_FLAGS;

	if (mech->protects)
		flags = mech->seals || !is_krb5(mech) ? SEAL_FLAGS : SIGN_FLAGS;
	return is_krb5(mech) ? flags | GSS_C_DCE_STYLE : flags;
}

int rpc_mech_step(struct rpc_mech *mech, struct der_bytes in,
		  struct der_bytes *out, struct rpc_error *err)
{
	gss_buffer_desc input = to_buffer(in);
	OM_uint32 major, minor, unused;
	int ret = 0;

	if (!is_krb5(mech) && mech->begun && mech->protects)
		ret = check_challenge(in, err);
	if (ret)
		return ret;
	gss_release_buffer(&unused, &mech->out);
	major = gss_init_sec_context(&minor, mech->cred, &mech->context,
				     mech->target, &mech->oid, wanted_flags(mech), 0,
				     GSS_C_NO_CHANNEL_BINDINGS, &input, NULL,
				     &mech->out, NULL, NULL);
	if (GSS_ERROR(major))
		return mech_fail(mech, err, mech->begun ?
				 "the server's token is not accepted" :
				 "cannot begin", major, minor);
	mech->begun = true;
	mech->complete = !(major & GSS_S_CONTINUE_NEEDED);
	*out = (struct der_bytes){ mech->out.value, mech->out.length };
	return 0;
}

int rpc_mech_get_mic(struct rpc_mech *mech, struct der_bytes data,
		     struct der_bytes *mic, struct rpc_error *err)
{
	gss_buffer_desc buffer = to_buffer(data);
	OM_uint32 major, minor, unused;

	gss_release_buffer(&unused, &mech->mic);
	major = gss_get_mic(&minor, mech->context, GSS_C_QOP_DEFAULT, &buffer,
			    &mech->mic);
	if (GSS_ERROR(major))
		return mech_fail(mech, err, "signing the list of mechanisms",
				 major, minor);
	mech->mics[0]++;
	*mic = (struct der_bytes){ mech->mic.value, mech->mic.length };
	return 0;
}

int rpc_mech_verify_mic(struct rpc_mech *mech, struct der_bytes data,
			struct der_bytes mic, struct rpc_error *err)
{
	gss_buffer_desc buffer = to_buffer(data), token = to_buffer(mic);
	OM_uint32 major, minor;

	major = gss_verify_mic(&minor, mech->context, &buffer, &token, NULL);
	mech->mics[1]++;
	return GSS_ERROR(major) ?
	       mech_fail(mech, err,
			 "the server's signature of the list of mechanisms is wrong",
			 major, minor) : 0;
}

bool rpc_mech_complete(const struct rpc_mech *mech)
{
	return mech->complete;
}

enum spnego_mech rpc_mech_id(const struct rpc_mech *mech)
{
	return mech->id;
}

/* ---- Protection --------------------------------------------------------- */

static struct rpc_protect *ntlm_protect(struct rpc_mech *mech,
					struct rpc_error *err)
{
	gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
	struct rpc_protect *protect = NULL;
	OM_uint32 major, minor;

	major = gss_inquire_sec_context_by_oid(&minor, mech->context,
					       GSS_C_INQ_SSPI_SESSION_KEY,
					       &set);
	if (GSS_ERROR(major))
		mech_fail(mech, err, "session key", major, minor);
	else if (!set || !set->count || set->elements[0].length != KEY_LEN)
		rpc_fail(err, -EACCES, "NTLM: the session key is too weak");
	else if (!(protect = rpc_ntlm_protect_new(set->elements[0].value,
						  mech->mics, false)))
		rpc_fail(err, -ENOMEM, "out of memory");
	gss_release_buffer_set(&minor, &set);	/* zeroes it */
	return protect;
}

struct rpc_protect *rpc_mech_protect(struct rpc_mech *mech,
				     struct rpc_error *err)
{
	struct rpc_protect *protect;

	if (!is_krb5(mech))
		return ntlm_protect(mech, err);
	protect = rpc_gss_protect_new(mech->context, &mech->oid);
	if (!protect)
		rpc_fail(err, -ENOMEM, "out of memory");
	return protect;
}

void rpc_mech_free(struct rpc_mech *mech)
{
	OM_uint32 minor;

	if (!mech)
		return;
	gss_release_buffer(&minor, &mech->out);
	gss_release_buffer(&minor, &mech->mic);
	if (mech->context)
		gss_delete_sec_context(&minor, &mech->context, GSS_C_NO_BUFFER);
	gss_release_name(&minor, &mech->target);
	gss_release_cred(&minor, &mech->cred);
	free(mech);
}
