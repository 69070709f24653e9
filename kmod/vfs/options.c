// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mount options: read, shown, changed by a remount.  Their names are those of
 * mount.cifs(8) where they mean the same.
 */
#include <linux/fs_context.h>
#include <linux/fs_parser.h>
#include <linux/inet.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include "../wire/gmt.h"
#include "../wire/nbss.h"
#include "mount.h"

#define RWSIZE_DEFAULT	SZ_1M
#define RWSIZE_MIN	SZ_4K
#define RWSIZE_MAX	SZ_8M
#define ACTIMEO_DEFAULT	1
#define ACTIMEO_MAX	86400
#define CLOSETIMEO_DEFAULT	60
#define IDLETIMEO_DEFAULT	600
#define TIMEOUT_DEFAULT	30
#define TIMEOUT_MAX	600

enum option {
	OPT_SOURCE, OPT_ADDR, OPT_PORT, OPT_USER, OPT_DOMAIN, OPT_KEY, OPT_SEC,
	OPT_VERS, OPT_UID, OPT_GID, OPT_FILE_MODE, OPT_DIR_MODE, OPT_RSIZE,
	OPT_WSIZE, OPT_SIGN, OPT_SEAL, OPT_MULTI, OPT_SOFT, OPT_HARD, OPT_ACTIMEO,
	OPT_TIMEOUT, OPT_PERM, OPT_BRL, OPT_MANDATORY, OPT_SECRET,
	OPT_MAPPOSIX, OPT_MAPCHARS, OPT_MULTIUSER, OPT_LEASE, OPT_CLOSETIMEO,
	OPT_SYMLINK, OPT_REPARSE, OPT_MFSYMLINKS,
	OPT_NETBIOS, OPT_CALLED, OPT_CALLING, OPT_IDLETIMEO,
	OPT_SNAPSHOT,
};

/* In the order of enum unc_node_form. */
static const struct constant_table symlink_names[] = {
	{ "default",	UNC_NODE_DEFAULT },
	{ "none",	UNC_NODE_NONE },
	{ "native",	UNC_NODE_NATIVE },
	{ "nfs",	UNC_NODE_NFS },
	{ "wsl",	UNC_NODE_WSL },
	{ "mfsymlinks",	UNC_NODE_MFSYMLINK },
	{}
};

static const struct constant_table reparse_names[] = {
	{ "default",	UNC_NODE_DEFAULT },
	{ "none",	UNC_NODE_NONE },
	{ "nfs",	UNC_NODE_NFS },
	{ "wsl",	UNC_NODE_WSL },
	{}
};

static const struct constant_table sec_names[] = {
	{ "any",	UNC_SEC_ANY },
	{ "krb5",	UNC_SEC_KRB5 },
	{ "ntlm",	UNC_SEC_NTLM },
	{ "none",	UNC_SEC_NONE },
	{}
};

enum vers {
	VERS_DEFAULT, VERS_1, VERS_3, VERS_202, VERS_21, VERS_30, VERS_302, VERS_311,
};

static const struct constant_table vers_names[] = {
	{ "default",	VERS_DEFAULT },
	{ "1.0",	VERS_1 },
	{ "3",		VERS_3 },
	{ "2.0",	VERS_202 },
	{ "2.0.2",	VERS_202 },
	{ "2.1",	VERS_21 },
	{ "3.0",	VERS_30 },
	{ "3.0.2",	VERS_302 },
	{ "3.02",	VERS_302 },
	{ "3.1.1",	VERS_311 },
	{ "3.11",	VERS_311 },
	{}
};

static const struct {
	u16	min;
	u16	max;
} vers_range[] = {
	[VERS_DEFAULT]	= { 0x0210, 0x0311 },
	[VERS_1]	= { 0x0100, 0x0100 },
	[VERS_3]	= { 0x0300, 0x0311 },
	[VERS_202]	= { 0x0202, 0x0202 },
	[VERS_21]	= { 0x0210, 0x0210 },
	[VERS_30]	= { 0x0300, 0x0300 },
	[VERS_302]	= { 0x0302, 0x0302 },
	[VERS_311]	= { 0x0311, 0x0311 },
};

