// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Kerberos by gss_wrap_iov() in DCE style: nothing of the token stands around
 * the data, all of it goes to the verifier ([MS-RPCE] 3.3.1.5.2.2, RFC 4121
 * rotated by [MS-KILE] 3.4.5.4.1).
 */
#include "protect.h"

#include <errno.h>
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <stdlib.h>
#include <string.h>

#include "mech.h"

struct gss_protect {
	struct rpc_protect base;
	gss_ctx_id_t context;
	gss_OID oid;
};

#define PARTS 4

static gss_iov_buffer_desc part(OM_uint32 type, void *data, size_t len)
{
	return (gss_iov_buffer_desc){ type, { len, data } };
}

/*
 * Signature, header, data, trailer; without header signing what stands around
 * the data is left out by being empty.
 */
static void iov_fill(const struct rpc_packet *packet,
		     gss_iov_buffer_desc iov[PARTS])
{
	size_t after = packet->data_at + packet->data_len;
	bool all = packet->sign_all;

	iov[0] = part(GSS_IOV_BUFFER_TYPE_HEADER, packet->sig, packet->sig_len);
	iov[1] = part(GSS_IOV_BUFFER_TYPE_SIGN_ONLY, packet->pdu,
		      all ? packet->data_at : 0);
	iov[2] = part(GSS_IOV_BUFFER_TYPE_DATA, packet->pdu + packet->data_at,
		      packet->data_len);
	iov[3] = part(GSS_IOV_BUFFER_TYPE_SIGN_ONLY, packet->pdu + after,
		      all ? packet->len - after : 0);
}

static gss_buffer_desc signed_part(const struct rpc_packet *packet)
{
	if (packet->sign_all)
		return (gss_buffer_desc){ packet->len, packet->pdu };
	return (gss_buffer_desc){ packet->data_len,
				  packet->pdu + packet->data_at };
}

static int gss_sig_len(struct rpc_protect *p, const struct rpc_packet *packet,
		       struct rpc_error *err)
{
	struct gss_protect *gss = (struct gss_protect *)p;
	gss_iov_buffer_desc iov[PARTS];
	OM_uint32 major, minor;
	int conf;

	iov_fill(packet, iov);
	if (packet->seal) {
		major = gss_wrap_iov_length(&minor, gss->context, 1,
					    GSS_C_QOP_DEFAULT, &conf, iov,
					    PARTS);
	} else {
		iov[0].type = GSS_IOV_BUFFER_TYPE_MIC_TOKEN;
		major = gss_get_mic_iov_length(&minor, gss->context,
					       GSS_C_QOP_DEFAULT, iov, PARTS);
	}
	if (GSS_ERROR(major))
		return rpc_gss_fail(err, "length of a signature", major, minor,
				    gss->oid);
	return (int)iov[0].buffer.length;
}

static int seal(struct gss_protect *gss, struct rpc_packet *packet,
		struct rpc_error *err)
{
	gss_iov_buffer_desc iov[PARTS];
	OM_uint32 major, minor;
	int conf = 0;

	iov_fill(packet, iov);
	major = gss_wrap_iov(&minor, gss->context, 1, GSS_C_QOP_DEFAULT, &conf,
			     iov, PARTS);
	if (GSS_ERROR(major) || !conf ||
	    iov[0].buffer.length != packet->sig_len)
		return rpc_gss_fail(err, "sealing a request", major, minor,
				    gss->oid);
	return 0;
}

static int sign(struct gss_protect *gss, struct rpc_packet *packet,
		struct rpc_error *err)
{
	gss_buffer_desc data = signed_part(packet), sig = GSS_C_EMPTY_BUFFER;
	OM_uint32 major, minor;
	bool fits;

	major = gss_get_mic(&minor, gss->context, GSS_C_QOP_DEFAULT, &data,
			    &sig);
	fits = !GSS_ERROR(major) && sig.length == packet->sig_len;
	if (fits)
		memcpy(packet->sig, sig.value, sig.length);
	else
		rpc_gss_fail(err, "signing a request", major, minor, gss->oid);
	gss_release_buffer(&minor, &sig);
	return fits ? 0 : err->code;
}

static int gss_close(struct rpc_protect *p, struct rpc_packet *packet,
		     struct rpc_error *err)
{
	struct gss_protect *gss = (struct gss_protect *)p;

	return packet->seal ? seal(gss, packet, err) : sign(gss, packet, err);
}

/* Replayed, out of order: supplementary bits that are errors to us. */
static bool is_bad(OM_uint32 major)
{
	return major != GSS_S_COMPLETE;
}

static int gss_open(struct rpc_protect *p, struct rpc_packet *packet,
		    struct rpc_error *err)
{
	struct gss_protect *gss = (struct gss_protect *)p;
	gss_buffer_desc data = signed_part(packet);
	gss_buffer_desc sig = { packet->sig_len, packet->sig };
	gss_iov_buffer_desc iov[PARTS];
	OM_uint32 major, minor;
	int conf = 1;

	iov_fill(packet, iov);
	if (packet->seal)
		major = gss_unwrap_iov(&minor, gss->context, &conf, NULL, iov,
				       PARTS);
	else
		major = gss_verify_mic(&minor, gss->context, &data, &sig, NULL);
	if (is_bad(major))
		return rpc_gss_fail(err, "the server's signature is wrong",
				    major, minor, gss->oid);
	return conf ? 0 : rpc_fail(err, -EPROTO,
				   "the server's answer is not encrypted");
}

static void gss_free(struct rpc_protect *p)
{
	free(p);
}

static const struct rpc_protect_ops gss_ops = {
	.sig_len = gss_sig_len,
	.close = gss_close,
	.open = gss_open,
	.free = gss_free,
};

struct rpc_protect *rpc_gss_protect_new(void *context, void *oid)
{
	struct gss_protect *gss = calloc(1, sizeof(*gss));

	if (!gss)
		return NULL;
	gss->base.ops = &gss_ops;
	gss->context = context;
	gss->oid = oid;
	return &gss->base;
}
