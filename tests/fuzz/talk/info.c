// SPDX-License-Identifier: GPL-2.0-only
/* What the client asks about files, what it sets, and control operations. */
#include "../../../kmod/conn/dialect.h"
#include "../../../kmod/wire/fscc.h"
#include "../../../kmod/wire/fscc_file.h"
#include "../../../kmod/wire/fscc_fs.h"
#include "../../../kmod/wire/fscc_reparse.h"
#include "../../../kmod/wire/ntstatus.h"
#include "../../../kmod/wire/smb2_error.h"
#include "../../../kmod/wire/smb2_fsctl.h"
#include "client.h"

/* All bytes that a decoder returned are there to be read. */
u32 talk_touch(const struct wire_blob *blob)
{
	u32 i, sum = 0;

	for (i = 0; i < blob->len; i++)
		sum += blob->ptr[i];
	return sum;
}

static int add_query(struct unc_req *req, u8 type, u8 class)
{
	struct wire_smb2_query_info_req args = {
		.info_type = type,
		.info_class = class,
		.max_output = 4096,
		.fid = WIRE_SMB2_FID_RELATED,
	};

	return unc_cmd(req)->query_info_add(req, &args, UNC_PART_RELATED);
}

static int add_close(struct unc_req *req)
{
	struct wire_smb2_close_req args = { .fid = WIRE_SMB2_FID_RELATED };

	return unc_cmd(req)->close_add(req, &args, UNC_PART_RELATED);
}

static void read_symlink(const struct unc_part *part)
{
	struct wire_smb2_error_rsp error;
	struct wire_smb2_symlink link;
	struct wire_in in = part->rsp;

	wire_ntstatus_name(part->status);
	wire_ntstatus_text(part->status);
	if (unc_cmd_of(part)->status(part) == 0 ||
	    wire_smb2_error_rsp_decode(&in, &error) ||
	    wire_smb2_symlink_decode(&error, &link))
		return;
	talk_touch(&link.substitute);
	talk_touch(&link.print);
}

/* CREATE, two questions and CLOSE in one flight. */
void talk_do_getattr(void)
{
	struct wire_smb2_query_info_rsp rsp;
	struct wire_fscc_all all;
	struct unc_req *req = talk_request();
	int err;

	if (!req)
		return;
	err = talk_add_create(req, NULL) ?:
	      add_query(req, SMB2_0_INFO_FILE, FSCC_FILE_ALL) ?:
	      add_query(req, SMB2_0_INFO_FILESYSTEM, FSCC_FS_FULL_SIZE) ?:
	      add_close(req);
	if (talk_call(req, err, false)) {
		read_symlink(&req->parts[0]);
		if (!unc_cmd(req)->query_info_rsp(&req->parts[1], &rsp) &&
		    !wire_fscc_all_decode(&rsp.data, &all))
			talk_touch(&rsp.data);
		if (!unc_cmd(req)->query_info_rsp(&req->parts[2], &rsp))
			talk_touch(&rsp.data);
	}
	unc_req_put(req, unc_why_alloc);
}

static void read_reparse(const struct wire_blob *data)
{
	struct wire_fscc_symlink link;
	struct wire_fscc_nfs node;
	struct wire_blob target;
	u32 tag;

	if (wire_fscc_reparse_tag_decode(data, &tag))
		return;
	if (!wire_fscc_symlink_decode(data, &link))
		talk_touch(&link.print);
	if (!wire_fscc_nfs_decode(data, &node))
		talk_touch(data);
	if (!wire_fscc_lx_symlink_decode(data, &target))
		talk_touch(&target);
}

void talk_do_ioctl(void)
{
	struct wire_smb2_ioctl_req args = {
		.ctl_code = FSCTL_GET_REPARSE_POINT,
		.max_output = 4096,
		.flags = SMB2_IOCTL_IS_FSCTL,
	};
	struct unc_req *req = talk_is_open() ? talk_request() : NULL;
	struct wire_smb2_ioctl_rsp rsp;
	int err;

	if (!req)
		return;
	args.fid = talk_fid();
	err = unc_cmd(req)->ioctl_add(req, &args, 0);
	if (talk_call(req, err, false) &&
	    !unc_cmd(req)->ioctl_rsp(&req->parts[0], &rsp)) {
		talk_touch(&rsp.input);
		talk_touch(&rsp.output);
		read_reparse(&rsp.output);
	}
	unc_req_put(req, unc_why_alloc);
}

/* With the handle, and what it is answered looked at. */
static void query(u8 type, u8 class)
{
	struct wire_smb2_query_info_req args = {
		.info_type = type,
		.info_class = class,
		.max_output = 4096,
		.additional = 7,
	};
	struct unc_req *req = talk_is_open() ? talk_request() : NULL;
	struct wire_smb2_query_info_rsp rsp;
	int err;

	if (!req)
		return;
	args.fid = talk_fid();
	err = unc_cmd(req)->query_info_add(req, &args, 0);
	if (talk_call(req, err, false) &&
	    !unc_cmd(req)->query_info_rsp(&req->parts[0], &rsp))
		talk_touch(&rsp.data);
	unc_req_put(req, unc_why_alloc);
}