const struct fs_parameter_spec unc_parameters[] = {
	fsparam_string("source",	OPT_SOURCE),
	fsparam_string("ip",		OPT_ADDR),
	fsparam_string("addr",		OPT_ADDR),
	fsparam_u32("port",		OPT_PORT),
	fsparam_string("user",		OPT_USER),
	fsparam_string("username",	OPT_USER),
	fsparam_string("domain",	OPT_DOMAIN),
	fsparam_s32("key",		OPT_KEY),
	fsparam_enum("sec",		OPT_SEC, sec_names),
	fsparam_enum("vers",		OPT_VERS, vers_names),
	fsparam_uid("uid",		OPT_UID),
	fsparam_gid("gid",		OPT_GID),
	fsparam_u32oct("file_mode",	OPT_FILE_MODE),
	fsparam_u32oct("dir_mode",	OPT_DIR_MODE),
	fsparam_u32("rsize",		OPT_RSIZE),
	fsparam_u32("wsize",		OPT_WSIZE),
	fsparam_flag("sign",		OPT_SIGN),
	fsparam_flag("seal",		OPT_SEAL),
	fsparam_flag("multiprotocol",	OPT_MULTI),
	fsparam_flag("soft",		OPT_SOFT),
	fsparam_flag("hard",		OPT_HARD),
	fsparam_u32("actimeo",		OPT_ACTIMEO),
	fsparam_u32("closetimeo",	OPT_CLOSETIMEO),
	fsparam_u32("idletimeo",	OPT_IDLETIMEO),
	fsparam_flag_no("lease",	OPT_LEASE),
	fsparam_u32("timeout",		OPT_TIMEOUT),
	fsparam_flag_no("perm",		OPT_PERM),
	fsparam_flag("multiuser",	OPT_MULTIUSER),
	fsparam_flag_no("brl",		OPT_BRL),
	fsparam_flag("forcemandatorylock", OPT_MANDATORY),
	fsparam_flag("forcemand",	OPT_MANDATORY),
	fsparam_flag_no("mapposix",	OPT_MAPPOSIX),
	fsparam_flag_no("mapchars",	OPT_MAPCHARS),
	fsparam_enum("symlink",		OPT_SYMLINK, symlink_names),
	fsparam_enum("reparse",		OPT_REPARSE, reparse_names),
	fsparam_flag_no("mfsymlinks",	OPT_MFSYMLINKS),
	fsparam_flag_no("nbsessinit",	OPT_NETBIOS),
	fsparam_string("servern",	OPT_CALLED),
	fsparam_string("netbiosname",	OPT_CALLING),
	fsparam_string("snapshot",	OPT_SNAPSHOT),
	fsparam_string("pass",		OPT_SECRET),
	fsparam_string("passwd",	OPT_SECRET),
	fsparam_string("password",	OPT_SECRET),
	fsparam_string("password2",	OPT_SECRET),
	fsparam_string("cred",		OPT_SECRET),
	fsparam_string("credentials",	OPT_SECRET),
	{}
};

static int parse_source(struct fs_context *fc, struct fs_parameter *param)
{
	struct unc_mount *m = fc->fs_private;

	if (fc->purpose == FS_CONTEXT_FOR_RECONFIGURE)
		return 0;
	if (fc->source)
		return invalf(fc, "uncfs: more than one source");
	fc->source = param->string;
	param->string = NULL;
	return unc_source_parse(fc, fc->source, &m->source);
}

static int parse_addr(struct fs_context *fc, const char *text)
{
	struct unc_mount *m = fc->fs_private;

	if (inet_pton_with_scope(fc->net_ns, AF_UNSPEC, text, NULL, &m->addr))
		return invalf(fc, "uncfs: \"%s\" is no IP address", text);
	return 0;
}

