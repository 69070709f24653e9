// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mounting: from options to a share that can be reached, or to a sentence
 * about what failed.
 */
#include <linux/cred.h>
#include <linux/fs_context.h>
#include <linux/fs_parser.h>
#include <linux/inet.h>
#include <linux/key.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "../upcall/upcall.h"
#include "../wire/gmt.h"
#include "../wire/ntstatus.h"
#include "mount.h"

/* ---- Failures ---------------------------------------------------------- */

static void describe_codes(const struct unc_failure *why, char *buf,
			   size_t size)
{
	buf[0] = '\0';
	if (why->ntstatus)
		snprintf(buf, size, " (%s, %#x)",
			 wire_ntstatus_name(why->ntstatus) ?: "NTSTATUS",
			 why->ntstatus);
	else if (why->gss_major)
		snprintf(buf, size, " (GSS %#x, %#x)", why->gss_major,
			 why->gss_minor);
}

/*
 * errorf() goes to whoever holds the fs_context, or to the kernel log if
 * mount(2) was used and nobody does.
 */
static void report(struct fs_context *fc, const struct unc_failure *why,
		   int err)
{
	const struct unc_mount *m = fc->fs_private;
	const char *stage = unc_stage_name(why->stage);
	char codes[80], text[24];

	describe_codes(why, codes, sizeof(codes));
	snprintf(text, sizeof(text), "%pe", ERR_PTR(err));
	errorf(fc, "uncfs: %s: %s%s", stage, *why->message ? why->message :
	       text, codes);
	if (fc->log.log)
		pr_notice_ratelimited("uncfs: //%s/%s: %s: %s%s (%s)\n",
				      m->source.host, m->source.share, stage,
				      why->message, codes, text);
}

/* ---- Reaching the share ------------------------------------------------ */

static int find_key(struct fs_context *fc, struct key **key)
{
	const struct unc_mount *m = fc->fs_private;

	*key = NULL;
	if (m->opt.sec == UNC_SEC_NONE)
		return 0;
	*key = unc_credential_find(fc->net_ns, m->source.host, m->opt.key);
	if (!IS_ERR(*key))
		return 0;
	errorf(fc, "uncfs: session: the key with the credentials cannot be used: %pe",
	       *key);
	return PTR_ERR(*key);
}

static void fill_target(struct fs_context *fc, struct unc_target *target)
{
	const struct unc_mount *m = fc->fs_private;

	*target = (struct unc_target){
		.net = fc->net_ns,
		.host = m->source.host,
		.share = m->source.share,
		.port = m->opt.port,
		.addr = m->addr,
		.who = {
			.uid = fc->cred->fsuid,
			.sec = m->opt.sec,
		},
		.policy = {
			.dialect_min = m->opt.dialect_min,
			.dialect_max = m->opt.dialect_max,
			.sign = m->opt.sign,
			.seal = m->opt.seal,
			.multi = m->opt.multi,
			.timeout_ms = m->opt.timeout * MSEC_PER_SEC,
			.netbios = m->opt.netbios,
		},
		.multiuser = m->opt.multiuser,
		.idle_seconds = m->opt.idletimeo,
		.patience = m->opt.soft ? UNC_PATIENCE_SOFT :
					  UNC_PATIENCE_HARD,
	};
	strscpy(target->policy.called, m->opt.called);
	strscpy(target->policy.calling, m->opt.calling);
	/* A host that is an address needs nobody to resolve it. */
	if (target->addr.ss_family == AF_UNSPEC &&
	    inet_pton_with_scope(fc->net_ns, AF_UNSPEC, target->host, NULL,
				 &target->addr))
		target->addr.ss_family = AF_UNSPEC;
}

static struct unc_share *reach(struct fs_context *fc)
{
	const struct unc_mount *m = fc->fs_private;
	struct unc_target target;
	struct unc_failure *why;
	struct unc_share *share;
	int err;

	why = kzalloc(sizeof(*why), GFP_KERNEL);
	if (!why)
		return ERR_PTR(-ENOMEM);
	fill_target(fc, &target);
	err = find_key(fc, &target.who.key);
	if (err) {
		kfree(why);
		return ERR_PTR(err);
	}
	/* A key that was given by its number has no successor. */
	target.cred = m->opt.key ? NULL : fc->cred;
	share = unc_share_new(&target, why);
	key_put(target.who.key);
	if (IS_ERR(share))
		report(fc, why, PTR_ERR(share));
	kfree(why);
	return share;
}

/* ---- fs_context -------------------------------------------------------- */

