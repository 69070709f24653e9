// SPDX-License-Identifier: GPL-2.0-or-later
#include "gss_acceptor.h"

#include <gssapi/gssapi_ext.h>
#include <string.h>

#include "spnego.h"

static struct der_bytes mech_oid(const struct acceptor *acc)
{
	return spnego_mech_oid(acc->mech ? acc->mech : SPNEGO_MECH_NTLM);
}

static gss_cred_id_t acceptor_cred(const struct acceptor *acc)
{
	struct der_bytes oid = mech_oid(acc);
	gss_OID_desc mech = { (OM_uint32)oid.len, (void *)(uintptr_t)oid.data };
	gss_OID_set_desc set = { 1, &mech };
	static gss_cred_id_t cred;
	OM_uint32 minor;

	if (!cred)
		gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &set,
				 GSS_C_ACCEPT, &cred, NULL, NULL);
	return cred;
}

static bool accept_token(struct acceptor *acc, struct der_bytes in,
			 gss_buffer_desc *out)
{
	gss_buffer_desc input = { in.len, (void *)(uintptr_t)in.data };
	OM_uint32 major, minor;

	major = gss_accept_sec_context(&minor, &acc->context, acceptor_cred(acc),
				       &input, GSS_C_NO_CHANNEL_BINDINGS, NULL,
				       NULL, out, NULL, NULL, NULL);
	acc->complete = major == GSS_S_COMPLETE;
	return !GSS_ERROR(major);
}

static void take_key(struct acceptor *acc)
{
	gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
	OM_uint32 minor;

	if (GSS_ERROR(gss_inquire_sec_context_by_oid(&minor, acc->context,
						     GSS_C_INQ_SSPI_SESSION_KEY,
						     &set)))
		return;
	acc->key_len = set->elements[0].length;
	memcpy(acc->key, set->elements[0].value, acc->key_len);
	gss_release_buffer_set(&minor, &set);
}

static bool check_mic(struct acceptor *acc, struct der_bytes mic)
{
	gss_buffer_desc list = { acc->list_len, acc->list };
	gss_buffer_desc token = { mic.len, (void *)(uintptr_t)mic.data };
	OM_uint32 minor;

	return mic.data && !GSS_ERROR(gss_verify_mic(&minor, acc->context,
						     &list, &token, NULL));
}

static bool make_mic(struct acceptor *acc, gss_buffer_desc *mic)
{
	gss_buffer_desc list = { acc->list_len, acc->list };
	OM_uint32 minor;

	if (GSS_ERROR(gss_get_mic(&minor, acc->context, GSS_C_QOP_DEFAULT,
				  &list, mic)))
		return false;
	if (acc->corrupt_mic)
		((uint8_t *)mic->value)[5] ^= 1;
	return true;
}

static bool last_step(struct acceptor *acc, struct der_bytes client_mic,
		      struct spnego_resp *resp, gss_buffer_desc *mic)
{
	take_key(acc);
	/* Kerberos: the client is done only by the token that goes with this. */
	if (!acc->mech && !check_mic(acc, client_mic))
		return false;
	if (!make_mic(acc, mic))
		return false;
	resp->state = SPNEGO_STATE_COMPLETED;
	if (!acc->omit_mic)
		resp->mic = (struct der_bytes){ mic->value, mic->length };
	return true;
}

/* Find the mechanism's token and the client's MIC in either kind of token. */
static bool open_token(struct acceptor *acc, const uint8_t *in, size_t len,
		       struct der_bytes *token, struct der_bytes *mic)
{
	struct spnego_resp resp;
	struct spnego_init init;

	if (acc->context) {
		if (!spnego_resp_decode(in, len, &resp))
			return false;
		*token = resp.token;
		*mic = resp.mic;
		return true;
	}
	if (!spnego_init_decode(in, len, &init) ||
	    init.mech_list.len > sizeof(acc->list))
		return false;
	acc->list_len = init.mech_list.len;
	memcpy(acc->list, init.mech_list.data, acc->list_len);
	*token = init.mech_token;
	return true;
}

long acceptor_step(struct acceptor *acc, const uint8_t *in, size_t len,
		   uint8_t *out, size_t room)
{
	struct spnego_resp resp = { .state = SPNEGO_STATE_INCOMPLETE };
	gss_buffer_desc made = GSS_C_EMPTY_BUFFER, mic = GSS_C_EMPTY_BUFFER;
	struct der_bytes token = { NULL, 0 }, client_mic = { NULL, 0 }, done;
	bool first = !acc->context;
	OM_uint32 minor;
	long ret = -1;

	if (!open_token(acc, in, len, &token, &client_mic) ||
	    !accept_token(acc, token, &made))
		return -1;
	if (first)
		resp.mech = mech_oid(acc);
	if (made.length)
		resp.token = (struct der_bytes){ made.value, made.length };
	if (!acc->complete || last_step(acc, client_mic, &resp, &mic)) {
		done = spnego_resp_encode(out, room, &resp);
		memmove(out, done.data, done.len);
		ret = acc->complete && acc->empty_last ? 0 : (long)done.len;
	}
	gss_release_buffer(&minor, &made);
	gss_release_buffer(&minor, &mic);
	return ret;
}

void acceptor_clear(struct acceptor *acc)
{
	OM_uint32 minor;

	gss_delete_sec_context(&minor, &acc->context, GSS_C_NO_BUFFER);
	memset(acc, 0, sizeof(*acc));
}
