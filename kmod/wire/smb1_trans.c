// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb1_trans.h"

/* TRANSACTION names what it is for: a pipe, if the handle does not say which. */
static const char pipe_name[] = "\\PIPE\\";

static bool is_nt(const struct wire_smb1_trans_req *req)
{
	return req->command == SMB1_NT_TRANSACT;
}

/* [MS-CIFS] 2.2.4.62.1; the offsets are patched in later. */
static u32 nt_words(struct wire_out *o, const struct wire_smb1_trans_req *req)
{
	u32 at;

	wire_out_u8(o, 19 + req->setup_count);
	wire_out_u8(o, 0);	/* MaxSetupCount */
	wire_out_u16(o, 0);
	wire_out_u32(o, req->params.len);
	wire_out_u32(o, req->data.len);
	wire_out_u32(o, req->max_params);
	wire_out_u32(o, req->max_data);
	at = o->pos;
	wire_out_u32(o, req->params.len);
	wire_out_u32(o, 0);
	wire_out_u32(o, req->data.len);
	wire_out_u32(o, 0);
	wire_out_u8(o, req->setup_count);
	wire_out_u16(o, req->function);
	return at;
}

/* [MS-CIFS] 2.2.4.33.1, 2.2.4.46.1 */
static u32 short_words(struct wire_out *o, const struct wire_smb1_trans_req *req)
{
	u16 setup = req->bare ? 0 : 1 + req->setup_count;
	u32 at;

	wire_out_u8(o, 14 + setup);
	wire_out_u16(o, req->params.len);
	wire_out_u16(o, req->data.len);
	wire_out_u16(o, req->max_params);
	wire_out_u16(o, req->max_data);
	wire_out_u16(o, 0);	/* MaxSetupCount */
	wire_out_u16(o, 0);	/* Flags */
	wire_out_u32(o, req->timeout);
	wire_out_u16(o, 0);
	at = o->pos;
	wire_out_u16(o, req->params.len);
	wire_out_u16(o, 0);
	wire_out_u16(o, req->data.len);
	wire_out_u16(o, 0);
	wire_out_u16(o, setup);
	if (setup)
		wire_out_u16(o, req->function);
	return at;
}

static void name_encode(struct wire_out *o, const struct wire_smb1_trans_req *req)
{
	u32 i;

	if (req->command == SMB1_TRANSACTION2)
		wire_out_u8(o, 0);
	if (req->command != SMB1_TRANSACTION)
		return;
	wire_out_align(o, 2);
	for (i = 0; i < sizeof(pipe_name) - 1; i++)
		wire_out_u16(o, pipe_name[i]);
	wire_out_blob(o, &req->name);
	wire_out_u16(o, 0);
}

static void offset_patch(struct wire_out *o, bool nt, u32 counts, u32 which,
			 u32 offset)
{
	if (nt)
		wire_out_patch_u32(o, counts + 4 + 8 * which, offset);
	else
		wire_out_patch_u16(o, counts + 2 + 4 * which, offset);
}

/**
 * wire_smb1_trans_req_encode - a transaction in one message
 * @o: the writer, after the header
 * @req: what to ask; its offsets are set
 *
 * Return: 0, or -EMSGSIZE if it does not fit.
 */
int wire_smb1_trans_req_encode(struct wire_out *o,
			       struct wire_smb1_trans_req *req)
{
	bool nt = is_nt(req);
	u32 counts = nt ? nt_words(o, req) : short_words(o, req);
	u32 bytes, i;

	req->setup_at = wire_out_off(o);
	for (i = 0; i < req->setup_count; i++)
		wire_out_u16(o, req->setup[i]);
	bytes = wire_smb1_bytes_begin(o);
	name_encode(o, req);
	wire_out_align(o, 4);
	req->params_at = wire_out_off(o);
	offset_patch(o, nt, counts, 0, req->params_at);
	wire_out_blob(o, &req->params);
	wire_out_align(o, 4);
	offset_patch(o, nt, counts, 1, wire_out_off(o));
	wire_out_blob(o, &req->data);
	wire_smb1_bytes_end(o, bytes);
	return wire_out_errno(o);
}

/**
 * struct piece - where a part of the answer is in this message and in the whole
 * @count: bytes in this message
 * @offset: of them, from the header
 * @at: of them, in the whole
 */
struct piece {
	u32 count;
	u32 offset;
	u32 at;
};

static u32 number(struct wire_in *in, bool nt, const char *what)
{
	return nt ? wire_in_u32(in, what) : wire_in_u16(in, what);
}

static struct wire_blob take_piece(struct wire_in *in, const struct piece *p,
				   u32 total, const char *what)
{
	if (p->at > total || p->count > total - p->at)
		wire_in_fail(in, what);
	/* Of nothing, the offset may be anything. */
	return p->count ? wire_in_blob(in, p->offset, p->count, what) :
			  wire_in_blob(in, 0, 0, what);
}