static int parse_netbios_name(struct fs_context *fc,
			      const struct fs_parameter *param, char *to)
{
	struct wire_nbss_name name;

	if (wire_nbss_name_set(&name, param->string, strlen(param->string),
			       NBSS_SERVER))
		return invalf(fc, "uncfs: %s must be 1 to 15 characters of ASCII, without blanks",
			      param->key);
	strscpy(to, param->string, UNC_NETBIOS_NAME_ROOM);
	return 0;
}

static int parse_netbios(struct fs_context *fc, enum option option,
			 const struct fs_parameter *param,
			 const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_options *opt = &m->opt;

	switch (option) {
	case OPT_NETBIOS:
		opt->netbios = result->negated ? UNC_NETBIOS_NEVER :
						 UNC_NETBIOS_ALWAYS;
		return 0;
	case OPT_CALLED:
		return parse_netbios_name(fc, param, opt->called);
	case OPT_CALLING:
		return parse_netbios_name(fc, param, opt->calling);
	default:
		return -EINVAL;
	}
}

static int parse_text(char **to, struct fs_parameter *param)
{
	kfree(*to);
	*to = param->string;
	param->string = NULL;
	return 0;
}

static int parse_mode(struct fs_context *fc, u32 value, umode_t *mode)
{
	if (value & ~0777)
		return invalf(fc, "uncfs: modes are three octal digits");
	*mode = value;
	return 0;
}

static int parse_range(struct fs_context *fc, const struct fs_parameter *param,
		       u32 value, u32 min, u32 max)
{
	if (value >= min && value <= max)
		return 0;
	return invalf(fc, "uncfs: %s must be between %u and %u", param->key,
		      min, max);
}

static int parse_rwsize(struct fs_context *fc,
			const struct fs_parameter *param, u32 value, u32 *to)
{
	*to = max_t(u32, round_down(value, PAGE_SIZE), PAGE_SIZE);
	return parse_range(fc, param, value, RWSIZE_MIN, RWSIZE_MAX);
}

static int parse_size_or_time(struct fs_context *fc, enum option option,
			      const struct fs_parameter *param, u32 value)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_options *opt = &m->opt;

	switch (option) {
	case OPT_PORT:
		opt->port = value;
		return parse_range(fc, param, value, 1, U16_MAX);
	case OPT_RSIZE:
		return parse_rwsize(fc, param, value, &opt->rsize);
	case OPT_WSIZE:
		return parse_rwsize(fc, param, value, &opt->wsize);
	case OPT_ACTIMEO:
		opt->actimeo = value;
		return parse_range(fc, param, value, 0, ACTIMEO_MAX);
	case OPT_CLOSETIMEO:
		opt->closetimeo = value;
		return parse_range(fc, param, value, 0, ACTIMEO_MAX);
	case OPT_IDLETIMEO:
		opt->idletimeo = value;
		return parse_range(fc, param, value, 1, ACTIMEO_MAX);
	case OPT_TIMEOUT:
		opt->timeout = value;
		return parse_range(fc, param, value, 1, TIMEOUT_MAX);
	default:
		return -EINVAL;
	}
}

static int parse_who(struct fs_context *fc, enum option option,
		     const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_options *opt = &m->opt;

	switch (option) {
	case OPT_UID:
		opt->uid = result->uid;
		return 0;
	case OPT_GID:
		opt->gid = result->gid;
		return 0;
	case OPT_FILE_MODE:
		opt->file_mode_set = true;
		return parse_mode(fc, result->uint_32, &opt->file_mode);
	case OPT_DIR_MODE:
		return parse_mode(fc, result->uint_32, &opt->dir_mode);
	case OPT_PERM:
		opt->noperm = result->negated;
		return 0;
	default:
		return -EINVAL;
	}
}

