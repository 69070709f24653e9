// SPDX-License-Identifier: GPL-2.0-only
/*
 * Remote changes for inotify: as long as somebody here watches a directory, a
 * thread asks the server to tell what changes in it, and passes that on.
 *
 * The VFS tells no file system of a watch.  But whoever adds one must be allowed
 * to read the directory, and to be asked for MAY_READ and nothing else is so
 * rare that each time is worth a look (unc_watch_notice()).  That a watch is gone
 * is found out by looking from time to time.
 *
 * The server tells of what is done here, too, which the VFS has told already:
 * unc_watch_own() remembers that for a moment.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/namei.h>
#include <linux/sched/signal.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/stringhash.h>
#include <linux/wait_bit.h>
#include "../wire/fscc.h"
#include "../wire/smb2_notify.h"
#include "vfs.h"

#define WATCHES_MAX	64		/* a thread and a handle each */
#define WATCH_EVENTS	(FS_CREATE | FS_DELETE | FS_MOVED_FROM | FS_MOVED_TO | \
			 FS_MODIFY | FS_ATTRIB)
#define WATCH_FILTER	(SMB2_NOTIFY_CHANGE_FILE_NAME | \
			 SMB2_NOTIFY_CHANGE_DIR_NAME | \
			 SMB2_NOTIFY_CHANGE_ATTRIBUTES | \
			 SMB2_NOTIFY_CHANGE_SIZE | \
			 SMB2_NOTIFY_CHANGE_LAST_WRITE | \
			 SMB2_NOTIFY_CHANGE_CREATION | \
			 SMB2_NOTIFY_CHANGE_SECURITY)
#define SOON		(HZ / 50)	/* until the mark is there */
#define SETTLE		(HZ / 20)	/* until what was done here is known here */
#define PAUSE		HZ		/* until what is renamed is renamed */
#define PERIOD		(5 * HZ)	/* between looks, and tries */
#define OWN_MAX		32
#define OWN_LIFE	(5 * HZ)

/**
 * struct own - a change made here, of which the server will tell
 * @hash: of the name
 * @when: jiffies
 * @valid: F if it has told
 */
struct own {
	u32		hash;
	unsigned long	when;
	bool		valid;
};

/**
 * struct watch - a directory that is watched
 * @link: in unc_watches.list
 * @dir: the directory, pinned
 * @cred: who was the first to watch it
 * @task: the thread, pinned
 * @born: jiffies
 * @open: the handle (pins it, unc_why_open), or NULL; only of @task
 * @paused: T if @task shall let go of the handle for a moment, under
 *	unc_watches.lock
 * @cookie: of a rename that is half told
 * @settled: T if it was waited for what is done here, for this answer
 * @own: changes made here, under unc_watches.lock
 * @own_next: the oldest of @own
 */
struct watch {
	struct list_head	link;
	struct inode		*dir;
	const struct cred	*cred;
	struct task_struct	*task;
	unsigned long		born;
	struct unc_open		*open;
	bool			paused;
	u32			cookie;
	bool			settled;
	struct own		own[OWN_MAX];
	unsigned int		own_next;
};

static struct unc_watches *watches_of(const struct inode *dir)
{
	return &unc_sb(dir->i_sb)->watches;
}

static bool is_watched(const struct inode *dir)
{
	return READ_ONCE(dir->i_fsnotify_mask) & WATCH_EVENTS;
}

/* ---- Telling ----------------------------------------------------------- */

static u32 hash_of(const char *name, u32 len)
{
	return full_name_hash(NULL, name, len);
}

/* Was it done here?  Then it is told once. */
static bool is_own(struct watch *watch, const char *name, u32 len)
{
	struct unc_watches *watches = watches_of(watch->dir);
	u32 hash = hash_of(name, len), i;
	bool found = false;
	struct own *own;

	spin_lock(&watches->lock);
	for (i = 0; i < OWN_MAX && !found; i++) {
		own = &watch->own[i];
		found = own->valid && own->hash == hash &&
			time_before(jiffies, own->when + OWN_LIFE);
		if (found)
			own->valid = false;
	}
	spin_unlock(&watches->lock);
	return found;
}

