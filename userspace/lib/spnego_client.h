/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The client's side of SPNEGO (RFC 4178, [MS-SPNG]) above bare mechanisms: which
 * of them, whose token, and whether nobody between has changed the offer.
 *
 * Legs, for NTLM:
 *
 *	-> NegTokenInit { list, NEGOTIATE }
 *	incomplete, CHALLENGE	-> NegTokenResp { AUTHENTICATE, our MIC }
 *	completed, its MIC	-> done
 *
 * and for Kerberos, where the server likes our first choice:
 *
 *	-> NegTokenInit { list, AP-REQ }
 *	completed, AP-REP	-> done
 */
#ifndef UNC_LIB_SPNEGO_CLIENT_H
#define UNC_LIB_SPNEGO_CLIENT_H

#include "spnego.h"

#define SPNEGO_OFFERS_MAX 3

/*
 * The mechanisms below, by who uses the client. What returns int returns 0 or a
 * negative errno and remembers what went wrong; bytes that are handed out stay
 * until the next call.
 */
struct spnego_client_ops {
	/* Begin with mechanism @id, instead of any other; its first token. */
	int (*start)(void *who, enum spnego_mech id, struct der_bytes *token);
	/* One token in, one out (.len 0: none). */
	int (*step)(void *who, struct der_bytes in, struct der_bytes *out);
	bool (*complete)(void *who);
	/* Has it a key to sign with? */
	bool (*signs)(void *who);
	int (*get_mic)(void *who, struct der_bytes data, struct der_bytes *mic);
	int (*verify_mic)(void *who, struct der_bytes data,
			  struct der_bytes mic);
	/* Remember these words; returns @code. */
	int (*fail)(void *who, int code, const char *what);
};

/**
 * struct spnego_client - zeroed but for the first five at the beginning
 * @ops, @who: the mechanisms
 * @room, @room_len: where tokens are made
 * @quiet: Kerberos signs the list only where it must: an acceptor that ignores
 *	it would miss the number of that signature
 */
struct spnego_client {
	const struct spnego_client_ops *ops;
	void *who;
	uint8_t *room;
	size_t room_len;
	bool quiet;

	enum spnego_mech offers[SPNEGO_OFFERS_MAX];
	unsigned int offer_count;
	enum spnego_mech current;
	struct der_bytes optimistic;	/* first token of the first offer */
	bool begun;		/* NegTokenInit is out */
	bool answered;		/* the server has named its choice */
	bool mic_needed;	/* the negotiation itself must be proved */
	bool mic_sent;
	bool mic_seen;
	bool done;
	uint8_t list_room[64];
	struct der_bytes list;	/* DER of mechTypes as it was sent */
};

/**
 * spnego_client_offer - one more mechanism, in order of preference
 *
 * The first that starts gives the optimistic token; those behind it are offered
 * without being tried. Return: 0; what start returned.
 */
int spnego_client_offer(struct spnego_client *client, enum spnego_mech id);

/** spnego_client_first - NegTokenInit with what was offered, in @client->room */
int spnego_client_first(struct spnego_client *client, struct der_bytes *out);

/**
 * spnego_client_next - what the server said (.len 0: nothing), what to say
 * @out: .len 0 for nothing
 *
 * Sets @client->done when nothing more is to come from the server.
 */
int spnego_client_next(struct spnego_client *client, struct der_bytes in,
		       struct der_bytes *out);

#endif
