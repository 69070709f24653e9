// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Kerberos 5, IAKERB and NTLM through GSSAPI.  NTLM is a plug-in of the mechanism
 * layer (gss-ntlmssp); when it is not installed, acquiring the credential
 * fails with GSS_S_BAD_MECH, and the message says what to install.
 */
#include <ctype.h>
#include <errno.h>
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5/krb5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "krb5ciphers.h"
#include "krb5why.h"
#include "log.h"
#include "mech.h"
#include "renew.h"

/*
 * Integrity and confidentiality make NTLM negotiate KEY_EXCH and extended
 * session security, without which there is no session key worth the name.
 */
#define REQUEST_FLAGS (GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | \
		       GSS_C_SEQUENCE_FLAG | GSS_C_INTEG_FLAG | \
		       GSS_C_CONF_FLAG)

struct gss_mech {
	struct mech mech;
	gss_OID_desc oid;
	gss_cred_id_t cred;
	gss_name_t target;
	gss_ctx_id_t context;
	gss_buffer_desc out;		/* what was handed out last */
	char host[UNC_HOST_MAX + 1];
};

/* 1.3.6.1.4.1.7165.655.1.3, gssapi_ntlmssp.h: GSS_NTLMSSP_RESET_CRYPTO */
static gss_OID_desc reset_crypto_oid = {
	11, (void *)(uintptr_t)"\x2b\x06\x01\x04\x01\xb7\x7d\x85\x0f\x01\x03"
};

static struct gss_mech *to_gss(struct mech *mech)
{
	return (struct gss_mech *)mech;
}

