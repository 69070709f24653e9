// SPDX-License-Identifier: GPL-2.0-or-later
#include "conf.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dnsname.h"

#define FILE_MAX	16384
#define TIMEOUT_MIN_MS	10
#define TIMEOUT_MAX_MS	10000
#define TRIES_MAX	10
#define BLANK		" \t"

/* What the words of the file come to, before the order is worked out. */
struct parsing {
	struct names_conf *conf;
	char order[128];
	char node_type;		/* 0 when it was not given */
	char *why;
};

static const char *const source_names[NAMES_SOURCES] = {
	[NAMES_DNS]		= "dns",
	[NAMES_WINS]		= "wins",
	[NAMES_BROADCAST]	= "broadcast",
	[NAMES_LLMNR]		= "llmnr",
	[NAMES_MDNS]		= "mdns",
	[NAMES_WSD]		= "wsd",
};

static const char *const browse_names[NAMES_BROWSES] = {
	[NAMES_BROWSE_NETBIOS]	= "netbios",
	[NAMES_BROWSE_RAP]	= "rap",
	[NAMES_BROWSE_MDNS]	= "mdns",
	[NAMES_BROWSE_WSD]	= "wsd",
};

const char *names_source_name(enum names_source source)
{
	return source_names[source];
}

const char *names_browse_name(enum names_browse source)
{
	return browse_names[source];
}

/* RFC 1002 6: UCAST_REQ_RETRY_*, BCAST_REQ_RETRY_*; RFC 4795 7. */
void names_conf_default(struct names_conf *conf)
{
	*conf = (struct names_conf){
		.order = { NAMES_DNS },
		.order_count = 1,
		.broadcast = { .timeout_ms = 250, .tries = 3 },
		.unicast = { .timeout_ms = 5000, .tries = 3 },
		.llmnr = { .timeout_ms = 1000, .tries = 3 },
		.mdns = { .timeout_ms = 1000, .tries = 2 },
		.wsd = { .timeout_ms = 1500, .tries = 2 },
	};
}

static bool __attribute__((format(printf, 2, 3)))
refuse(char *why, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, NAMES_WHY_ROOM, fmt, ap);
	va_end(ap);
	return false;
}

/* ---- The order ---------------------------------------------------------- */

static bool order_add(struct names_conf *conf, enum names_source source,
		      char *why)
{
	for (unsigned int i = 0; i < conf->order_count; i++)
		if (conf->order[i] == source)
			return refuse(why, "\"%s\" comes twice in the order",
				      source_names[source]);
	conf->order[conf->order_count++] = source;
	return true;
}

/* RFC 1001 10: B broadcasts, P asks name servers, M and H do both. */
static bool order_add_node(struct names_conf *conf, char type, char *why)
{
	if (!type)
		type = conf->wins_count ? 'h' : 'b';
	switch (type) {
	case 'b':
		return order_add(conf, NAMES_BROADCAST, why);
	case 'p':
		return order_add(conf, NAMES_WINS, why);
	case 'm':
		return order_add(conf, NAMES_BROADCAST, why) &&
		       order_add(conf, NAMES_WINS, why);
	}
	return order_add(conf, NAMES_WINS, why) &&
	       order_add(conf, NAMES_BROADCAST, why);
}

static bool order_add_word(struct names_conf *conf, const char *word,
			   char node_type, char *why)
{
	if (strcmp(word, "netbios") == 0)
		return order_add_node(conf, node_type, why);
	for (int i = 0; i < NAMES_SOURCES; i++)
		if (strcmp(word, source_names[i]) == 0)
			return order_add(conf, (enum names_source)i, why);
	return refuse(why, "there is no source \"%s\" (dns, netbios, wins, broadcast, llmnr, mdns, wsd)",
		      word);
}

static bool order_set(struct names_conf *conf, char *words, char node_type,
		      char *why)
{
	char *word;

	conf->order_count = 0;
	while ((word = strsep(&words, BLANK ",")))
		if (*word && !order_add_word(conf, word, node_type, why))
			return false;
	if (!conf->order_count)
		return refuse(why, "the order names no source");
	for (unsigned int i = 0; i < conf->order_count; i++)
		if (conf->order[i] == NAMES_WINS && !conf->wins_count)
			return refuse(why, "source \"wins\" needs wins-servers");
	return true;
}

/* ---- The keys ----------------------------------------------------------- */

static bool set_order(struct parsing *p, char *value)
{
	if (strlen(value) >= sizeof(p->order))
		return refuse(p->why, "too long");
	strcpy(p->order, value);
	return true;
}