/**
 * wire_smb1_trans_rsp_decode - one message of the answer to a transaction
 * @in: the reader, after the header
 * @nt: T for NT_TRANSACT
 * @rsp: filled in; what it points to is within the message, and within the
 *	totals that this message names
 *
 * [MS-CIFS] 2.2.4.33.2, 2.2.4.46.2, 2.2.4.62.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb1_trans_rsp_decode(struct wire_in *in, bool nt,
			       struct wire_smb1_trans_rsp *rsp)
{
	struct piece params, data;

	wire_smb1_words(in, nt ? 18 : 10);
	if (nt)
		wire_in_skip(in, 3, "Reserved1");
	rsp->total_params = number(in, nt, "TotalParameterCount");
	rsp->total_data = number(in, nt, "TotalDataCount");
	if (!nt)
		wire_in_skip(in, 2, "Reserved1");
	params.count = number(in, nt, "ParameterCount");
	params.offset = number(in, nt, "ParameterOffset");
	params.at = number(in, nt, "ParameterDisplacement");
	data.count = number(in, nt, "DataCount");
	data.offset = number(in, nt, "DataOffset");
	data.at = number(in, nt, "DataDisplacement");
	rsp->params_at = params.at;
	rsp->params = take_piece(in, &params, rsp->total_params,
				 "ParameterCount");
	rsp->data_at = data.at;
	rsp->data = take_piece(in, &data, rsp->total_data, "DataCount");
	return wire_in_errno(in);
}

/**
 * wire_smb1_find_encode - parameters of FIND_FIRST2 or FIND_NEXT2
 * @o: the writer
 * @find: what to look for
 *
 * [MS-CIFS] 2.2.6.2.1, 2.2.6.3.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_find_encode(struct wire_out *o, const struct wire_smb1_find *find)
{
	if (find->first) {
		wire_out_u16(o, 0x0016);	/* hidden, system, directories */
		wire_out_u16(o, find->count);
		wire_out_u16(o, find->flags);
		wire_out_u16(o, find->level);
		wire_out_u32(o, 0);
		wire_out_u16(o, '\\');
		wire_out_blob(o, &find->pattern);
	} else {
		wire_out_u16(o, find->sid);
		wire_out_u16(o, find->count);
		wire_out_u16(o, find->level);
		wire_out_u32(o, 0);	/* ResumeKey */
		wire_out_u16(o, find->flags);
	}
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb1_found_decode - parameters of the answer
 * @params: the parameters
 * @first: T for those of FIND_FIRST2
 * @found: filled in
 *
 * [MS-CIFS] 2.2.6.2.2, 2.2.6.3.2.  Return: 0 or -EBADMSG.
 */
int wire_smb1_found_decode(const struct wire_blob *params, bool first,
			   struct wire_smb1_found *found)
{
	struct wire_in in;

	wire_in_from(&in, params);
	found->sid = first ? wire_in_u16(&in, "SID") : 0;
	found->count = wire_in_u16(&in, "SearchCount");
	found->end = wire_in_u16(&in, "EndOfSearch");
	return wire_in_errno(&in);
}

/**
 * wire_smb1_found_end - mark the last entry of a search as the last
 * @data: the entries; written to
 * @len: their length in bytes
 * @count: how many there are, SearchCount
 *
 * Some servers leave it to SearchCount to say so: the last entry goes on like
 * the others, with nothing behind it.
 *
 * Return: 0, or -EBADMSG if there are fewer.
 */
int wire_smb1_found_end(u8 *data, u32 len, u16 count)
{
	u32 at = 0, next;

	while (count--) {
		if (len - at < 4)
			return -EBADMSG;
		next = get_unaligned_le32(data + at);
		if (!count)
			put_unaligned_le32(0, data + at);
		else if (!next || next > len - at)
			return -EBADMSG;
		else
			at += next;
	}
	return 0;
}

/**
 * wire_smb1_all_widen - make FileAllInformation of SMB_QUERY_FILE_ALL_INFO
 * @data: of [MS-CIFS] 2.2.8.3.8
 * @o: where to; as in [MS-FSCC] 2.4.2, zero where SMB 1 does not say
 *
 * Return: 0, -EBADMSG or -EMSGSIZE.
 */
int wire_smb1_all_widen(const struct wire_blob *data, struct wire_out *o)
{
	struct wire_in in;
	const u8 *head;
	u32 ea_size;

	wire_in_from(&in, data);
	head = wire_in_bytes(&in, 64, "CreationTime");	/* ... and Reserved2 */
	ea_size = wire_in_u32(&in, "EaSize");
	if (wire_in_errno(&in))
		return wire_in_errno(&in);
	wire_out_bytes(o, head, 64);
	wire_out_u64(o, 0);	/* IndexNumber */
	wire_out_u32(o, ea_size);
	wire_out_zero(o, 4 + 8 + 4 + 4);
	wire_out_u32(o, 0);	/* FileNameLength */
	return wire_out_errno(o);
}

/**
 * wire_smb1_all_id - fill the file id in that was asked for apart
 * @all: what wire_smb1_all_widen() has made
 * @id: FileInternalInformation, [MS-FSCC] 2.4.27
 */
void wire_smb1_all_id(u8 *all, const u8 *id)
{
	memcpy(all + 64, id, 8);
}
