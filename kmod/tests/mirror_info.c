// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: IOCTL, QUERY_DIRECTORY, CHANGE_NOTIFY, QUERY_ and SET_INFO. */
#include "mirror.h"

int mirror_smb2_ioctl_req_decode(struct wire_in *in,
				 struct wire_smb2_ioctl_req *req)
{
	u32 off, len;

	wire_in_struct_size(in, 57);
	wire_in_skip(in, 2, "Reserved");
	req->ctl_code = wire_in_u32(in, "CtlCode");
	req->fid = wire_smb2_fid_decode(in);
	off = wire_in_u32(in, "InputOffset");
	len = wire_in_u32(in, "InputCount");
	req->max_input = wire_in_u32(in, "MaxInputResponse");
	wire_in_skip(in, 8, "OutputOffset, OutputCount");
	req->max_output = wire_in_u32(in, "MaxOutputResponse");
	req->flags = wire_in_u32(in, "Flags");
	wire_in_skip(in, 4, "Reserved2");
	req->input = wire_in_blob(in, off, len, "Buffer");
	return wire_in_errno(in);
}

int mirror_smb2_ioctl_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_ioctl_rsp *rsp)
{
	u32 start = o->pos;

	wire_out_u16(o, 49);
	wire_out_u16(o, 0);
	wire_out_u32(o, rsp->ctl_code);
	wire_smb2_fid_encode(o, &rsp->fid);
	wire_out_u32(o, start + 48 - o->pdu);
	wire_out_u32(o, rsp->input.len);
	wire_out_u32(o, 0);
	wire_out_u32(o, rsp->output.len);
	wire_out_u32(o, rsp->flags);
	wire_out_u32(o, 0);
	wire_out_blob(o, &rsp->input);
	wire_out_align(o, 8);
	wire_out_patch_u32(o, start + 32, wire_out_off(o));
	wire_out_blob(o, &rsp->output);
	return wire_out_errno(o);
}

int mirror_smb2_query_dir_req_decode(struct wire_in *in,
				     struct wire_smb2_query_dir_req *req)
{
	u16 off, len;

	wire_in_struct_size(in, 33);
	req->info_class = wire_in_u8(in, "FileInformationClass");
	req->flags = wire_in_u8(in, "Flags");
	req->file_index = wire_in_u32(in, "FileIndex");
	req->fid = wire_smb2_fid_decode(in);
	off = wire_in_u16(in, "FileNameOffset");
	len = wire_in_u16(in, "FileNameLength");
	req->max_output = wire_in_u32(in, "OutputBufferLength");
	req->pattern = wire_in_blob(in, off, len, "Buffer");
	return wire_in_errno(in);
}

/* QUERY_DIRECTORY, CHANGE_NOTIFY and QUERY_INFO answer alike. */
static int buffer_rsp_encode(struct wire_out *o, const struct wire_blob *data)
{
	wire_out_u16(o, 9);
	wire_out_u16(o, wire_out_off(o) + 6);
	wire_out_u32(o, data->len);
	wire_out_blob(o, data);
	return wire_out_errno(o);
}

int mirror_smb2_query_dir_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_query_dir_rsp *rsp)
{
	return buffer_rsp_encode(o, &rsp->data);
}

int mirror_smb2_notify_req_decode(struct wire_in *in,
				  struct wire_smb2_notify_req *req)
{
	wire_in_struct_size(in, 32);
	req->flags = wire_in_u16(in, "Flags");
	req->max_output = wire_in_u32(in, "OutputBufferLength");
	req->fid = wire_smb2_fid_decode(in);
	req->filter = wire_in_u32(in, "CompletionFilter");
	wire_in_skip(in, 4, "Reserved");
	return wire_in_errno(in);
}

int mirror_smb2_notify_rsp_encode(struct wire_out *o,
				  const struct wire_smb2_notify_rsp *rsp)
{
	return buffer_rsp_encode(o, &rsp->data);
}

int mirror_smb2_query_info_req_decode(struct wire_in *in,
				      struct wire_smb2_query_info_req *req)
{
	u16 off;
	u32 len;

	wire_in_struct_size(in, 41);
	req->info_type = wire_in_u8(in, "InfoType");
	req->info_class = wire_in_u8(in, "FileInfoClass");
	req->max_output = wire_in_u32(in, "OutputBufferLength");
	off = wire_in_u16(in, "InputBufferOffset");
	wire_in_skip(in, 2, "Reserved");
	len = wire_in_u32(in, "InputBufferLength");
	req->additional = wire_in_u32(in, "AdditionalInformation");
	req->flags = wire_in_u32(in, "Flags");
	req->fid = wire_smb2_fid_decode(in);
	req->input = wire_in_blob(in, off, len, "Buffer");
	return wire_in_errno(in);
}

int mirror_smb2_query_info_rsp_encode(struct wire_out *o,
				      const struct wire_smb2_query_info_rsp *rsp)
{
	return buffer_rsp_encode(o, &rsp->data);
}

int mirror_smb2_set_info_req_decode(struct wire_in *in,
				    struct wire_smb2_set_info_req *req)
{
	u16 off;
	u32 len;

	wire_in_struct_size(in, 33);
	req->info_type = wire_in_u8(in, "InfoType");
	req->info_class = wire_in_u8(in, "FileInfoClass");
	len = wire_in_u32(in, "BufferLength");
	off = wire_in_u16(in, "BufferOffset");
	wire_in_skip(in, 2, "Reserved");
	req->additional = wire_in_u32(in, "AdditionalInformation");
	req->fid = wire_smb2_fid_decode(in);
	req->data = wire_in_blob(in, off, len, "Buffer");
	return wire_in_errno(in);
}

int mirror_smb2_set_info_rsp_encode(struct wire_out *o)
{
	wire_out_u16(o, 2);
	return wire_out_errno(o);
}
