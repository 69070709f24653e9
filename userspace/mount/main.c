// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mount.uncfs, as mount(8) calls it.  The password goes to the kernel as a
 * key in this process's keyring, of which the mount keeps a reference; it is
 * in no option, so neither in /proc/mounts nor in any log.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "fscontext.h"
#include "key.h"
#include "log.h"
#include "member.h"
#include "options.h"
#include "password.h"
#include "secret.h"
#include "uncpath.h"

/* mount(8), section EXIT STATUS */
#define EXIT_USAGE	1
#define EXIT_SYSTEM	2
#define EXIT_INTERRUPT	8
#define EXIT_MOUNT	32

#define FS_TYPE "uncfs"

static const char help_text[] =
"usage: mount.uncfs //HOST/SHARE[/SUB] DIR [-o OPTIONS] [-vrnsf]\n"
"Mounts an SMB share; usually called by mount(8) as \"mount -t uncfs\".\n"
"\n"
"  -o OPTIONS  options, separated by commas; see mount.uncfs(8)\n"
"  -v          say more\n"
"  -r          read-only, as -o ro\n"
"  -n          write nothing to /etc/mtab (always so)\n"
"  -s          ignore options that the kernel does not know\n"
"  -f          do everything but the mount itself\n"
"  -h          show this\n"
"  -V          show the version\n"
"\n"
"Frequent options: user=[DOMAIN\\]NAME, credentials=FILE, domain=NAME, guest,\n"
"keytab=FILE, machine, multiuser, sec=any|krb5|ntlmssp|none, ip=ADDRESS, port=N,\n"
"vers=default|1.0|2.1|3.0|3.0.2|3.1.1, uid=, gid=, file_mode=, dir_mode=, sign, seal, ro.\n";

struct arguments {
	const char *source;
	const char *dir;
	bool fake;
	struct options opts;
};

/* ---- Arguments ---------------------------------------------------------- */