/* All paths of a snapshot lead through its name; op/plan.c takes it out. */
static char *make_prefix(const struct unc_mount *m)
{
	char *prefix = unc_names_map(&m->opt, m->source.prefix), *whole;
	char name[WIRE_GMT_LEN + 1];

	if (!m->opt.snapshot || IS_ERR(prefix))
		return prefix;
	wire_gmt_format(m->opt.snapshot, name);
	whole = kasprintf(GFP_KERNEL, "%s%s%s", name, *prefix ? "/" : "",
			  prefix);
	kfree(prefix);
	return whole ?: ERR_PTR(-ENOMEM);
}

static int mount_get_tree(struct fs_context *fc)
{
	struct unc_mount *m = fc->fs_private;
	struct unc_sb *sbi;
	struct unc_share *share;

	if (!m->source.share)
		return invalf(fc, "uncfs: no source");
	sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	if (!sbi)
		return -ENOMEM;
	fc->s_fs_info = sbi;
	share = reach(fc);
	if (IS_ERR(share))
		return PTR_ERR(share);
	sbi->share = share;
	sbi->opt = m->opt;
	sbi->prefix = make_prefix(m);
	if (IS_ERR(sbi->prefix)) {
		sbi->prefix = NULL;
		return invalf(fc, "uncfs: the directory of the source has a name that cannot be");
	}
	if (m->opt.snapshot)
		fc->sb_flags |= SB_RDONLY;
	swap(sbi->user, m->user);
	swap(sbi->domain, m->domain);
	return get_tree_nodev(fc, unc_super_fill);
}

static int mount_reconfigure(struct fs_context *fc)
{
	struct unc_mount *m = fc->fs_private;
	struct super_block *sb = fc->root->d_sb;
	int err;

	sync_filesystem(sb);
	if (m->opt.snapshot && !(fc->sb_flags & SB_RDONLY))
		return invalf(fc, "uncfs: snapshots are read-only");
	err = unc_options_change(fc, &unc_sb(sb)->opt, &m->opt);
	if (!err)
		unc_share_set_patience(unc_sb(sb)->share, m->opt.soft ?
				       UNC_PATIENCE_SOFT : UNC_PATIENCE_HARD);
	return err;
}

static void mount_free(struct fs_context *fc)
{
	struct unc_mount *m = fc->fs_private;

	/* Taken over by a super block, unless none was made. */
	unc_sb_free(fc->s_fs_info);
	unc_source_clear(&m->source);
	kfree(m->user);
	kfree(m->domain);
	kfree(m);
}

static const struct fs_context_operations mount_ops = {
	.free		= mount_free,
	.parse_param	= unc_option_parse,
	.get_tree	= mount_get_tree,
	.reconfigure	= mount_reconfigure,
};

static int mount_init_context(struct fs_context *fc)
{
	struct unc_mount *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	if (fc->purpose == FS_CONTEXT_FOR_RECONFIGURE)
		m->opt = unc_sb(fc->root->d_sb)->opt;
	else
		unc_options_default(&m->opt);
	fc->fs_private = m;
	fc->ops = &mount_ops;
	return 0;
}

static void mount_kill_sb(struct super_block *sb)
{
	struct unc_sb *sbi = unc_sb(sb);

	if (sbi) {
		unc_watch_stop(sbi);
		unc_kept_stop(sbi);
		if (sbi->share)
			unc_share_leave(sbi->share);
	}
	kill_anon_super(sb);
	if (sbi && sbi->share)
		unc_op_parting_send(sbi->share);
	unc_sb_free(sbi);
}

static struct file_system_type unc_fs_type = {
	.owner			= THIS_MODULE,
	.name			= "uncfs",
	.init_fs_context	= mount_init_context,
	.parameters		= unc_parameters,
	.kill_sb		= mount_kill_sb,
};

/**
 * unc_vfs_init - make the file system known
 *
 * Return: 0 or -errno.
 */
int unc_vfs_init(void)
{
	int err = unc_super_init();

	if (err)
		return err;
	err = unc_io_init();
	if (err)
		goto out_super;
	err = register_filesystem(&unc_fs_type);
	if (!err)
		return 0;
	unc_io_exit();
out_super:
	unc_super_exit();
	return err;
}

/**
 * unc_vfs_exit - undo unc_vfs_init()
 *
 * Context: nothing is mounted.
 */
void unc_vfs_exit(void)
{
	unregister_filesystem(&unc_fs_type);
	/*
	 * Inodes are freed by RCU, and so are the requests of netfs, which
	 * look at our table once more; a request is handed to RCU just after
	 * its inode was let go.
	 */
	synchronize_rcu();
	rcu_barrier();
	unc_io_exit();
	unc_super_exit();
}