static bool wins_set(struct names_conf *conf, char *words, char *why)
{
	char *word;

	conf->wins_count = 0;
	while ((word = strsep(&words, BLANK ","))) {
		if (!*word)
			continue;
		if (conf->wins_count == NAMES_WINS_MAX)
			return refuse(why, "more than %d name servers",
				      NAMES_WINS_MAX);
		if (inet_pton(AF_INET, word,
			      &conf->wins[conf->wins_count++]) != 1)
			return refuse(why, "\"%s\" is no IPv4 address", word);
	}
	return true;
}

static bool set_wins(struct parsing *p, char *value)
{
	return wins_set(p->conf, value, p->why);
}

static bool browse_word(struct names_conf *conf, const char *word, char *why)
{
	for (int i = 0; i < NAMES_BROWSES; i++) {
		if (strcmp(word, browse_names[i]) != 0)
			continue;
		conf->browse |= 1U << i;
		return true;
	}
	return refuse(why, "there is no source \"%s\" (netbios, rap, mdns, wsd)",
		      word);
}

bool names_conf_browse(struct names_conf *conf, char *words,
		       char why[NAMES_WHY_ROOM])
{
	char *word;

	conf->browse = 0;
	while ((word = strsep(&words, BLANK ",")))
		if (*word && !browse_word(conf, word, why))
			return false;
	return true;
}

static bool set_node_type(struct parsing *p, char *value)
{
	char type = (char)tolower((unsigned char)value[0]);

	if (!type || !strchr("bpmh", type) || value[1])
		return refuse(p->why, "\"%s\" is no node type (b, p, m, h)",
			      value);
	p->node_type = type;
	return true;
}

static bool set_scope(struct parsing *p, char *value)
{
	struct dnsname name;

	if (strlen(value) > NAMES_SCOPE_MAX ||
	    (*value && !dnsname_from_text(&name, value)))
		return refuse(p->why, "\"%s\" is no NetBIOS scope", value);
	strcpy(p->conf->scope, value);
	return true;
}

static bool set_interfaces(struct parsing *p, char *value)
{
	struct names_conf *conf = p->conf;
	char *word;

	conf->interface_count = 0;
	while ((word = strsep(&value, BLANK ","))) {
		if (!*word)
			continue;
		if (conf->interface_count == NAMES_INTERFACES_MAX)
			return refuse(p->why, "more than %d interfaces",
				      NAMES_INTERFACES_MAX);
		if (strlen(word) >= sizeof(conf->interfaces[0]))
			return refuse(p->why, "\"%s\" is no interface", word);
		strcpy(conf->interfaces[conf->interface_count++], word);
	}
	return true;
}

/* "250 3": milliseconds, tries. */
static bool set_patience(struct parsing *p, struct names_patience *patience,
			 char *value)
{
	unsigned int timeout, tries;
	int end = 0;

	if (sscanf(value, "%u %u%n", &timeout, &tries, &end) != 2 ||
	    value[end] || value[0] == '-' || timeout < TIMEOUT_MIN_MS ||
	    timeout > TIMEOUT_MAX_MS || tries < 1 || tries > TRIES_MAX)
		return refuse(p->why, "\"%s\" is not MILLISECONDS (%d to %d) and TRIES (1 to %d)",
			      value, TIMEOUT_MIN_MS, TIMEOUT_MAX_MS, TRIES_MAX);
	*patience = (struct names_patience){ timeout, tries };
	return true;
}

static bool set_broadcast(struct parsing *p, char *value)
{
	return set_patience(p, &p->conf->broadcast, value);
}

static bool set_unicast(struct parsing *p, char *value)
{
	return set_patience(p, &p->conf->unicast, value);
}

static bool set_llmnr(struct parsing *p, char *value)
{
	return set_patience(p, &p->conf->llmnr, value);
}

static bool set_mdns(struct parsing *p, char *value)
{
	return set_patience(p, &p->conf->mdns, value);
}

static bool set_wsd(struct parsing *p, char *value)
{
	return set_patience(p, &p->conf->wsd, value);
}

static bool set_browse(struct parsing *p, char *value)
{
	return names_conf_browse(p->conf, value, p->why);
}