static const struct option long_options[] = {
	{ "help",	no_argument,	NULL, 'h' },
	{ "version",	no_argument,	NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

/* mount(8) passes source and directory first; getopt moves them behind. */
static int parse_arguments(int argc, char **argv, struct arguments *args)
{
	int option;

	while ((option = getopt_long(argc, argv, "o:vrnsfhVt:", long_options,
				     NULL)) != -1) {
		switch (option) {
		case 'o':
			if (!options_parse(&args->opts, optarg))
				return EXIT_USAGE;
			break;
		case 'v':
			log_set_level(LOG_LEVEL_INFO);
			break;
		case 'r':
			options_parse(&args->opts, (char[]){ "ro" });
			break;
		case 's':
			args->opts.sloppy = true;
			break;
		case 'f':
			args->fake = true;
			break;
		case 'n':
		case 't':
			break;
		case 'h':
			fputs(help_text, stdout);
			exit(EXIT_SUCCESS);
		case 'V':
			puts("mount.uncfs " UNC_VERSION);
			exit(EXIT_SUCCESS);
		default:
			return EXIT_USAGE;
		}
	}
	if (argc - optind != 2) {
		fputs(help_text, stderr);
		return EXIT_USAGE;
	}
	args->source = argv[optind];
	args->dir = argv[optind + 1];
	return EXIT_SUCCESS;
}

/* ---- The credential ----------------------------------------------------- */

static int ask_password(struct credential *cred, const char *host)
{
	char question[UNC_USER_MAX + UNC_HOST_MAX + 32];

	snprintf(question, sizeof(question), "Password for %s@%s: ",
		 cred->user, host);
	switch (password_prompt(cred, question)) {
	case PASSWORD_FOUND:
		return EXIT_SUCCESS;
	case PASSWORD_NONE:
		/* From fstab: a ticket, or a key made by unc login, may do. */
		return EXIT_SUCCESS;
	case PASSWORD_BAD:
		break;
	}
	return EXIT_USAGE;
}

/*
 * A user without password: from the environment, else from the terminal.
 * Not with Kerberos, which has its tickets, and not when a key is named. Without
 * a user, Kerberos has no use for a password, whoever it is that the environment
 * has it for.
 */
static int find_password(struct options *opts, const char *host)
{
	const char *sec = options_kernel_value(opts, "sec");

	if (opts->guest && !sec &&
	    !options_add_kernel(opts, "sec", "none"))
		return EXIT_SYSTEM;
	if (opts->guest || (sec && strcmp(sec, "none") == 0))
		return EXIT_SUCCESS;
	if (opts->cred.has_password || *opts->cred.store ||
	    options_kernel_value(opts, "key"))
		return EXIT_SUCCESS;
	if (!opts->cred.has_user && sec && strcmp(sec, "krb5") == 0)
		return EXIT_SUCCESS;
	if (password_from_environment(&opts->cred) == PASSWORD_BAD)
		return EXIT_USAGE;
	if (opts->cred.has_password || !opts->cred.has_user ||
	    (sec && strcmp(sec, "krb5") == 0))
		return EXIT_SUCCESS;
	return ask_password(&opts->cred, host);
}

/* mount.cifs(8): with no user named, it is who runs the program. */
static void default_user(struct credential *cred)
{
	const char *user = getenv("USER");

	if (!cred->has_user && cred->has_password && user)
		credential_set_user(cred, user);
}

static bool make_key(struct options *opts, const char *host)
{
	key_serial_t key = key_add(host, &opts->cred,
				   KEY_SPEC_PROCESS_KEYRING);
	char serial[16];

	if (key < 0) {
		log_error("cannot hand the password to the kernel: %s",
			  key_error(errno));
		return false;
	}
	snprintf(serial, sizeof(serial), "%d", key);
	return options_add_kernel(opts, "key", serial);
}

/* What the kernel is told of the credential; never the password itself. */
static bool pass_credential(struct options *opts, const char *host)
{
	struct credential *cred = &opts->cred;

	if (opts->guest)
		return true;
	default_user(cred);
	if (cred->has_user && !options_add_kernel(opts, "user", cred->user))
		return false;
	if (*cred->domain && !options_add_kernel(opts, "domain", cred->domain))
		return false;
	if (*cred->store && !cred->has_user) {
		log_error("keytab= and ccache= need user=");
		return false;
	}
	if (cred->has_password && !cred->has_user) {
		log_error("a password needs user=");
		return false;
	}
	return !(cred->has_password || *cred->store) || make_key(opts, host);
}

/* ---- Mounting ----------------------------------------------------------- */

static int mount_new(struct arguments *args, const struct uncpath *path)
{
	struct options *opts = &args->opts;
	char *source = uncpath_format(path);
	int fd = -1, status = EXIT_SYSTEM;

	if (!source)
		goto out;
	status = opts->machine && !member_credential(opts) ? EXIT_USAGE :
		 find_password(opts, path->host);
	if (status)
		goto out;
	status = EXIT_MOUNT;
	/* Opened first: it loads the module, which brings the key type. */
	fd = args->fake ? -1 : fscontext_open(FS_TYPE);
	if (fd < 0) {
		status = args->fake ? EXIT_SUCCESS : EXIT_MOUNT;
		goto out;
	}
	if (pass_credential(opts, path->host) &&
	    fscontext_configure(fd, opts, source) &&
	    fscontext_mount(fd, opts, source, args->dir))
		status = EXIT_SUCCESS;
out:
	if (fd >= 0)
		close(fd);
	free(source);
	return status;
}

static int remount(struct arguments *args)
{
	int fd = args->fake ? -1 : fscontext_pick(args->dir);
	int status = EXIT_MOUNT;

	if (args->fake)
		return EXIT_SUCCESS;
	if (fd < 0)
		return EXIT_MOUNT;
	if (fscontext_configure(fd, &args->opts, NULL) &&
	    fscontext_remount(fd, &args->opts, args->dir))
		status = EXIT_SUCCESS;
	close(fd);
	return status;
}

static int mount_path(struct arguments *args)
{
	struct uncpath path;
	const char *why;
	int status;

	if (!uncpath_parse(args->source, &path, &why)) {
		log_error("%s: %s", args->source, why);
		return EXIT_USAGE;
	}
	if (!*path.share) {
		log_error("%s: no share (//host/share)", args->source);
		uncpath_clear(&path);
		return EXIT_USAGE;
	}
	status = mount_new(args, &path);
	uncpath_clear(&path);
	return status;
}

int main(int argc, char **argv)
{
	static struct arguments args;
	int status;

	log_open("mount.uncfs", LOG_LEVEL_WARNING, false);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	status = parse_arguments(argc, argv, &args);
	if (!status)
		status = args.opts.remount ? remount(&args) :
					     mount_path(&args);
	options_clear(&args.opts);
	return status;
}