static u32 mask_of(u32 action)
{
	switch (action) {
	case FSCC_ACTION_ADDED:
		return FS_CREATE;
	case FSCC_ACTION_REMOVED:
		return FS_DELETE;
	case FSCC_ACTION_MODIFIED:
		return FS_MODIFY;
	case FSCC_ACTION_RENAMED_OLD_NAME:
		return FS_MOVED_FROM;
	case FSCC_ACTION_RENAMED_NEW_NAME:
		return FS_MOVED_TO;
	default:
		return 0;
	}
}

/* The name is looked up: whoever is told asks for it next. */
static struct dentry *find_child(const struct watch *watch, const char *name,
				 u32 len)
{
	struct dentry *parent = d_find_any_alias(watch->dir);
	struct dentry *child;

	if (!parent)
		return NULL;
	child = lookup_one_len_unlocked(name, parent, len);
	dput(parent);
	if (!IS_ERR(child) && d_is_positive(child))
		return child;
	if (!IS_ERR(child))
		dput(child);
	return NULL;
}

/* Those who watch the directory, and those who watch the file. */
static void tell_modified(struct watch *watch, const char *name, u32 len)
{
	struct dentry *child = find_child(watch, name, len);
	struct inode *inode;

	if (!child)
		return;
	inode = d_inode(child);
	unc_inode_expire(inode);
	fsnotify(FS_MODIFY | FS_EVENT_ON_CHILD, inode, FSNOTIFY_EVENT_INODE,
		 watch->dir, &child->d_name, inode, 0);
	dput(child);
}

/* Who watches a tree has to know of new directories. */
static u32 isdir_flag(struct watch *watch, const char *name, u32 len)
{
	struct dentry *child = find_child(watch, name, len);
	u32 flag = child && d_is_dir(child) ? FS_ISDIR : 0;

	dput(child);
	return flag;
}

static void tell_name(struct watch *watch, u32 mask, const char *name, u32 len)
{
	struct qstr qstr = QSTR_INIT(name, len);

	if (mask == FS_MOVED_FROM)
		watch->cookie = fsnotify_get_cookie();
	if (mask & (FS_CREATE | FS_MOVED_TO))
		mask |= isdir_flag(watch, name, len);
	fsnotify_name(mask, watch->dir, FSNOTIFY_EVENT_INODE, watch->dir, &qstr,
		      mask & FS_MOVE ? watch->cookie : 0);
}

/* inotify has no word for that: the directory itself has changed. */
static void tell_overflow(struct watch *watch)
{
	unc_dir_changed(watch->dir, NULL);
	fsnotify(FS_ATTRIB, watch->dir, FSNOTIFY_EVENT_INODE, NULL, NULL,
		 watch->dir, 0);
}

static void watch_emit(void *ctx, u32 action, char *name, u32 len)
{
	struct watch *watch = ctx;
	u32 mask = mask_of(action);

	if (!watch->settled) {
		schedule_timeout_interruptible(SETTLE);
		/* What is known of names and absent ones may be wrong. */
		unc_dir_changed(watch->dir, NULL);
		watch->settled = true;
	}
	unc_names_unmap(watch->dir->i_sb, name);
	len = strlen(name);
	if (mask == FS_MODIFY)
		tell_modified(watch, name, len);
	else if (mask && !is_own(watch, name, len))
		tell_name(watch, mask, name, len);
}

/* ---- Asking ------------------------------------------------------------ */

static int watch_open(struct watch *watch)
{
	const struct unc_open_args args = {
		.access = SMB2_FILE_LIST_DIRECTORY |
			  SMB2_FILE_READ_ATTRIBUTES | SMB2_SYNCHRONIZE,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DIRECTORY_FILE,
	};
	struct dentry *dentry = d_find_any_alias(watch->dir);
	struct unc_open *open;
	struct unc_dpath path;
	int err = -ENOENT;

	if (dentry)
		err = unc_dpath_make(&path, dentry);
	dput(dentry);
	if (err)
		return err;
	err = unc_op_open(unc_sb(watch->dir->i_sb)->share, path.name, &args,
			  &open, NULL, NULL);
	unc_dpath_free(&path);
	if (!err)
		watch->open = open;
	return err;
}

/* The server can rename or remove the directory only then. */
static void watch_close(struct watch *watch)
{
	struct unc_open *open = watch->open;

	if (open)
		unc_op_close(open, unc_why_open);
	watch->open = NULL;
}

