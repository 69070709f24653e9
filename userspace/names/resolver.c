// SPDX-License-Identifier: GPL-2.0-or-later
#include "lookup.h"

static void (*const lookups[NAMES_SOURCES])(struct lookup *lookup) = {
	[NAMES_DNS]		= lookup_dns,
	[NAMES_WINS]		= lookup_wins,
	[NAMES_BROADCAST]	= lookup_broadcast,
	[NAMES_LLMNR]		= lookup_llmnr,
	[NAMES_MDNS]		= lookup_mdns,
	[NAMES_WSD]		= lookup_wsd,
};

void names_question_init(struct names_question *question, const char *host)
{
	*question = (struct names_question){ .host = host };
	question->netbios = nbname_parse(&question->name, host, NBNAME_SERVER);
	question->suffixed = nbname_has_suffix(host);
}

static void ask(struct lookup *lookup)
{
	int64_t begin = clock_us();

	if (begin / 1000 >= lookup->deadline)
		result_set(lookup->result, NAMES_NOT_ASKED,
			   "the time was used up by the sources before");
	else
		lookups[lookup->result->source](lookup);
	lookup->result->time_us = clock_us() - begin;
}

int names_resolve(const struct names_conf *conf,
		  const struct names_question *question,
		  struct names_result results[NAMES_SOURCES], bool all,
		  int64_t deadline)
{
	struct lookup lookup = {
		.conf = conf, .question = question, .deadline = deadline,
	};
	int winner = -1;

	for (unsigned int i = 0; i < conf->order_count; i++) {
		lookup.result = &results[i];
		results[i] = (struct names_result){ .source = conf->order[i] };
		if (winner >= 0 && !all)
			continue;
		ask(&lookup);
		if (winner < 0 && results[i].status == NAMES_FOUND)
			winner = (int)i;
	}
	return winner;
}

const char *names_status_text(enum names_status status)
{
	static const char *const texts[] = {
		[NAMES_NOT_ASKED]	= "not asked",
		[NAMES_FOUND]		= "found",
		[NAMES_NOT_FOUND]	= "not found",
		[NAMES_NO_ANSWER]	= "no answer",
		[NAMES_CONFLICT]	= "conflict",
		[NAMES_SKIPPED]		= "skipped",
		[NAMES_FAILED]		= "failed",
	};

	return texts[status];
}

int64_t names_deadline(unsigned int seconds)
{
	return clock_ms() + (int64_t)seconds * 1000;
}
