// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a server speaks, whatever its dialect: rightly while the session is set
 * up, then as the records say, then as the configuration ends; one message at
 * a time, so that the client can do something about it.
 */
#include "talk.h"

static u32 setup_left;
static u8 *ready;		/* message to be received */
static u32 ready_len;
static int closed;
static bool spoken;		/* in this step */

static bool end_is(enum talk_end end)
{
	return talk_config.end % TALK_ENDS == end;
}

static bool has_more(void)
{
	if (ready || talk_input_left())
		return true;
	return talk_server->waits() && (setup_left || end_is(TALK_END_RIGHT));
}

void talk_speak_begin(void)
{
	setup_left = talk_config.setup;
	closed = 0;
	spoken = false;
	world_has_more = has_more;
	talk_server->begin();
}

void talk_speak_end(void)
{
	talk_server->end();
	free(ready);
	ready = NULL;
}

u8 *talk_say(const void *msg, u32 len)
{
	ready = malloc(len ?: 1);
	ready_len = len;
	if (msg && len)
		memcpy(ready, msg, len);
	return ready;
}

u32 talk_spoil(u8 which)
{
	u32 at = ready_len - 1 - which % ready_len;

	ready[at] ^= 0x40;
	return at;
}

/* Return: 0, or the error that the connection ends by. */
static int event(const struct talk_record *rec)
{
	switch (rec->which % 4) {
	case 0:
		return -ECONNRESET;
	case 1:
		world_signalled = true;
		break;
	case 2:
		return -ECONNABORTED;
	case 3:
		world_pass(rec->status);
		break;
	}
	return 0;
}

static void play(const struct talk_record *rec, const u8 *data, u32 len)
{
	switch (rec->kind % TALK_KINDS) {
	case TALK_TIME:
		return world_pass(rec->status * HZ);
	case TALK_EVENT:
		closed = event(rec);
		return;
	default:
		talk_server->play(rec, data, len);
	}
}

/* What comes next; nothing if it is not a message. */
static void advance(void)
{
	bool few = talk_config.flags & TALK_FEW_CREDITS;
	const struct talk_record right = { .credits = few ? 1 : 32 };
	struct talk_record rec;
	const u8 *data;
	u32 len;

	if (setup_left && talk_server->waits()) {
		setup_left--;
		talk_server->right(&right);
	} else if (talk_next(&rec, &data, &len)) {
		play(&rec, data, len);
	} else if (end_is(TALK_END_RIGHT)) {
		talk_server->right(&right);
	} else if (end_is(TALK_END_CLOSED)) {
		closed = -ECONNRESET;
	}
}

bool talk_speak(u8 **msg, u32 *len, int *error)
{
	if (spoken) {
		spoken = false;
		return false;
	}
	world_elsewhere = true;
	if (!ready && !closed)
		advance();
	world_elsewhere = false;
	if (ready) {
		*msg = ready;
		*len = ready_len;
		ready = NULL;
		spoken = true;
		return true;
	}
	*error = closed;
	return closed;
}