/* Whoever waits for that may go on: the CLOSE is on its way. */
static void watch_paused(struct watch *watch)
{
	struct unc_watches *watches = watches_of(watch->dir);

	spin_lock(&watches->lock);
	if (watch->paused)
		watches->pausing--;
	watch->paused = false;
	spin_unlock(&watches->lock);
	wake_up_var(&watches->pausing);
}

static int watch_ask(struct watch *watch)
{
	const struct unc_notify_args args = {
		.filter = WATCH_FILTER,
		.max = SZ_64K,
		.emit = watch_emit,
		.ctx = watch,
	};
	int err = watch->open ? 0 : watch_open(watch);

	watch->settled = false;
	if (!err)
		err = unc_op_notify(watch->open, &args);
	if (err != -EOVERFLOW)
		return err;
	tell_overflow(watch);
	return 0;
}

static int watch_thread(void *data)
{
	struct watch *watch = data;
	const struct cred *old = override_creds(watch->cred);
	int err;

	allow_signal(SIGKILL);
	while (!kthread_should_stop()) {
		if (!READ_ONCE(watch->paused) && !is_watched(watch->dir)) {
			schedule_timeout_interruptible(SOON);
			continue;
		}
		err = READ_ONCE(watch->paused) ? -ERESTARTSYS :
						 watch_ask(watch);
		if (!err)
			continue;
		watch_close(watch);
		flush_signals(current);
		watch_paused(watch);
		if (!kthread_should_stop())
			schedule_timeout_interruptible(err == -ERESTARTSYS ?
						       PAUSE : PERIOD);
	}
	watch_close(watch);
	watch_paused(watch);
	revert_creds(old);
	return 0;
}

/* ---- Beginning and ending ---------------------------------------------- */

static void watch_free(struct watch *watch)
{
	put_cred(watch->cred);
	iput(watch->dir);
	kfree(watch);
}

/* It is in no list any more. */
static void watch_end(struct watch *watch)
{
	send_sig(SIGKILL, watch->task, 1);
	kthread_stop_put(watch->task);
	watch_free(watch);
}

static struct watch *watch_new(struct inode *dir)
{
	struct watch *watch = kzalloc(sizeof(*watch), GFP_KERNEL);

	if (!watch)
		return NULL;
	watch->dir = igrab(dir);
	watch->cred = get_current_cred();
	watch->born = jiffies;
	watch->task = kthread_create(watch_thread, watch, "uncfs_watch");
	if (IS_ERR(watch->task) || !watch->dir) {
		if (!IS_ERR(watch->task))
			kthread_stop(watch->task);
		watch_free(watch);
		return NULL;
	}
	get_task_struct(watch->task);
	return watch;
}

/* Return: F if there is one, or shall be none. */
static bool watch_insert(struct unc_watches *watches, struct watch *watch)
{
	struct unc_inode *ui = unc_inode(watch->dir);
	bool full, insert;

	spin_lock(&watches->lock);
	full = watches->count >= WATCHES_MAX;
	insert = !ui->watch && !full && !watches->stopped;
	if (insert) {
		ui->watch = watch;
		list_add_tail(&watch->link, &watches->list);
		watches->count++;
	}
	spin_unlock(&watches->lock);
	if (full)
		pr_notice_ratelimited("uncfs: only %d directories of a mount are watched for remote changes\n",
				      WATCHES_MAX);
	return insert;
}

static void remove(struct unc_watches *watches, struct watch *watch)
{
	lockdep_assert_held(&watches->lock);
	unc_inode(watch->dir)->watch = NULL;
	list_del(&watch->link);
	watches->count--;
}

/**
 * unc_watch_notice - somebody may be about to watch a directory
 * @dir: the directory
 *
 * Context: may sleep.
 */
void unc_watch_notice(struct inode *dir)
{
	struct unc_watches *watches = watches_of(dir);
	struct watch *watch;

	if (READ_ONCE(unc_inode(dir)->watch))
		return;
	watch = watch_new(dir);
	if (!watch)
		return;
	if (!watch_insert(watches, watch)) {
		kthread_stop_put(watch->task);
		watch_free(watch);
		return;
	}
	wake_up_process(watch->task);
	queue_delayed_work(unc_lease_wq, &watches->work, PERIOD);
}

