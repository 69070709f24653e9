// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libFuzzer target: messages of the name services.  What was read as a name
 * must be written and read as the same name again, and fit where it is shown.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "llmnr.h"
#include "mailslot.h"
#include "mdns.h"
#include "nbdgm.h"
#include "nbns.h"
#include "rap.h"
#include "wsd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_name(const struct dnsname *name)
{
	u8 buf[12 + DNSNAME_WIRE_MAX] = { 0 };
	char text[DNSNAME_TEXT_ROOM];
	struct dnsname again;
	struct wire_out out;
	struct wire_in in;

	wire_out_init(&out, buf, sizeof(buf));
	wire_out_zero(&out, 12);
	dnsname_write(&out, name);
	wire_in_init(&in, buf, out.pos);
	wire_in_seek(&in, 12, "name");
	dnsname_read(&in, &again, "name");
	if (out.overflow || in.err || wire_in_left(&in) ||
	    !dnsname_equal(name, &again))
		abort();
	dnsname_format(name, text);
}

static void try_nbname(const struct dnsname *name)
{
	char text[NBNAME_TEXT_ROOM];
	struct nbname decoded, again;
	struct dnsname wire;

	if (!nbname_decode(name, &decoded))
		return;
	nbname_format(&decoded, text);
	if (!nbname_encode(&wire, &decoded, "") ||
	    !nbname_decode(&wire, &again) ||
	    memcmp(&decoded, &again, sizeof(again)) != 0)
		abort();
}

static void try_nbns(const uint8_t *data, size_t size)
{
	static struct nbns_answer answer;
	char text[NBNAME_TEXT_ROOM];

	if (nbns_answer_decode(data, (u32)size, &answer, NULL) < 0)
		return;
	if (answer.address_count > NBNS_ADDRESSES_MAX ||
	    answer.name_count > NBNS_NAMES_MAX)
		abort();
	for (u32 i = 0; i < answer.name_count; i++)
		nbname_format(&answer.names[i].name, text);
	if (!answer.name.len)
		return;
	try_name(&answer.name);
	try_nbname(&answer.name);
}

static void try_llmnr(const uint8_t *data, size_t size)
{
	static struct llmnr_answer answer;

	if (llmnr_answer_decode(data, (u32)size, &answer, NULL) < 0)
		return;
	if (answer.address_count > LLMNR_ADDRESSES_MAX)
		abort();
	try_name(&answer.question.name);
}

static void try_mdns(const uint8_t *data, size_t size)
{
	static struct mdns_answer answer;
	struct dnsname type;

	dnsname_from_text(&type, MDNS_SMB);
	if (mdns_answer_decode(data, (u32)size, &type, &answer, NULL) == 0 &&
	    answer.count > MDNS_SERVICES_MAX)
		abort();
}

/* Parameters first, then data */
static void try_rap(const uint8_t *data, size_t size)
{
	struct wire_blob params = { data, RAP_ANSWER_PARAMS }, rest;
	struct rap_answer answer;
	struct rap_server server;
	struct rap_share share;

	if (size < RAP_ANSWER_PARAMS || rap_answer_decode(&params, &answer) < 0)
		return;
	rest = (struct wire_blob){ data + params.len, (u32)size - params.len };
	for (unsigned int i = 0; i < answer.count; i++) {
		rap_server_decode(&rest, &answer, i, &server);
		rap_share_decode(&rest, &answer, i, &share);
		if (strlen(server.name) >= RAP_NAME_ROOM ||
		    strlen(share.comment) >= RAP_COMMENT_ROOM)
			abort();
	}
}

static void try_wsd(const uint8_t *data, size_t size)
{
	struct wsd_match matches[WSD_MATCHES_MAX];
	struct wsd_computer computer;

	if (wsd_matches_parse(data, size, "", matches) > WSD_MATCHES_MAX)
		abort();
	wsd_computer_parse(data, size, &computer);
}

/* What was read must be written, and then read as the same. */
static void try_mailslot(const uint8_t *data, size_t size)
{
	struct mailslot slot, again;
	u8 room[UINT16_MAX + 512];
	int len;

	if (mailslot_decode(data, (u32)size, &slot, NULL) < 0)
		return;
	len = mailslot_encode(room, sizeof(room), &slot);
	/* Others may send a priority that we do not. */
	if (len == -EINVAL)
		return;
	if (len < 0 || mailslot_decode(room, (u32)len, &again, NULL) < 0 ||
	    strcmp(slot.name, again.name) != 0 ||
	    slot.data.len != again.data.len ||
	    (slot.data.len && memcmp(slot.data.ptr, again.data.ptr,
				     slot.data.len) != 0))
		abort();
}

static void try_nbdgm(const uint8_t *data, size_t size)
{
	struct nbdgm dgm, again;
	u8 room[NBDGM_MAX];
	int len;

	if (nbdgm_decode(data, (u32)size, &dgm, NULL) < 0)
		return;
	try_mailslot(dgm.data.ptr, dgm.data.len);
	len = nbdgm_encode(room, sizeof(room), &dgm, "");
	if (len == -EMSGSIZE && dgm.data.len > NBDGM_DATA_MAX)
		return;
	if (len < 0 || nbdgm_decode(room, (u32)len, &again, NULL) < 0 ||
	    dgm.data.len != again.data.len || dgm.port != again.port ||
	    memcmp(&dgm.to, &again.to, sizeof(dgm.to)) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > UINT16_MAX)
		return 0;
	try_nbns(data, size);
	try_llmnr(data, size);
	try_mdns(data, size);
	try_rap(data, size);
	try_wsd(data, size);
	try_mailslot(data, size);
	try_nbdgm(data, size);
	return 0;
}
