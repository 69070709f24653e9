// SPDX-License-Identifier: GPL-2.0-or-later
#include "ping.h"

#define FOOTER_LEN	8	/* NtVersion, LmNtToken, Lm20Token */
#define TOKEN		0xffff

static const struct {
	const char *name;
	const char *meaning;
} flags[32] = {
	[0] = { "DS_PDC_FLAG", "has the role of the primary controller" },
	[2] = { "DS_GC_FLAG", "global catalog" },
	[3] = { "DS_LDAP_FLAG", "serves LDAP" },
	[4] = { "DS_DS_FLAG", "serves a directory" },
	[5] = { "DS_KDC_FLAG", "gives out Kerberos tickets" },
	[6] = { "DS_TIMESERV_FLAG", "serves the time" },
	[7] = { "DS_CLOSEST_FLAG", "in the client's own site" },
	[8] = { "DS_WRITABLE_FLAG", "its directory can be written" },
	[9] = { "DS_GOOD_TIMESERV_FLAG", "has a clock to rely on" },
	[10] = { "DS_NDNC_FLAG", "serves a naming context, no domain" },
	[11] = { "DS_SELECT_SECRET_DOMAIN_6_FLAG", "read-only (2008)" },
	[12] = { "DS_FULL_SECRET_DOMAIN_6_FLAG", "has all secrets (2008)" },
	[13] = { "DS_WS_FLAG", "serves the directory's web services" },
	[14] = { "DS_DS_8_FLAG", "Windows 2012 or later" },
	[15] = { "DS_DS_9_FLAG", "Windows 2012 R2 or later" },
	[16] = { "DS_DS_10_FLAG", "Windows 2016 or later" },
	[29] = { "DS_DNS_CONTROLLER_FLAG", "its name is a DNS name" },
	[30] = { "DS_DNS_DOMAIN_FLAG", "the domain's name is a DNS name" },
	[31] = { "DS_DNS_FOREST_FLAG", "the forest's name is a DNS name" },
};

const char *ping_flag_name(unsigned int bit)
{
	return bit < 32 ? flags[bit].name : NULL;
}

const char *ping_flag_meaning(unsigned int bit)
{
	return bit < 32 && flags[bit].meaning ? flags[bit].meaning :
						"not known";
}

/* DcSockAddrSize and DcSockAddr: where we have sent the question, anyway. */
static void skip_address(struct wire_in *in)
{
	u8 size = wire_in_u8(in, "DcSockAddrSize");

	wire_in_skip(in, size, "DcSockAddr");
}

static void read_names(struct wire_in *in, struct ping_answer *answer)
{
	dnsname_read(in, &answer->forest, "DnsForestName");
	dnsname_read(in, &answer->domain, "DnsDomainName");
	dnsname_read(in, &answer->host, "DnsHostName");
	dnsname_read(in, &answer->netbios_domain, "NetbiosDomainName");
	dnsname_read(in, &answer->netbios_host, "NetbiosComputerName");
	dnsname_read(in, &answer->user, "UserName");
	dnsname_read(in, &answer->dc_site, "DcSiteName");
	dnsname_read(in, &answer->client_site, "ClientSiteName");
}

/* What is between depends on NtVersion, which stands behind it. */
static u32 version_of(const struct wire_in *in)
{
	struct wire_in end = *in;

	if (in->err || wire_in_left(in) < FOOTER_LEN)
		return 0;
	wire_in_seek(&end, in->len - FOOTER_LEN, "NtVersion");
	return wire_in_u32(&end, "NtVersion");
}

static void read_footer(struct wire_in *in, struct ping_answer *answer)
{
	answer->version = wire_in_u32(in, "NtVersion");
	if (wire_in_u16(in, "LmNtToken") != TOKEN)
		wire_in_fail(in, "LmNtToken");
	if (wire_in_u16(in, "Lm20Token") != TOKEN)
		wire_in_fail(in, "Lm20Token");
	if (!in->err && wire_in_left(in))
		wire_in_fail(in, "length");
}

static void read_all(struct wire_in *in, struct ping_answer *answer)
{
	u32 version = version_of(in);

	wire_in_u16(in, "Sbz");
	answer->flags = wire_in_u32(in, "Flags");
	wire_in_copy(in, answer->guid, sizeof(answer->guid), "DomainGuid");
	read_names(in, answer);
	if (version & PING_V5EX_WITH_IP)
		skip_address(in);
	if (version & PING_WITH_CLOSEST_SITE)
		dnsname_read(in, &answer->next_site, "NextClosestSiteName");
	read_footer(in, answer);
}

/* ---- By mailslot ---------------------------------------------------------- */

static int put_wide(struct wire_out *out, const char *text)
{
	int ret = text ? wire_out_utf16(out, text, (u32)strlen(text)) : 0;

	wire_out_u16(out, 0);
	return ret < 0 ? ret : 0;
}

int ping_request_encode(void *buf, u32 cap, const struct ping_request *request)
{
	struct wire_out out;
	int ret;

	wire_out_init(&out, buf, cap);
	wire_out_u16(&out, PING_REQUEST);
	wire_out_u16(&out, 0);			/* RequestCount */
	ret = put_wide(&out, request->computer);
	if (!ret)
		ret = put_wide(&out, request->user);
	wire_out_bytes(&out, request->mailslot,
		       (u32)strlen(request->mailslot) + 1);
	wire_out_u32(&out, request->account_control);
	wire_out_u32(&out, 0);			/* DomainSidSize: any */
	wire_out_u32(&out, request->version);
	wire_out_u16(&out, TOKEN);
	wire_out_u16(&out, TOKEN);
	if (ret)
		return ret;
	return out.overflow ? -EMSGSIZE : (int)out.pos;
}

/* ---- The answer ----------------------------------------------------------- */

int ping_answer_decode(const void *data, u32 len, struct ping_answer *answer,
		       const char **why)
{
	struct wire_in in;
	bool extended;

	memset(answer, 0, sizeof(*answer));
	wire_in_init(&in, data, len);
	answer->opcode = wire_in_u16(&in, "Opcode");
	extended = answer->opcode >= PING_RESPONSE_EX &&
		   answer->opcode <= PING_USER_UNKNOWN_EX;
	if (!in.err && extended)
		read_all(&in, answer);
	else
		wire_in_fail(&in, "Opcode");
	if (why)
		*why = in.err;
	if (len >= 2 && !extended)
		return -EOPNOTSUPP;
	return wire_in_errno(&in);
}
