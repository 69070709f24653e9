// SPDX-License-Identifier: GPL-2.0-or-later
#include "srv.h"

#include <netdb.h>
#include <resolv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#define ANSWER_MAX	65536
#define WHY_ROOM	256

static u32 random_up_to(u32 max)
{
	u32 number;

	while (getrandom(&number, sizeof(number), 0) != sizeof(number))
		;
	return max == UINT32_MAX ? number : number % (max + 1);
}

static void no_answer(const char *name, int error, char *why)
{
	const char *text = error == HOST_NOT_FOUND ? "there is no such name" :
			   error == NO_DATA ? "the name has no SRV records" :
			   "no DNS server answers";

	snprintf(why, WHY_ROOM, "DNS: %.180s: %s", name, text);
}

/* Its state is in memory that no other resolver of this process touches. */
static int query(const char *name, uint8_t *buf, int *error)
{
	struct __res_state state = { 0 };
	int len = -1;

	*error = NETDB_INTERNAL;
	if (res_ninit(&state))
		return -1;
	len = res_nquery(&state, name, DNSMSG_CLASS_IN, DNSMSG_TYPE_SRV, buf,
			 ANSWER_MAX);
	*error = state.res_h_errno;
	res_nclose(&state);
	return len > ANSWER_MAX ? ANSWER_MAX : len;
}

bool srv_lookup(const char *name, struct dnssrv_answer *answer, char *why)
{
	uint8_t *buf = malloc(ANSWER_MAX);
	const char *field = NULL;
	int len = -1, error = 0;

	answer->count = 0;
	if (buf)
		len = query(name, buf, &error);
	if (len < 0)
		no_answer(name, error, why);
	else if (dnssrv_answer_decode(buf, (u32)len, answer, &field))
		snprintf(why, WHY_ROOM, "DNS: %.160s: %s of the answer is wrong",
			 name, field);
	else if (!answer->count)
		no_answer(name, NO_DATA, why);
	free(buf);
	dnssrv_sort(answer, random_up_to);
	return answer->count;
}