static int parse_names(struct fs_context *fc, enum option option,
		       const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_options *opt = &m->opt;
	enum wire_name_map map = option == OPT_MAPCHARS ? WIRE_NAMES_SFU :
							  WIRE_NAMES_SFM;

	if (!result->negated)
		opt->map = map;
	else if (opt->map == map)
		opt->map = WIRE_NAMES_PLAIN;
	return 0;
}

static int parse_nodes(struct fs_context *fc, enum option option,
		       const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_options *opt = &m->opt;

	switch (option) {
	case OPT_SYMLINK:
		opt->symlink = result->uint_32;
		return 0;
	case OPT_REPARSE:
		opt->reparse = result->uint_32;
		return 0;
	case OPT_MFSYMLINKS:
		opt->nomfsymlinks = result->negated;
		opt->symlink = result->negated ? UNC_NODE_NATIVE :
						 UNC_NODE_MFSYMLINK;
		return 0;
	default:
		return -EINVAL;
	}
}

/* "@GMT-...", or 100 ns since 1601, of which the part of a second is lost. */
static int parse_snapshot(struct fs_context *fc, const char *text)
{
	struct unc_mount *m = fc->fs_private;
	char name[WIRE_GMT_LEN + 1];

	if (kstrtou64(text, 10, &m->opt.snapshot) &&
	    wire_gmt_parse(text, strlen(text), &m->opt.snapshot))
		return invalf(fc, "uncfs: snapshot must look like @GMT-2026.12.31-23.59.59");
	wire_gmt_format(m->opt.snapshot, name);
	if (!*name)
		return invalf(fc, "uncfs: snapshot is no time");
	return 0;
}

static int parse_security(struct fs_context *fc, enum option option,
			  const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_options *opt = &m->opt;

	switch (option) {
	case OPT_KEY:
		opt->key = result->int_32;
		return 0;
	case OPT_SEC:
		opt->sec = result->uint_32;
		return 0;
	case OPT_VERS:
		opt->dialect_min = vers_range[result->uint_32].min;
		opt->dialect_max = vers_range[result->uint_32].max;
		return 0;
	case OPT_SIGN:
		opt->sign = true;
		return 0;
	case OPT_SEAL:
		opt->seal = true;
		return 0;
	case OPT_MULTI:
		opt->multi = true;
		return 0;
	case OPT_MULTIUSER:
		/* Modes of one owner say nothing of who everybody is. */
		opt->multiuser = true;
		opt->noperm = true;
		return 0;
	default:
		return -EINVAL;
	}
}

static int parse_behaviour(struct fs_context *fc, enum option option,
			   const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;

	switch (option) {
	case OPT_LEASE:
		m->opt.nolease = result->negated;
		return 0;
	case OPT_SOFT:
	case OPT_HARD:
		m->opt.soft = option == OPT_SOFT;
		return 0;
	case OPT_BRL:
		m->opt.nobrl = result->negated;
		return 0;
	case OPT_MANDATORY:
		/* Locks of a server are mandatory; there are no others. */
		m->opt.nobrl = false;
		return 0;
	default:
		return -EINVAL;
	}
}