bool names_conf_ciphers(struct names_conf *conf, const char *word,
			char why[NAMES_WHY_ROOM])
{
	static const char *const words[NAMES_CIPHERS] = {
		[NAMES_AES] = "aes", [NAMES_RC4] = "rc4",
		[NAMES_ANY_CIPHER] = "any",
	};

	for (unsigned int i = 0; i < NAMES_CIPHERS; i++) {
		if (strcmp(word, words[i]) != 0)
			continue;
		conf->ciphers = i;
		return true;
	}
	return refuse(why, "\"%.60s\" is not aes, rc4 or any", word);
}

bool names_conf_ntlm(struct names_conf *conf, const char *word,
		     char why[NAMES_WHY_ROOM])
{
	conf->ntlm = strcmp(word, "fallback") == 0;
	return conf->ntlm || strcmp(word, "never") == 0 ||
	       refuse(why, "\"%.60s\" is not never or fallback", word);
}

static bool set_ciphers(struct parsing *p, char *value)
{
	return names_conf_ciphers(p->conf, value, p->why);
}

static bool set_ntlm(struct parsing *p, char *value)
{
	return names_conf_ntlm(p->conf, value, p->why);
}

static const struct key {
	const char *name;
	bool (*set)(struct parsing *p, char *value);
} keys[] = {
	{ "order",		set_order },
	{ "wins-servers",	set_wins },
	{ "node-type",		set_node_type },
	{ "netbios-scope",	set_scope },
	{ "interfaces",		set_interfaces },
	{ "broadcast-timeout",	set_broadcast },
	{ "unicast-timeout",	set_unicast },
	{ "llmnr-timeout",	set_llmnr },
	{ "mdns-timeout",	set_mdns },
	{ "wsd-timeout",	set_wsd },
	{ "browse",		set_browse },
	{ "domain-ciphers",	set_ciphers },
	{ "domain-ntlm",	set_ntlm },
};

/* ---- The file ----------------------------------------------------------- */

static char *trim(char *text)
{
	char *end;

	text += strspn(text, BLANK);
	end = text + strlen(text);
	while (end > text && (end[-1] == ' ' || end[-1] == '\t' ||
			      end[-1] == '\r'))
		*--end = '\0';
	return text;
}

static bool parse_line(struct parsing *p, char *line)
{
	char *value, *name;

	line = trim(line);
	if (!*line || *line == '#')
		return true;
	value = strchr(line, '=');
	if (!value)
		return refuse(p->why, "there is no \"=\" in it");
	*value++ = '\0';
	name = trim(line);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (strcmp(keys[i].name, name) == 0)
			return keys[i].set(p, trim(value));
	return refuse(p->why, "there is no setting \"%s\"", name);
}

static bool parse_lines(struct parsing *p, char *text)
{
	char what[NAMES_WHY_ROOM];
	unsigned int number = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		number++;
		if (parse_line(p, line))
			continue;
		memcpy(what, p->why, sizeof(what));
		what[NAMES_WHY_ROOM - 1] = '\0';
		return refuse(p->why, "line %u: %.200s", number, what);
	}
	return order_set(p->conf, p->order, p->node_type, p->why);
}

bool names_conf_parse(struct names_conf *conf, char *text,
		      char why[NAMES_WHY_ROOM])
{
	struct parsing p = { .conf = conf, .order = "dns", .why = why };

	why[0] = '\0';
	names_conf_default(conf);
	if (parse_lines(&p, text))
		return true;
	names_conf_default(conf);
	return false;
}

bool names_conf_load(struct names_conf *conf, const char *path,
		     char why[NAMES_WHY_ROOM])
{
	FILE *file = fopen(path ? path : NAMES_CONF_PATH, "re");
	static char text[FILE_MAX + 1];
	char what[NAMES_WHY_ROOM];
	size_t len;

	names_conf_default(conf);
	if (!file && errno == ENOENT && !path)
		return true;
	if (!path)
		path = NAMES_CONF_PATH;
	if (!file)
		return refuse(why, "%.120s: %s", path, strerror(errno));
	len = fread(text, 1, sizeof(text), file);
	fclose(file);
	if (len > FILE_MAX || memchr(text, '\0', len))
		return refuse(why, "%.120s: not a configuration file", path);
	text[len] = '\0';
	if (names_conf_parse(conf, text, what))
		return true;
	return refuse(why, "%.60s: %.190s", path, what);
}

bool names_conf_override(struct names_conf *conf, char *order, char *wins,
			 char why[NAMES_WHY_ROOM])
{
	char both[] = "dns wins";

	if (wins && !wins_set(conf, wins, why))
		return false;
	if (wins && !order)
		order = both;
	return !order || order_set(conf, order, 0, why);
}
