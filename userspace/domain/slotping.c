// SPDX-License-Identifier: GPL-2.0-or-later
#include "slotping.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cldap.h"
#include "dcping.h"
#include "dgram.h"
#include "exchange.h"
#include "names.h"

/* [MS-ADTS] 6.3.5: where controllers listen; the answer has a name of ours. */
#define TO_SLOT		"\\MAILSLOT\\NET\\NETLOGON"
#define ANSWER_SLOT	"\\MAILSLOT\\NET\\GETDC%03X"
#define TRIES		3
#define TIMEOUT_MS	700

/* A question on its way. */
struct slot_ping {
	struct dc *dcs;
	unsigned int count, max;
	const struct dc_query *query;
	struct names_conf conf;
	struct dgram dgram;
	char name[20];			/* DOMAIN#1C */
	char answer[MAILSLOT_NAME_ROOM];
	u8 request[512];
	u32 request_len;
	struct dgram_message message;
};

static int make_request(struct slot_ping *p)
{
	char computer[NBNAME_LEN] = "";
	struct ping_request request = {
		.computer = computer, .user = p->query->user,
		.mailslot = p->answer,
		.account_control = dc_account_control(p->query),
		.version = PING_V5 | PING_V5EX | PING_WITH_CLOSEST_SITE,
	};
	int len;

	if (!dgram_own_name(computer))
		return -EINVAL;
	snprintf(p->name, sizeof(p->name), "%.15s#1C", p->query->domain);
	snprintf(p->answer, sizeof(p->answer), ANSWER_SLOT,
		 exchange_id() & 0xfff);
	len = ping_request_encode(p->request, sizeof(p->request), &request);
	p->request_len = len < 0 ? 0 : (u32)len;
	return len < 0 ? len : 0;
}

static int send_once(struct slot_ping *p, int64_t deadline)
{
	struct dgram_message *m = &p->message;
	char computer[NBNAME_LEN];

	m->dgm = (struct nbdgm){ .type = NBDGM_GROUP, .id = exchange_id() };
	m->slot = (struct mailslot){
		.name = TO_SLOT, .data = { p->request, p->request_len },
	};
	if (!dgram_own_name(computer) ||
	    !nbname_parse(&m->dgm.from, computer, NBNAME_WORKSTATION))
		return -EINVAL;
	return dgram_spread(&p->dgram, &p->conf, p->name, m, deadline);
}

/* ---- Answers -------------------------------------------------------------- */

static bool known(const struct slot_ping *p, const char *host)
{
	for (unsigned int i = 0; i < p->count; i++)
		if (strcasecmp(p->dcs[i].host, host) == 0)
			return true;
	return false;
}

/* True when nothing more is wanted. */
static bool take(struct slot_ping *p, int64_t begin)
{
	const struct dgram_message *m = &p->message;
	struct dc *dc = &p->dcs[p->count];
	struct sockaddr_in address = m->peer;

	if (strcasecmp(m->slot.name, p->answer) != 0)
		return false;
	memset(dc, 0, sizeof(*dc));
	dc->error = -dc_take_answer(dc, &m->slot.data, p->query->domain);
	if (dc->error || known(p, dc->host))
		return false;
	address.sin_port = htons(CLDAP_PORT);
	memcpy(&dc->address, &address, sizeof(address));
	dc->source = DC_MAILSLOT;
	dc->time_us = clock_us() - begin;
	p->count++;
	return p->count == p->max ||
	       (!p->query->all && dc_good(dc, p->query->flags));
}

static int ask(struct slot_ping *p, int64_t deadline)
{
	int64_t begin = clock_us(), end;
	int ret = -ETIMEDOUT;

	for (int i = 0; i < TRIES && !p->count && clock_ms() < deadline; i++) {
		ret = send_once(p, deadline);
		if (ret < 0)
			return ret;
		end = clock_ms() + TIMEOUT_MS;
		if (end > deadline)
			end = deadline;
		for (;;) {
			ret = dgram_receive(&p->dgram, &p->message, end);
			if (ret || take(p, begin))
				break;
		}
	}
	return ret;
}

static void explain(const char *domain, int error, char *why)
{
	const char *text = error == -ENOENT ?
		"its NetBIOS name leads nowhere; see \"order\" in uncd.conf(5)" :
		error == -ETIMEDOUT ? "no answer to a ping by mailslot (138/udp)" :
		strerror(-error);

	snprintf(why, DOMAIN_WHY_ROOM, "%.100s: %s", domain, text);
}

unsigned int dc_slot_ping(struct dc *dcs, unsigned int max,
			  const struct dc_query *query, int64_t deadline,
			  char *why)
{
	struct slot_ping p = { .dcs = dcs, .max = max, .query = query };
	char conf_why[NAMES_WHY_ROOM];
	int ret;

	if (!max)
		return 0;
	names_conf_load(&p.conf, query->config, conf_why);
	ret = make_request(&p);
	if (!ret)
		ret = dgram_open(&p.dgram, false);
	if (!ret) {
		ret = ask(&p, deadline);
		dgram_close(&p.dgram);
	}
	if (!p.count)
		explain(query->domain, ret, why);
	return p.count;
}