static int parse_option(struct fs_context *fc, enum option option,
			struct fs_parameter *param,
			const struct fs_parse_result *result)
{
	struct unc_mount *m = fc->fs_private;

	switch (option) {
	case OPT_SOURCE:
		return parse_source(fc, param);
	case OPT_ADDR:
		return parse_addr(fc, param->string);
	case OPT_USER:
		return parse_text(&m->user, param);
	case OPT_DOMAIN:
		return parse_text(&m->domain, param);
	case OPT_LEASE:
	case OPT_SOFT:
	case OPT_HARD:
	case OPT_BRL:
	case OPT_MANDATORY:
		return parse_behaviour(fc, option, result);
	case OPT_PORT:
	case OPT_RSIZE:
	case OPT_WSIZE:
	case OPT_ACTIMEO:
	case OPT_CLOSETIMEO:
	case OPT_IDLETIMEO:
	case OPT_TIMEOUT:
		return parse_size_or_time(fc, option, param, result->uint_32);
	case OPT_UID:
	case OPT_GID:
	case OPT_FILE_MODE:
	case OPT_DIR_MODE:
	case OPT_PERM:
		return parse_who(fc, option, result);
	case OPT_MAPPOSIX:
	case OPT_MAPCHARS:
		return parse_names(fc, option, result);
	case OPT_SYMLINK:
	case OPT_REPARSE:
	case OPT_MFSYMLINKS:
		return parse_nodes(fc, option, result);
	case OPT_NETBIOS:
	case OPT_CALLED:
	case OPT_CALLING:
		return parse_netbios(fc, option, param, result);
	case OPT_SNAPSHOT:
		return parse_snapshot(fc, param->string);
	case OPT_SECRET:
		return invalf(fc, "uncfs: %s is not for the kernel; use mount.uncfs or unc login",
			      param->key);
	default:
		return parse_security(fc, option, result);
	}
}

/**
 * unc_option_parse - take one option of a mount
 * @fc: the mount being made or changed
 * @param: the option
 *
 * Context: may sleep.
 *
 * Return: 0, -ENOPARAM for an option that nobody knows, -EINVAL or -ENOMEM.
 */
int unc_option_parse(struct fs_context *fc, struct fs_parameter *param)
{
	struct fs_parse_result result;
	int option = fs_parse(fc, unc_parameters, param, &result);

	if (option == -ENOPARAM)
		return unc_option_known(fc, param);
	return option < 0 ? option : parse_option(fc, option, param, &result);
}

/**
 * unc_options_default - how a mount is unless it is told
 * @opt: filled in
 */
void unc_options_default(struct unc_options *opt)
{
	*opt = (struct unc_options){
		.uid = GLOBAL_ROOT_UID,
		.gid = GLOBAL_ROOT_GID,
		.file_mode = 0755,
		.dir_mode = 0755,
		.rsize = RWSIZE_DEFAULT,
		.wsize = RWSIZE_DEFAULT,
		.actimeo = ACTIMEO_DEFAULT,
		.closetimeo = CLOSETIMEO_DEFAULT,
		.idletimeo = IDLETIMEO_DEFAULT,
		.timeout = TIMEOUT_DEFAULT,
		.map = WIRE_NAMES_SFM,
		.dialect_min = vers_range[VERS_DEFAULT].min,
		.dialect_max = vers_range[VERS_DEFAULT].max,
	};
}

static const char *vers_name(const struct unc_options *opt)
{
	const struct constant_table *name;

	for (name = vers_names; name->name; name++)
		if (vers_range[name->value].min == opt->dialect_min &&
		    vers_range[name->value].max == opt->dialect_max)
			return name->name;
	return "default";
}

static void show_text(struct seq_file *m, const char *name, const char *text)
{
	if (text)
		seq_show_option(m, name, text);
}

static const char * const map_names[] = {
	[WIRE_NAMES_PLAIN]	= "nomapposix",
	[WIRE_NAMES_SFM]	= "mapposix",
	[WIRE_NAMES_SFU]	= "mapchars",
};

static void show_flag(struct seq_file *m, const char *name, bool set)
{
	if (set)
		seq_printf(m, ",%s", name);
}

static void show_snapshot(struct seq_file *m, const struct unc_options *opt)
{
	char name[WIRE_GMT_LEN + 1];

	if (!opt->snapshot)
		return;
	wire_gmt_format(opt->snapshot, name);
	seq_show_option(m, "snapshot", name);
}

/**
 * unc_options_show - the options of a mount, for /proc/mounts
 * @m: where to
 * @sbi: the mount
 */