void talk_do_security(void)
{
	query(SMB2_0_INFO_SECURITY, 0);
	query(SMB2_0_INFO_FILE, FSCC_FILE_FULL_EA);
}

static void set(u8 type, u8 class, const struct wire_blob *data)
{
	struct wire_smb2_set_info_req args = {
		.info_type = type,
		.info_class = class,
		.additional = 4,
		.data = *data,
	};
	struct unc_req *req = talk_is_open() ? talk_request() : NULL;
	int err;

	if (!req)
		return;
	args.fid = talk_fid();
	err = unc_cmd(req)->set_info_add(req, &args, 0);
	if (talk_call(req, err, false))
		unc_cmd(req)->set_info_rsp(&req->parts[0]);
	unc_req_put(req, unc_why_alloc);
}

void talk_do_set(void)
{
	static const u8 zero[20];
	struct wire_fscc_basic basic = { .attributes = 0x20 };
	struct wire_blob data = { zero, sizeof(zero) };
	struct wire_out o;
	u8 buf[64];

	set(SMB2_0_INFO_SECURITY, 0, &data);
	wire_out_init(&o, buf, sizeof(buf));
	wire_fscc_basic_encode(&o, &basic);
	data = (struct wire_blob){ buf, o.pos };
	set(SMB2_0_INFO_FILE, FSCC_FILE_BASIC, &data);
}

static void rename_to(const char *to, u32 len, bool replace, u8 class)
{
	struct wire_fscc_rename how = {
		.replace = replace,
		.name = { (const u8 *)to, len },
	};
	struct wire_smb2_set_info_req args = {
		.info_type = SMB2_0_INFO_FILE,
		.info_class = class,
		.fid = WIRE_SMB2_FID_RELATED,
	};
	struct unc_req *req = talk_request();
	struct wire_out o;
	u8 buf[64];
	int err;

	if (!req)
		return;
	wire_out_init(&o, buf, sizeof(buf));
	wire_fscc_rename_encode(&o, &how);
	args.data = (struct wire_blob){ buf, o.pos };
	err = talk_add_create(req, NULL) ?:
	      unc_cmd(req)->set_info_add(req, &args, UNC_PART_RELATED) ?:
	      add_close(req);
	if (talk_call(req, err, false))
		unc_cmd(req)->set_info_rsp(&req->parts[1]);
	unc_req_put(req, unc_why_alloc);
}

/* In the same directory and into another one, and a further name. */
void talk_do_rename(void)
{
	static const char here[] = { 'b', 0 };
	static const char there[] = { 'd', 0, '\\', 0, 'b', 0 };

	rename_to(here, sizeof(here), true, FSCC_FILE_RENAME);
	rename_to(there, sizeof(there), false, FSCC_FILE_RENAME);
	rename_to(there, sizeof(there), false, FSCC_FILE_LINK);
}

void talk_do_transceive(void)
{
	struct wire_smb2_ioctl_req args = {
		.ctl_code = FSCTL_PIPE_TRANSCEIVE,
		.input = { (const u8 *)"bind", 4 },
		.max_output = 4096,
		.flags = SMB2_IOCTL_IS_FSCTL,
	};
	struct unc_req *req = talk_is_open() ? talk_request() : NULL;
	struct wire_smb2_ioctl_rsp rsp;
	int err;

	if (!req)
		return;
	args.fid = talk_fid();
	err = unc_cmd(req)->ioctl_add(req, &args, 0);
	if (talk_call(req, err, false) &&
	    !unc_cmd(req)->ioctl_rsp(&req->parts[0], &rsp))
		talk_touch(&rsp.output);
	unc_req_put(req, unc_why_alloc);
}

/* Until something in the directory changes: any signal ends it. */
void talk_do_notify(void)
{
	struct wire_smb2_notify_req args = { .max_output = 4096, .filter = 3 };
	struct unc_req *req = talk_is_open() ? talk_request() : NULL;
	struct wire_smb2_notify_rsp rsp;
	struct wire_fscc_notify ent;
	struct wire_in list;
	int err;

	if (!req)
		return;
	req->timeout = 0;
	args.fid = talk_fid();
	err = unc_cmd(req)->notify_add ?
	      unc_cmd(req)->notify_add(req, &args, 0) : -EOPNOTSUPP;
	world_patience = jiffies + 600 * HZ;
	if (talk_call(req, err, true) &&
	    !unc_cmd(req)->notify_rsp(&req->parts[0], &rsp)) {
		wire_in_from(&list, &rsp.data);
		while (wire_fscc_notify_next(&list, &ent) > 0)
			talk_touch(&ent.name);
	}
	world_patience = 0;
	unc_req_put(req, unc_why_alloc);
}
