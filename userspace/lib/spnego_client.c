// SPDX-License-Identifier: GPL-2.0-or-later
#include "spnego_client.h"

#include <errno.h>

static int broken(struct spnego_client *client, const char *what)
{
	return client->ops->fail(client->who, -EPROTO, what);
}

static bool is_complete(const struct spnego_client *client)
{
	return client->ops->complete(client->who);
}

static bool signs(const struct spnego_client *client)
{
	return client->ops->signs(client->who);
}

static int emit(struct spnego_client *client, struct der_bytes made,
		struct der_bytes *out)
{
	if (!made.data)
		return broken(client, "the token is too long to send");
	*out = made;
	return 0;
}

/* ---- First leg ---------------------------------------------------------- */

int spnego_client_offer(struct spnego_client *client, enum spnego_mech id)
{
	int ret = 0;

	if (client->offer_count == SPNEGO_OFFERS_MAX)
		return broken(client, "too many mechanisms");
	if (!client->offer_count)
		ret = client->ops->start(client->who, id, &client->optimistic);
	if (ret)
		return ret;
	if (!client->offer_count)
		client->current = id;
	client->offers[client->offer_count++] = id;
	return 0;
}

int spnego_client_first(struct spnego_client *client, struct der_bytes *out)
{
	struct spnego_init init = { .mech_token = client->optimistic };

	for (unsigned int i = 0; i < client->offer_count; i++)
		init.mechs[init.mech_count++] =
			spnego_mech_oid(client->offers[i]);
	client->list = spnego_mech_list_encode(client->list_room,
					       sizeof(client->list_room),
					       &init);
	if (!client->list.data)
		return broken(client, "too many mechanisms");
	client->begun = true;
	return emit(client, spnego_init_encode(client->room, client->room_len,
					       &init), out);
}

/* ---- Later legs --------------------------------------------------------- */

static bool is_offered(const struct spnego_client *client, enum spnego_mech id)
{
	for (unsigned int i = 0; i < client->offer_count; i++)
		if (client->offers[i] == id)
			return true;
	return false;
}

/*
 * The server's first answer names its choice; when that is not our first, our
 * optimistic token was for nothing and the other mechanism begins anew.
 */
static int follow_choice(struct spnego_client *client,
			 const struct spnego_resp *in, struct der_bytes *fresh)
{
	enum spnego_mech choice = spnego_mech_find(in->mech);

	if (choice == SPNEGO_MECH_MS_KRB5)
		choice = SPNEGO_MECH_KRB5;
	if (!in->mech.data || choice == client->current) {
		client->answered = true;
		return 0;
	}
	if (client->answered || !is_offered(client, choice))
		return broken(client, "the server chose a mechanism that was not offered");
	client->answered = true;
	client->mic_needed = true;
	client->current = choice;
	return client->ops->start(client->who, choice, fresh);
}

/*
 * Give the mechanism its token.  One that has completed may get a MIC but no
 * token more; one just begun anew has already made its own.
 */
static int mech_leg(struct spnego_client *client, const struct spnego_resp *in,
		    struct der_bytes *out)
{
	int ret;

	if (out->data || (is_complete(client) && !in->token.len))
		return 0;
	if (is_complete(client))
		return broken(client, "the server sent a token after the last one");
	if (!in->token.data && in->state == SPNEGO_STATE_COMPLETED)
		return 0;	/* finish() complains */
	if (!in->token.data)
		return broken(client, "the server sent no token");
	ret = client->ops->step(client->who, in->token, out);
	if (!out->len)
		out->data = NULL;
	return ret;
}

static int check_mic(struct spnego_client *client, const struct spnego_resp *in)
{
	/* Anonymous has no key to check with, and nothing worth protecting. */
	if (!in->mic.data || !signs(client))
		return 0;
	if (!is_complete(client))
		return broken(client, "the server signed the list of mechanisms too early");
	client->mic_seen = true;
	return client->ops->verify_mic(client->who, client->list, in->mic);
}

/*
 * RFC 4178 section 5: ours goes out with the mechanism's last token unless that
 * is the whole exchange.  Windows and Samba want it for NTLM always.
 */
static bool wants_mic(const struct spnego_client *client,
		      const struct spnego_resp *in)
{
	bool completed = in->state == SPNEGO_STATE_COMPLETED;

	if (!is_complete(client) || client->mic_sent || !signs(client))
		return false;
	if (client->mic_needed)
		return true;
	if (client->quiet && client->current == SPNEGO_MECH_KRB5)
		return in->mic.data && !completed;
	return client->quiet || !completed;
}

static int make_mic(struct spnego_client *client, const struct spnego_resp *in,
		    struct der_bytes *mic)
{
	if (!wants_mic(client, in))
		return 0;
	client->mic_sent = true;
	return client->ops->get_mic(client->who, client->list, mic);
}

/* The server is satisfied; are we? */
static int finish(struct spnego_client *client)
{
	if (!is_complete(client))
		return broken(client, "the server ended the authentication half way");
	if (client->mic_needed && !client->mic_seen && signs(client))
		return broken(client, "the server did not prove which mechanisms it was offered");
	client->done = true;
	return 0;
}

static int resp_leg(struct spnego_client *client, const struct spnego_resp *in,
		    struct der_bytes *out)
{
	struct spnego_resp reply = { .state = SPNEGO_STATE_ABSENT };
	int ret = follow_choice(client, in, &reply.token);

	if (!ret)
		ret = mech_leg(client, in, &reply.token);
	if (!ret)
		ret = check_mic(client, in);
	if (!ret)
		ret = make_mic(client, in, &reply.mic);
	if (!ret && (reply.token.data || reply.mic.data))
		ret = emit(client, spnego_resp_encode(client->room,
						      client->room_len,
						      &reply), out);
	if (!ret && in->state == SPNEGO_STATE_COMPLETED)
		ret = finish(client);
	return ret;
}

int spnego_client_next(struct spnego_client *client, struct der_bytes in,
		       struct der_bytes *out)
{
	struct spnego_resp resp;

	*out = (struct der_bytes){ NULL, 0 };
	/* Some servers have nothing to say with their success. */
	if (!in.len)
		return finish(client);
	if (!spnego_resp_decode(in.data, in.len, &resp))
		return broken(client, "the server's token is malformed");
	if (resp.state == SPNEGO_STATE_REJECT)
		return client->ops->fail(client->who, -EACCES,
					 "the server rejected the authentication");
	if (resp.state == SPNEGO_STATE_REQUEST_MIC)
		client->mic_needed = true;
	return resp_leg(client, &resp, out);
}
