/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SPNEGO tokens (RFC 4178, [MS-SPNG] 2.2), decoded and encoded.
 *
 * Pure: no allocation and no GSS.  What a decoder returns points into the
 * token it was given.
 */
#ifndef UNC_LIB_SPNEGO_H
#define UNC_LIB_SPNEGO_H

#include "der.h"

/* Windows offers five at most; more than this is refused. */
#define SPNEGO_MECHS_MAX 16

/* negState, RFC 4178 4.2.2 */
enum spnego_state {
	SPNEGO_STATE_ABSENT		= -1,
	SPNEGO_STATE_COMPLETED		= 0,
	SPNEGO_STATE_INCOMPLETE		= 1,
	SPNEGO_STATE_REJECT		= 2,
	SPNEGO_STATE_REQUEST_MIC	= 3,
};

/* The mechanisms that mean something to us; others are kept as OIDs. */
enum spnego_mech {
	SPNEGO_MECH_UNKNOWN,
	SPNEGO_MECH_KRB5,	/* 1.2.840.113554.1.2.2 */
	SPNEGO_MECH_MS_KRB5,	/* 1.2.840.48018.1.2.2, [MS-SPNG] 1.9 */
	SPNEGO_MECH_NTLM,	/* 1.3.6.1.4.1.311.2.2.10 */
	SPNEGO_MECH_IAKERB,	/* 1.3.6.1.5.2.5: Kerberos, the server asks the KDC */
};

/*
 * NegTokenInit and, from servers, NegTokenInit2 ([MS-SPNG] 2.2.1).
 * @mech_list is the DER of mechTypes with its header: what mechListMIC covers.
 * Fields that were not there have .data NULL.
 */
struct spnego_init {
	struct der_bytes mech_list;
	struct der_bytes mechs[SPNEGO_MECHS_MAX];
	size_t mech_count;
	struct der_bytes mech_token;
	struct der_bytes mic;
};

/* NegTokenResp; @mech is the OID's content, without its header. */
struct spnego_resp {
	enum spnego_state state;
	struct der_bytes mech;
	struct der_bytes token;
	struct der_bytes mic;
};

/* False: no well-formed token of this kind. */
bool spnego_init_decode(const void *data, size_t len, struct spnego_init *init);
bool spnego_resp_decode(const void *data, size_t len, struct spnego_resp *resp);

/* True if the token is a NegTokenResp, which begins no negotiation. */
bool spnego_is_resp(const void *data, size_t len);

/*
 * Encode at the END of @room; the result is a window into it, with .data NULL
 * when the room is not enough.  Of @init mechs, mech_token and mic are used;
 * mech_list need not be set.  A field with .data NULL is left out.
 */
struct der_bytes spnego_init_encode(void *room, size_t len,
				    const struct spnego_init *init);
struct der_bytes spnego_resp_encode(void *room, size_t len,
				    const struct spnego_resp *resp);

/* The DER of mechTypes alone, as mechListMIC covers it. */
struct der_bytes spnego_mech_list_encode(void *room, size_t len,
					 const struct spnego_init *init);

enum spnego_mech spnego_mech_find(struct der_bytes oid);
struct der_bytes spnego_mech_oid(enum spnego_mech mech);
const char *spnego_mech_name(enum spnego_mech mech);

#endif