void unc_options_show(struct seq_file *m, const struct unc_sb *sbi)
{
	const struct unc_options *opt = &sbi->opt;

	show_text(m, "username", sbi->user);
	show_text(m, "domain", sbi->domain);
	seq_printf(m, ",vers=%s,sec=%s", vers_name(opt),
		   sec_names[opt->sec].name);
	seq_printf(m, ",uid=%u,gid=%u",
		   from_kuid_munged(seq_user_ns(m), opt->uid),
		   from_kgid_munged(seq_user_ns(m), opt->gid));
	if (opt->file_mode_set)
		seq_printf(m, ",file_mode=0%o", opt->file_mode);
	seq_printf(m, ",dir_mode=0%o", opt->dir_mode);
	seq_printf(m, ",rsize=%u,wsize=%u", opt->rsize, opt->wsize);
	if (opt->port)
		seq_printf(m, ",port=%u", opt->port);
	if (opt->netbios)
		show_flag(m, opt->netbios == UNC_NETBIOS_NEVER ?
			  "nonbsessinit" : "nbsessinit", true);
	show_text(m, "servern", *opt->called ? opt->called : NULL);
	show_text(m, "netbiosname", *opt->calling ? opt->calling : NULL);
	show_flag(m, "sign", opt->sign);
	show_flag(m, "seal", opt->seal);
	show_flag(m, "multiprotocol", opt->multi);
	show_flag(m, opt->soft ? "soft" : "hard", true);
	show_flag(m, "noperm", opt->noperm);
	if (opt->multiuser)
		seq_printf(m, ",multiuser,idletimeo=%u", opt->idletimeo);
	show_flag(m, "nobrl", opt->nobrl);
	show_flag(m, map_names[opt->map], true);
	show_snapshot(m, opt);
	show_flag(m, "nomfsymlinks", opt->nomfsymlinks);
	if (opt->symlink)
		seq_printf(m, ",symlink=%s", symlink_names[opt->symlink].name);
	if (opt->reparse)
		seq_printf(m, ",reparse=%s", symlink_names[opt->reparse].name);
	show_flag(m, "nolease", opt->nolease);
	seq_printf(m, ",actimeo=%u,closetimeo=%u,timeout=%u", opt->actimeo,
		   opt->closetimeo, opt->timeout);
}

/* What connections and inodes have been made from cannot change. */
static bool same_roots(const struct unc_options *a,
		       const struct unc_options *b)
{
	return uid_eq(a->uid, b->uid) && gid_eq(a->gid, b->gid) &&
	       a->file_mode == b->file_mode && a->dir_mode == b->dir_mode &&
	       a->dialect_min == b->dialect_min &&
	       a->dialect_max == b->dialect_max && a->sec == b->sec &&
	       a->key == b->key && a->port == b->port &&
	       a->netbios == b->netbios && !strcmp(a->called, b->called) &&
	       !strcmp(a->calling, b->calling) && a->sign == b->sign &&
	       a->seal == b->seal && a->multi == b->multi &&
	       a->timeout == b->timeout &&
	       a->nolease == b->nolease && a->closetimeo == b->closetimeo &&
	       a->map == b->map && a->nomfsymlinks == b->nomfsymlinks &&
	       a->snapshot == b->snapshot &&
	       a->multiuser == b->multiuser && a->idletimeo == b->idletimeo &&
	       a->nobrl == b->nobrl;
}

/**
 * unc_options_change - change the options of a mount
 * @fc: for messages
 * @opt: the options now
 * @wanted: what they shall be
 *
 * Return: 0, or -EINVAL if that needs a new mount.
 */
int unc_options_change(struct fs_context *fc, struct unc_options *opt,
		       const struct unc_options *wanted)
{
	if (!same_roots(opt, wanted))
		return invalf(fc, "uncfs: only actimeo, rsize, wsize, soft, perm, symlink, reparse can change");
	opt->rsize = wanted->rsize;
	opt->wsize = wanted->wsize;
	opt->actimeo = wanted->actimeo;
	opt->soft = wanted->soft;
	opt->noperm = wanted->noperm;
	opt->symlink = wanted->symlink;
	opt->reparse = wanted->reparse;
	return 0;
}