static bool is_krb5(const struct gss_mech *gm)
{
	return gm->mech.id == SPNEGO_MECH_KRB5 ||
	       gm->mech.id == SPNEGO_MECH_IAKERB;
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

static int error_of(OM_uint32 major)
{
	switch (GSS_ROUTINE_ERROR(major)) {
	case GSS_S_NO_CRED:
	case GSS_S_UNAVAILABLE:
		return ENOKEY;
	case GSS_S_CREDENTIALS_EXPIRED:
	case GSS_S_CONTEXT_EXPIRED:
		return EKEYEXPIRED;
	case GSS_S_DEFECTIVE_TOKEN:
	case GSS_S_BAD_SIG:
	case GSS_S_DUPLICATE_TOKEN:
	case GSS_S_OLD_TOKEN:
		return EPROTO;
	case GSS_S_BAD_MECH:
		return EPROTONOSUPPORT;
	}
	return EACCES;
}

/* Always false, for the callers' return. */
static bool gss_fail(struct gss_mech *gm, struct answer *answer,
		     const char *what, OM_uint32 major, OM_uint32 minor)
{
	enum unc_stage stage = UNC_STAGE_MECHANISM;
	char major_text[200], minor_text[200];
	int error = error_of(major);
	const char *name = is_krb5(gm) ? "Kerberos" : "NTLM";
	const struct krb5_why *why = NULL;

	status_text(major, GSS_C_GSS_CODE, GSS_C_NO_OID, major_text,
		    sizeof(major_text));
	status_text(minor, GSS_C_MECH_CODE, &gm->oid, minor_text,
		    sizeof(minor_text));
	/* gss-ntlmssp has words for few of its codes. */
	if (strcmp(minor_text, "Unknown Error") == 0)
		minor_text[0] = '\0';
	if (is_krb5(gm))
		why = krb5_why_find((int32_t)minor);
	if (why) {
		error = why->error;
		stage = why->stage;
		snprintf(major_text, sizeof(major_text), "%s", why->remedy);
		answer->final = !why->other_may_do;
	}
	if (!is_krb5(gm) && GSS_ROUTINE_ERROR(major) == GSS_S_BAD_MECH)
		snprintf(minor_text, sizeof(minor_text),
			 "the package gss-ntlmssp is not installed");
	answer->gss_major = major;
	answer->gss_minor = minor;
	answer_fail(answer, error, stage, "%s: %s: %s%s%s", name, what,
		    *minor_text ? minor_text : major_text,
		    *minor_text ? "; " : "", *minor_text ? major_text : "");
	return false;
}

/* ---- Names and credentials ---------------------------------------------- */

static gss_buffer_desc buffer_of(const char *text)
{
	return (gss_buffer_desc){ strlen(text), (void *)(uintptr_t)text };
}

static bool import_target(struct gss_mech *gm, struct answer *answer)
{
	char text[UNC_HOST_MAX + 8];
	gss_buffer_desc buffer;
	OM_uint32 major, minor;

	snprintf(text, sizeof(text), "cifs@%s", gm->host);
	buffer = buffer_of(text);
	major = gss_import_name(&minor, &buffer, GSS_C_NT_HOSTBASED_SERVICE,
				&gm->target);
	return !GSS_ERROR(major) ||
	       gss_fail(gm, answer, "name of the server", major, minor);
}

/*
 * A domain by its DNS name is a realm, in capitals; by its short name it is the
 * business of NTLM, and the default realm has to do.
 */
static void krb5_user(const struct credential *cred, char *text, size_t room)
{
	bool realm = strchr(cred->domain, '.') && !strchr(cred->user, '@');
	int len = snprintf(text, room, "%s%s", cred->user, realm ? "@" : "");

	for (const char *c = realm ? cred->domain : "";
	     *c && (size_t)len + 1 < room; c++)
		text[len++] = (char)toupper((unsigned char)*c);
	text[len] = '\0';
}

/* "DOMAIN\user", or as the user wrote it: "user", "user@REALM". */
static bool import_user(struct gss_mech *gm, const struct credential *cred,
			gss_name_t *name, struct answer *answer)
{
	char text[UNC_USER_MAX + UNC_DOMAIN_MAX + 2];
	gss_buffer_desc buffer;
	OM_uint32 major, minor;

	if (is_krb5(gm))
		krb5_user(cred, text, sizeof(text));
	else if (*cred->domain && !strchr(cred->user, '@'))
		snprintf(text, sizeof(text), "%s\\%s", cred->domain,
			 cred->user);
	else
		snprintf(text, sizeof(text), "%s", cred->user);
	buffer = buffer_of(text);
	major = gss_import_name(&minor, &buffer, GSS_C_NT_USER_NAME, name);
	return !GSS_ERROR(major) ||
	       gss_fail(gm, answer, "name of the user", major, minor);
}

static bool acquire_by_password(struct gss_mech *gm, gss_name_t name,
				const char *password, struct answer *answer)
{
	gss_buffer_desc secret = buffer_of(password);
	gss_OID_set_desc mechs = { 1, &gm->oid };
	OM_uint32 major, minor;

	major = gss_acquire_cred_with_password(&minor, name, &secret,
					       GSS_C_INDEFINITE, &mechs,
					       GSS_C_INITIATE, &gm->cred, NULL,
					       NULL);
	return !GSS_ERROR(major) ||
	       gss_fail(gm, answer, "credential from the password", major,
			minor);
}

/*
 * A keytab's tickets are nobody else's business: they live as long as this
 * process.  Whether the user may read the file, the kernel says: this process
 * is the user's.
 */
static bool acquire_from_store(struct gss_mech *gm, gss_name_t name,
			       const char *store, struct answer *answer)
{
	bool keytab = strncmp(store, "keytab:", 7) == 0;
	gss_key_value_element_desc elements[] = {
		{ keytab ? "client_keytab" : "ccache", store + 7 },
		{ "ccache", "MEMORY:uncd" },
	};
	gss_key_value_set_desc set = { keytab ? 2 : 1, elements };
	gss_OID_set_desc mechs = { 1, &gm->oid };
	OM_uint32 major, minor;

	if (!keytab)
		renew_ticket(store + 7);
	major = gss_acquire_cred_from(&minor, name, GSS_C_INDEFINITE, &mechs,
				      GSS_C_INITIATE, &set, &gm->cred, NULL,
				      NULL);
	return !GSS_ERROR(major) ||
	       gss_fail(gm, answer, keytab ? "no ticket by the keytab" :
			"no usable ticket in the cache", major, minor);
}

static bool acquire_ticket(struct gss_mech *gm, gss_name_t name,
			   struct answer *answer)
{
	gss_OID_set_desc mechs = { 1, &gm->oid };
	OM_uint32 major, minor;

	renew_ticket(NULL);
	major = gss_acquire_cred(&minor, name, GSS_C_INDEFINITE, &mechs,
				 GSS_C_INITIATE, &gm->cred, NULL, NULL);
	return !GSS_ERROR(major) ||
	       gss_fail(gm, answer, "no usable ticket (run kinit)", major,
			minor);
}

/* Without a word in krb5.conf the library would do with RC4. */
static bool limit_ciphers(struct gss_mech *gm, struct answer *answer)
{
	const krb5_enctype *list = NULL;
	OM_uint32 major = 0, minor = 0;
	krb5_context context;
	unsigned int count;

	if (!is_krb5(gm) || krb5_init_context(&context))
		return true;
	list = krb5_ciphers(context, &count);
	if (list)
		major = gss_krb5_set_allowable_enctypes(&minor, gm->cred, count,
							(void *)(uintptr_t)list);
	krb5_free_context(context);
	return !GSS_ERROR(major) ||
	       gss_fail(gm, answer, "choice of ciphers", major, minor);
}

static bool acquire(struct gss_mech *gm, const struct credential *cred,
		    struct answer *answer)
{
	gss_name_t name = GSS_C_NO_NAME;
	OM_uint32 minor;
	bool good;

	if (*cred->user && !import_user(gm, cred, &name, answer))
		return false;
	if (is_krb5(gm) && *cred->store) {
		good = acquire_from_store(gm, name, cred->store, answer);
	} else if (cred->has_password && *cred->user) {
		good = acquire_by_password(gm, name, cred->password, answer);
	} else if (is_krb5(gm)) {
		good = acquire_ticket(gm, name, answer);
	} else {
		answer_fail(answer, ENOKEY, UNC_STAGE_MECHANISM,
			    "no password for %s on %s (unc login %s, or the option credentials=)",
			    *cred->user ? cred->user : "this user", gm->host,
			    gm->host);
		good = false;
	}
	if (name)
		gss_release_name(&minor, &name);
	return good && limit_ciphers(gm, answer);
}

/* ---- The operations ----------------------------------------------------- */

static struct der_bytes hand_out(const struct gss_mech *gm)
{
	return (struct der_bytes){ gm->out.value, gm->out.length };
}

static gss_buffer_desc to_buffer(struct der_bytes bytes)
{
	return (gss_buffer_desc){ bytes.len, (void *)(uintptr_t)bytes.data };
}

/*
 * A server that refuses the ticket says so in a token (AP_REQ's KRB_ERROR),
 * and gss_init_sec_context() then fails with words of the mechanism.
 */
static bool gss_mech_step(struct mech *mech, struct der_bytes in,
			  struct der_bytes *out, struct answer *answer)
{
	struct gss_mech *gm = to_gss(mech);
	gss_buffer_desc input = to_buffer(in);
	bool begun = gm->context;
	OM_uint32 major, minor, unused;

	gss_release_buffer(&unused, &gm->out);
	major = gss_init_sec_context(&minor, gm->cred, &gm->context, gm->target,
				     &gm->oid, REQUEST_FLAGS, 0,
				     GSS_C_NO_CHANNEL_BINDINGS,
				     /* IAKERB reads one that is empty. */
				     in.len ? &input : GSS_C_NO_BUFFER, NULL,
				     &gm->out, NULL, NULL);
	if (GSS_ERROR(major))
		return gss_fail(gm, answer, begun ?
				"the server's token is not accepted" :
				"cannot begin", major, minor);
	mech->complete = !(major & GSS_S_CONTINUE_NEEDED);
	*out = hand_out(gm);
	return true;
}

/*
 * [MS-SPNG] 3.3.5.1: the list's signature does not count as a message of the
 * application, so NTLM's sequence number and RC4 state begin again after it.
 * Only matters to callers that wrap messages; the option may be unknown.
 */
static void reset_crypto(struct gss_mech *gm, bool receiving)
{
	uint32_t value = receiving;
	gss_buffer_desc buffer = { sizeof(value), &value };
	OM_uint32 major, minor;

	if (is_krb5(gm))
		return;
	major = gss_set_sec_context_option(&minor, &gm->context,
					   &reset_crypto_oid, &buffer);
	if (GSS_ERROR(major))
		log_debug("NTLM state not reset: %u/%u", major, minor);
}

static bool gss_mech_get_mic(struct mech *mech, struct der_bytes data,
			     struct der_bytes *mic, struct answer *answer)
{
	/* Apart from .out, which still holds the token sent along with it. */
	static gss_buffer_desc made;
	struct gss_mech *gm = to_gss(mech);
	gss_buffer_desc buffer = to_buffer(data);
	OM_uint32 major, minor, unused;

	gss_release_buffer(&unused, &made);
	major = gss_get_mic(&minor, gm->context, GSS_C_QOP_DEFAULT, &buffer,
			    &made);
	if (GSS_ERROR(major))
		return gss_fail(gm, answer, "signing the list of mechanisms",
				major, minor);
	reset_crypto(gm, false);
	*mic = (struct der_bytes){ made.value, made.length };
	return true;
}

static bool gss_mech_verify_mic(struct mech *mech, struct der_bytes data,
				struct der_bytes mic, struct answer *answer)
{
	struct gss_mech *gm = to_gss(mech);
	gss_buffer_desc buffer = to_buffer(data), token = to_buffer(mic);
	OM_uint32 major, minor;

	major = gss_verify_mic(&minor, gm->context, &buffer, &token, NULL);
	if (GSS_ERROR(major))
		return gss_fail(gm, answer,
				"the server's signature of the list of mechanisms is wrong",
				major, minor);
	reset_crypto(gm, true);
	return true;
}

/* Who we are, and until when. */
static void get_principal(struct gss_mech *gm, struct answer *answer)
{
	gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
	gss_name_t name = GSS_C_NO_NAME;
	OM_uint32 major, minor, lifetime = GSS_C_INDEFINITE;

	major = gss_inquire_context(&minor, gm->context, &name, NULL,
				    &lifetime, NULL, NULL, NULL, NULL);
	if (!GSS_ERROR(major) && is_krb5(gm) && lifetime != GSS_C_INDEFINITE)
		answer->lifetime = lifetime;
	/* A ticket that ends this second still names its user. */
	if (name)
		major = gss_display_name(&minor, name, &text, NULL);
	if (!GSS_ERROR(major))
		snprintf(answer->principal, sizeof(answer->principal), "%.*s",
			 (int)text.length, (char *)text.value);
	gss_release_buffer(&minor, &text);
	gss_release_name(&minor, &name);
}

static bool gss_mech_result(struct mech *mech, struct answer *answer)
{
	struct gss_mech *gm = to_gss(mech);
	gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
	OM_uint32 major, minor;
	size_t len = 0;

	major = gss_inquire_sec_context_by_oid(&minor, gm->context,
					       GSS_C_INQ_SSPI_SESSION_KEY,
					       &set);
	if (GSS_ERROR(major))
		return gss_fail(gm, answer, "session key", major, minor);
	if (set && set->count)
		len = set->elements[0].length;
	if (len >= 16 && len <= UNC_SESSION_KEY_MAX) {
		memcpy(answer->key, set->elements[0].value, len);
		answer->key_len = (uint32_t)len;
		get_principal(gm, answer);
	} else {
		answer_fail(answer, EACCES, UNC_STAGE_MECHANISM,
			    "the session key is too weak (%zu bytes)", len);
	}
	gss_release_buffer_set(&minor, &set);	/* zeroes it */
	return answer->key_len;
}

static void gss_mech_free(struct mech *mech)
{
	struct gss_mech *gm = to_gss(mech);
	OM_uint32 minor;

	gss_release_buffer(&minor, &gm->out);
	if (gm->context)
		gss_delete_sec_context(&minor, &gm->context, GSS_C_NO_BUFFER);
	gss_release_name(&minor, &gm->target);
	gss_release_cred(&minor, &gm->cred);
	free(gm);
}

static const struct mech_ops gss_ops = {
	.step = gss_mech_step,
	.get_mic = gss_mech_get_mic,
	.verify_mic = gss_mech_verify_mic,
	.result = gss_mech_result,
	.free = gss_mech_free,
};

struct mech *gss_mech_new(enum spnego_mech id, const struct request *req,
			  struct answer *answer)
{
	struct gss_mech *gm = calloc(1, sizeof(*gm));
	struct der_bytes oid = spnego_mech_oid(id);

	if (!gm) {
		answer_fail(answer, ENOMEM, UNC_STAGE_MECHANISM,
			    "out of memory");
		return NULL;
	}
	/* Client: NTLMv2 and nothing below ([MS-NLMP] 3.1.1.1). */
	setenv("LM_COMPAT_LEVEL", "5", 1);
	gm->mech.ops = &gss_ops;
	gm->mech.id = id;
	gm->oid = (gss_OID_desc){ (OM_uint32)oid.len,
				  (void *)(uintptr_t)oid.data };
	memcpy(gm->host, req->host, sizeof(gm->host));
	if (import_target(gm, answer) && acquire(gm, &req->cred, answer))
		return &gm->mech;
	gss_mech_free(&gm->mech);
	return NULL;
}

void gss_mech_preload(void)
{
	struct der_bytes bytes = spnego_mech_oid(SPNEGO_MECH_NTLM);
	gss_OID_desc ntlm = { (OM_uint32)bytes.len,
			      (void *)(uintptr_t)bytes.data };
	gss_OID_set names = GSS_C_NO_OID_SET;
	OM_uint32 major, minor;

	major = gss_inquire_names_for_mech(&minor, &ntlm, &names);
	/* The plug-in itself may answer that it has no such call. */
	if (GSS_ROUTINE_ERROR(major) == GSS_S_BAD_MECH)
		log_warning("no NTLM: the package gss-ntlmssp is not installed");
	gss_release_oid_set(&minor, &names);
}
