// SPDX-License-Identifier: GPL-2.0-or-later
/* SPNEGO's client with mechanisms that only count, and servers that lie. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "spnego_client.h"
#include "tap.h"

#define BYTES(text) ((struct der_bytes){ (const uint8_t *)(text), strlen(text) })

/* A mechanism that is complete after so many tokens. */
static struct {
	enum spnego_mech id;
	unsigned int starts, steps, needed;
	unsigned int mics_made, mics_seen;
	bool no_key;
	int code;
	const char *what;
} mech;

static int start(void *who, enum spnego_mech id, struct der_bytes *token)
{
	mech.id = id;
	mech.starts++;
	mech.steps = 0;
	*token = BYTES("hello");
	return 0;
}

static int step(void *who, struct der_bytes in, struct der_bytes *out)
{
	mech.steps++;
	*out = mech.steps < mech.needed || mech.id == SPNEGO_MECH_NTLM ?
	       BYTES("again") : (struct der_bytes){ NULL, 0 };
	return 0;
}

static bool complete(void *who)
{
	return mech.steps >= mech.needed;
}

static bool signs(void *who)
{
	return !mech.no_key;
}

static int get_mic(void *who, struct der_bytes data, struct der_bytes *mic)
{
	mech.mics_made++;
	*mic = BYTES("ours");
	return 0;
}

static int verify_mic(void *who, struct der_bytes data, struct der_bytes mic)
{
	mech.mics_seen++;
	return mic.len == 6 && memcmp(mic.data, "theirs", 6) == 0 ? 0 :
	       -EACCES;
}

static int fail(void *who, int code, const char *what)
{
	mech.code = code;
	mech.what = what;
	return code;
}

static const struct spnego_client_ops ops = {
	.start = start, .step = step, .complete = complete, .signs = signs,
	.get_mic = get_mic, .verify_mic = verify_mic, .fail = fail,
};

static uint8_t room[1000], said[1000];
static struct spnego_client client;
static struct der_bytes out;

static void begin(bool quiet, unsigned int needed)
{
	memset(&mech, 0, sizeof(mech));
	mech.needed = needed;
	mech.what = "";
	client = (struct spnego_client){ .ops = &ops, .room = room,
					 .room_len = sizeof(room),
					 .quiet = quiet };
	spnego_client_offer(&client, SPNEGO_MECH_KRB5);
	spnego_client_offer(&client, SPNEGO_MECH_NTLM);
	spnego_client_first(&client, &out);
}

/* What the server says; NULL parts are not in it. */
static int next(enum spnego_state state, enum spnego_mech id, const char *token,
		const char *mic)
{
	struct spnego_resp resp = { .state = state };
	struct der_bytes in;

	if (id)
		resp.mech = spnego_mech_oid(id);
	if (token)
		resp.token = BYTES(token);
	if (mic)
		resp.mic = BYTES(mic);
	in = spnego_resp_encode(said, sizeof(said), &resp);
	return spnego_client_next(&client, in, &out);
}

/* What it says of that is in @mech only then. */
static void refused(int ret, int code, const char *name)
{
	ok(ret == code && !client.done, "%s: %s", name, mech.what);
}

#define DONE	SPNEGO_STATE_COMPLETED
#define MORE	SPNEGO_STATE_INCOMPLETE

static void test_good(void)
{
	begin(false, 1);
	ok(out.len && mech.starts == 1, "two are offered, one is begun");
	ok(next(DONE, SPNEGO_MECH_KRB5, "ap-rep", NULL) == 0 && client.done &&
	   !out.len && !mech.mics_made, "Kerberos in one answer");
	begin(false, 1);
	ok(next(MORE, SPNEGO_MECH_KRB5, "ap-rep", NULL) == 0 && out.len &&
	   mech.mics_made == 1, "a signature where the server waits");
	ok(next(DONE, 0, NULL, "theirs") == 0 && client.done &&
	   mech.mics_seen == 1, "and its own");
	begin(true, 2);
	ok(next(MORE, SPNEGO_MECH_KRB5, "one", NULL) == 0 &&
	   next(MORE, 0, "two", NULL) == 0 && !mech.mics_made,
	   "none of Kerberos if it is to be quiet");
	ok(spnego_client_next(&client, (struct der_bytes){ NULL, 0 }, &out) ==
	   0 && client.done, "a server that says no more is content");
	begin(false, 1);
	mech.no_key = true;
	ok(next(MORE, SPNEGO_MECH_KRB5, "x", NULL) == 0 && !mech.mics_made &&
	   next(DONE, 0, NULL, "whatever") == 0 && client.done,
	   "nobody has no key to sign with");
}

static void test_choice(void)
{
	begin(false, 1);
	ok(next(MORE, SPNEGO_MECH_NTLM, NULL, NULL) == 0 && mech.starts == 2 &&
	   mech.id == SPNEGO_MECH_NTLM && out.len, "the server prefers NTLM");
	ok(next(MORE, 0, "challenge", NULL) == 0 && mech.mics_made == 1,
	   "which signs the list");
	ok(next(DONE, 0, NULL, "theirs") == 0 && client.done,
	   "as the server must, too");
	begin(false, 1);
	next(MORE, SPNEGO_MECH_NTLM, NULL, NULL);
	next(MORE, 0, "challenge", NULL);
	refused(next(DONE, 0, NULL, NULL), -EPROTO, "else it is refused");
	begin(false, 1);
	next(SPNEGO_STATE_REQUEST_MIC, SPNEGO_MECH_KRB5, "x", NULL);
	ok(mech.mics_made == 1, "the server asks for a signature");
	refused(next(DONE, 0, NULL, NULL), -EPROTO, "and must give one");
}

static void test_lies(void)
{
	begin(false, 1);
	next(MORE, SPNEGO_MECH_NTLM, NULL, NULL);
	refused(next(MORE, SPNEGO_MECH_KRB5, "x", NULL), -EPROTO,
		"a second choice");
	begin(false, 2);
	refused(next(MORE, SPNEGO_MECH_KRB5, "x", "theirs"), -EPROTO,
		"a signature too early");
	begin(false, 1);
	next(MORE, SPNEGO_MECH_KRB5, "x", NULL);
	refused(next(MORE, 0, "y", NULL), -EPROTO, "a token too late");
	begin(false, 2);
	refused(next(MORE, SPNEGO_MECH_KRB5, NULL, NULL), -EPROTO, "no token");
	begin(false, 2);
	refused(next(DONE, SPNEGO_MECH_KRB5, "x", NULL), -EPROTO,
		"an end half way");
	begin(false, 1);
	refused(next(DONE, SPNEGO_MECH_KRB5, "x", "forged"), -EACCES,
		"a signature that is wrong");
	begin(false, 1);
	refused(next(SPNEGO_STATE_REJECT, 0, NULL, NULL), -EACCES,
		"a rejection");
	begin(false, 1);
	refused(spnego_client_next(&client, BYTES("nonsense"), &out), -EPROTO,
		"no SPNEGO");
	begin(false, 1);
	client.room_len = 20;
	refused(spnego_client_first(&client, &out), -EPROTO, "no room");
	while (client.offer_count < SPNEGO_OFFERS_MAX)
		spnego_client_offer(&client, SPNEGO_MECH_IAKERB);
	refused(spnego_client_offer(&client, SPNEGO_MECH_NTLM), -EPROTO,
		"one offer too many");
}

int main(void)
{
	test_good();
	test_choice();
	test_lies();
	return tap_done();
}