/**
 * unc_watch_own - a name in a directory was made or removed here
 * @dir: the directory
 * @name: the name
 *
 * Any context but interrupts.
 */
void unc_watch_own(struct inode *dir, const struct qstr *name)
{
	struct unc_watches *watches = watches_of(dir);
	struct watch *watch;

	if (!READ_ONCE(unc_inode(dir)->watch))
		return;
	spin_lock(&watches->lock);
	watch = unc_inode(dir)->watch;
	if (watch) {
		watch->own[watch->own_next] = (struct own){
			.hash = hash_of(name->name, name->len),
			.when = jiffies,
			.valid = true,
		};
		watch->own_next = (watch->own_next + 1) % OWN_MAX;
	}
	spin_unlock(&watches->lock);
}

/* Return: one that nobody needs any more, taken out; or NULL. */
static struct watch *take_idle(struct unc_watches *watches)
{
	struct watch *watch, *found = NULL;

	spin_lock(&watches->lock);
	list_for_each_entry(watch, &watches->list, link) {
		if (!watches->stopped &&
		    (is_watched(watch->dir) ||
		     time_before(jiffies, watch->born + PERIOD)))
			continue;
		remove(watches, watch);
		found = watch;
		break;
	}
	spin_unlock(&watches->lock);
	return found;
}

static void end_idle(struct unc_watches *watches)
{
	struct watch *watch;

	while ((watch = take_idle(watches)))
		watch_end(watch);
}

static void watch_work(struct work_struct *work)
{
	struct unc_watches *watches = container_of(to_delayed_work(work),
						   struct unc_watches, work);

	end_idle(watches);
	if (READ_ONCE(watches->count))
		queue_delayed_work(unc_lease_wq, &watches->work, PERIOD);
}

/* All that are watched, pinned, since the list may change meanwhile. */
static unsigned int pick_all(struct unc_watches *watches,
			     struct inode *dirs[WATCHES_MAX])
{
	struct watch *watch;
	unsigned int n = 0;

	spin_lock(&watches->lock);
	list_for_each_entry(watch, &watches->list, link) {
		ihold(watch->dir);
		dirs[n++] = watch->dir;
	}
	spin_unlock(&watches->lock);
	return n;
}

static void pause_watch(struct unc_watches *watches, struct inode *dir)
{
	struct watch *watch;

	spin_lock(&watches->lock);
	watch = unc_inode(dir)->watch;
	if (watch && !watch->paused) {
		watch->paused = true;
		watches->pausing++;
		send_sig(SIGKILL, watch->task, 1);
	}
	spin_unlock(&watches->lock);
}

/**
 * unc_watch_drop_below - let go of handles in a directory, however deep
 * @top: the directory
 *
 * Servers do not rename a directory in which something is open.  The watches go on
 * in a moment.
 *
 * Context: may sleep.
 */
void unc_watch_drop_below(struct dentry *top)
{
	struct unc_watches *watches = &unc_sb(top->d_sb)->watches;
	struct inode *dirs[WATCHES_MAX];
	unsigned int n, i;

	if (!READ_ONCE(watches->count))
		return;
	n = pick_all(watches, dirs);
	for (i = 0; i < n; i++) {
		if (unc_inode_below(dirs[i], top))
			pause_watch(watches, dirs[i]);
		iput(dirs[i]);
	}
	wait_var_event_timeout(&watches->pausing,
			       !READ_ONCE(watches->pausing), PAUSE);
}

/**
 * unc_watch_start - be ready for watches
 * @sbi: of a new super block
 */
void unc_watch_start(struct unc_sb *sbi)
{
	struct unc_watches *watches = &sbi->watches;

	spin_lock_init(&watches->lock);
	INIT_LIST_HEAD(&watches->list);
	INIT_DELAYED_WORK(&watches->work, watch_work);
}

/**
 * unc_watch_stop - end all, and have none any more
 * @sbi: being unmounted; may never have been started
 *
 * Context: may sleep.
 */
void unc_watch_stop(struct unc_sb *sbi)
{
	struct unc_watches *watches = &sbi->watches;

	if (!watches->work.work.func)
		return;
	spin_lock(&watches->lock);
	watches->stopped = true;
	spin_unlock(&watches->lock);
	end_idle(watches);
	cancel_delayed_work_sync(&watches->work);
}
