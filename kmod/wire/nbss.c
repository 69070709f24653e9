// SPDX-License-Identifier: GPL-2.0-or-later
#include "nbss.h"

static const struct {
	u8 error;
	int err;
	const char *text;
} errors[] = {
	{ NBSS_NOT_LISTENING_ON_CALLED, -ECONNREFUSED,
	  "it does not listen on the name it was called by" },
	{ NBSS_NOT_LISTENING_FOR_CALLING, -EACCES,
	  "it does not listen for callers of our name" },
	{ NBSS_CALLED_NOT_PRESENT, -ENXIO, "nobody there has the called name" },
	{ NBSS_NO_RESOURCES, -EBUSY, "it has no room for one more session" },
	{ NBSS_UNSPECIFIED, -EREMOTEIO, "it does not say why" },
};

/**
 * wire_nbss_name_set - make a name of what people write
 * @name: the name
 * @text: at most NBSS_TEXT_MAX characters of printable ASCII
 * @len: how many
 * @suffix: what the machine is called for
 *
 * Bytes beyond ASCII depend on the code page of who registered them.
 *
 * Context: any.
 * Return: 0, or -EINVAL if it can be no name.
 */
int wire_nbss_name_set(struct wire_nbss_name *name, const char *text, u32 len,
		       enum nbss_suffix suffix)
{
	u32 i;

	if (!len || len > NBSS_TEXT_MAX)
		return -EINVAL;
	memset(name->bytes, ' ', NBSS_TEXT_MAX);
	for (i = 0; i < len; i++) {
		if (text[i] <= ' ' || text[i] >= 0x7f)
			return -EINVAL;
		name->bytes[i] = text[i];
		if (text[i] >= 'a' && text[i] <= 'z')
			name->bytes[i] -= 'a' - 'A';
	}
	name->bytes[NBSS_TEXT_MAX] = suffix;
	return 0;
}

/**
 * wire_nbss_letters - first-level encoding, RFC 1001 14.1
 * @letters: one for each half byte
 * @name: a NetBIOS name
 *
 * Context: any.
 */
void wire_nbss_letters(u8 letters[NBSS_LETTERS_LEN],
		       const u8 name[NBSS_NAME_LEN])
{
	u32 i;

	for (i = 0; i < NBSS_NAME_LEN; i++) {
		letters[2 * i] = 'A' + (name[i] >> 4);
		letters[2 * i + 1] = 'A' + (name[i] & 0xf);
	}
}

/* One label, and no scope behind it. */
static void name_encode(struct wire_out *o, const struct wire_nbss_name *name)
{
	u8 letters[NBSS_LETTERS_LEN];

	wire_nbss_letters(letters, name->bytes);
	wire_out_u8(o, sizeof(letters));
	wire_out_bytes(o, letters, sizeof(letters));
	wire_out_u8(o, 0);
}

/**
 * wire_nbss_request_encode - body of a session request, RFC 1002 4.3.2
 * @o: where to
 * @req: the names
 *
 * Context: any.
 * Return: 0, or -EMSGSIZE.
 */
int wire_nbss_request_encode(struct wire_out *o,
			     const struct wire_nbss_request *req)
{
	name_encode(o, &req->called);
	name_encode(o, &req->calling);
	return wire_out_errno(o);
}

static u16 be16(struct wire_in *in, const char *what)
{
	u8 high = wire_in_u8(in, what);

	return high << 8 | wire_in_u8(in, what);
}

/**
 * wire_nbss_answer_decode - the answer to a session request, RFC 1002 4.3.3-5
 * @packet: the packet, its prefix included, nothing behind it
 * @answer: what it says
 *
 * Context: any.
 * Return: 0, or -EBADMSG for what is no answer or has another length.
 */
int wire_nbss_answer_decode(const struct wire_blob *packet,
			    struct wire_nbss_answer *answer)
{
	struct wire_in in;

	memset(answer, 0, sizeof(*answer));
	wire_in_from(&in, packet);
	answer->type = wire_in_u8(&in, "Type");
	if (wire_in_u8(&in, "Flags"))
		wire_in_fail(&in, "Flags");
	if (be16(&in, "Length") != wire_in_left(&in))
		wire_in_fail(&in, "Length");
	switch (answer->type) {
	case NBSS_POSITIVE:
		break;
	case NBSS_NEGATIVE:
		answer->error = wire_in_u8(&in, "ErrorCode");
		break;
	case NBSS_RETARGET:
		wire_in_copy(&in, answer->address, sizeof(answer->address),
			     "RetargetAddress");
		answer->port = be16(&in, "Port");
		break;
	default:
		wire_in_fail(&in, "Type");
	}
	if (wire_in_left(&in))
		wire_in_fail(&in, "Length");
	return wire_in_errno(&in);
}

/**
 * wire_nbss_error_errno - errno for a refused session
 * @error: enum nbss_error
 *
 * Context: any.
 * Return: negative; -EREMOTEIO for a code that RFC 1002 does not have.
 */
int wire_nbss_error_errno(u8 error)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(errors); i++)
		if (errors[i].error == error)
			return errors[i].err;
	return -EREMOTEIO;
}

/**
 * wire_nbss_error_text - why a session was refused, in words
 * @error: enum nbss_error
 *
 * Context: any.
 * Return: text to go behind a colon.
 */
const char *wire_nbss_error_text(u8 error)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(errors); i++)
		if (errors[i].error == error)
			return errors[i].text;
	return "for a reason that RFC 1002 does not have";
}
