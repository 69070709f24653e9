// SPDX-License-Identifier: GPL-2.0-or-later
#include "odj.h"

#include <errno.h>
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

#include "cursor.h"
#include "ndr.h"
#include "secret.h"

#define HEADER_LEN	16	/* common and private, of type serialization 1 */
#define COMMON_LEN	8
#define FILLER		0xccccccccu
#define LITTLE_ENDIAN_NDR 0x10
#define FORMAT_WIN7	1
#define FORMAT_WIN8	2
#define PART_ESSENTIAL	1
#define JOIN_PROVIDER	"631c7621-5289-4321-bc9e-80f843f868c3"
#define JOIN_PROVIDER3	"fc0ccf25-7ffa-474a-8611-69ffe269645f"
#define NO_CIPHER	"00000000-0000-0000-0000-000000000000"
#define PROVISION_VERSION 1

static const struct ndr_method *method(const char *name)
{
	return ndr_method_find(ndr_interface_find("odj"), name);
}

/* ---- Type serialization ([MS-RPCE] 2.2.6) ----------------------------------- */

static void put_u32(uint8_t *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(value >> (8 * i));
}

/* One top-level type: headers, then the stub, padded to eight bytes. */
static bool serialize(struct ndr_codec *codec, const char *name,
		      const json_t *args, struct ndr_bytes *out)
{
	const struct ndr_method *m = method(name);
	uint8_t memory[64] = { 0 };
	struct ndr_bytes stub;
	uint8_t *made;
	size_t padded;

	if (ndr_from_json(codec, m, NDR_IN, args, memory) ||
	    ndr_encode(codec, m, NDR_IN, memory, &stub))
		return false;
	padded = (stub.len + 7) & ~(size_t)7;
	made = ndr_arena_alloc(codec->arena, HEADER_LEN + padded);
	if (!made)
		return false;
	memset(made, 0, HEADER_LEN + padded);
	made[0] = 1;
	made[1] = LITTLE_ENDIAN_NDR;
	made[2] = COMMON_LEN;
	put_u32(made + 4, FILLER);
	put_u32(made + COMMON_LEN, (uint32_t)padded);
	memcpy(made + HEADER_LEN, stub.ptr, stub.len);
	*out = (struct ndr_bytes){ made, HEADER_LEN + padded };
	return true;
}

static bool take_headers(const struct ndr_bytes *from, struct ndr_bytes *stub)
{
	struct wire_in in;
	u32 len;

	wire_in_init(&in, from->ptr, (u32)from->len);
	if (wire_in_u8(&in, "Version") != 1 ||
	    wire_in_u8(&in, "Endianness") != LITTLE_ENDIAN_NDR ||
	    wire_in_u16(&in, "CommonHeaderLength") != COMMON_LEN)
		return false;
	wire_in_u32(&in, "Filler");
	len = wire_in_u32(&in, "ObjectBufferLength");
	wire_in_u32(&in, "Filler");
	if (in.err || len > wire_in_left(&in))
		return false;
	*stub = (struct ndr_bytes){ from->ptr + HEADER_LEN, len };
	return true;
}

static json_t *parse(struct ndr_codec *codec, const char *name,
		     const struct ndr_bytes *from)
{
	const struct ndr_method *m = method(name);
	uint8_t memory[64] = { 0 };
	struct ndr_bytes stub;

	if (!take_headers(from, &stub) ||
	    ndr_decode(codec, m, NDR_IN, &stub, memory))
		return NULL;
	return ndr_to_json(codec, m, NDR_IN, memory);
}

/* ---- Writing --------------------------------------------------------------- */

/* As the codec's JSON has bytes. */
static json_t *bytes_json(const struct ndr_bytes *bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *text = malloc(2 * bytes->len + 1);
	json_t *made;

	if (!text)
		return NULL;
	for (size_t i = 0; i < bytes->len; i++) {
		text[2 * i] = digits[bytes->ptr[i] >> 4];
		text[2 * i + 1] = digits[bytes->ptr[i] & 15];
	}
	made = json_stringn(text, 2 * bytes->len);
	secret_wipe(text, 2 * bytes->len);
	free(text);
	return made;
}

/* Releases @args, which may be NULL. */
static bool serialize_new(struct ndr_codec *codec, const char *name,
			  json_t *args, struct ndr_bytes *out)
{
	bool good = args && serialize(codec, name, args, out);

	json_decref(args);
	return good;
}

static json_t *op_blob(const struct ndr_bytes *bytes)
{
	if (!bytes)
		return json_pack("{s:i, s:n}", "cbBlob", 0, "pBlob");
	return json_pack("{s:i, s:o}", "cbBlob", (int)bytes->len, "pBlob",
			 bytes_json(bytes));
}

static json_t *part(const char *type, int flags, const struct ndr_bytes *bytes)
{
	return json_pack("{s:s, s:i, s:o, s:o}", "PartType", type, "ulFlags",
			 flags, "Part", op_blob(bytes), "Extension",
			 op_blob(NULL));
}

static bool make_parts(struct ndr_codec *codec, const struct ndr_bytes *blob,
		       const char *sid, struct ndr_bytes *out)
{
	const char *dash = strrchr(sid, '-');
	json_int_t rid = dash ? (json_int_t)strtoul(dash + 1, NULL, 10) : 0;
	struct ndr_bytes prov3;

	return serialize_new(codec, "OdjJoinProv3",
			     json_pack("{s:{s:I, s:s}}", "Part", "Rid", rid,
				       "lpSid", sid), &prov3) &&
	       serialize_new(codec, "OdjParts",
			     json_pack("{s:{s:i, s:[o, o], s:o}}", "Parts",
				       "cParts", 2, "pParts",
				       part(JOIN_PROVIDER, PART_ESSENTIAL,
					    blob),
				       part(JOIN_PROVIDER3, 0, &prov3),
				       "Extension", op_blob(NULL)), out);
}

/* Wrapped by no cipher: the file is as secret as the password in it. */
static bool make_package(struct ndr_codec *codec, const struct ndr_bytes *blob,
			 const char *sid, struct ndr_bytes *out)
{
	struct ndr_bytes parts;

	return make_parts(codec, blob, sid, &parts) &&
	       serialize_new(codec, "OdjPackage",
			     json_pack("{s:{s:s, s:o, s:o, s:i, s:o}}",
				       "Package", "EncryptionType", NO_CIPHER,
				       "EncryptionContext", op_blob(NULL),
				       "WrappedPartCollection",
				       op_blob(&parts),
				       "cbDecryptedPartCollection",
				       (int)parts.len, "Extension",
				       op_blob(NULL)), out);
}

static json_t *odj_blob(int format, const struct ndr_bytes *bytes)
{
	return json_pack("{s:i, s:i, s:o}", "ulODJFormat", format, "cbBlob",
			 (int)bytes->len, "pBlob", bytes_json(bytes));
}

static bool make_whole(struct ndr_codec *codec, const struct ndr_bytes *blob,
		       const char *sid, struct ndr_bytes *out)
{
	json_t *blobs = json_pack("[o]", odj_blob(FORMAT_WIN7, blob));
	struct ndr_bytes package;

	if (sid) {
		if (!make_package(codec, blob, sid, &package)) {
			json_decref(blobs);
			return false;
		}
		json_array_append_new(blobs, odj_blob(FORMAT_WIN8, &package));
	}
	return serialize_new(codec, "OdjProvisionData",
			     json_pack("{s:{s:i, s:i, s:o}}", "Data",
				       "ulVersion", PROVISION_VERSION,
				       "ulcBlobs", (int)json_array_size(blobs),
				       "pBlobs", blobs), out);
}

/* djoin reads "Unicode" text: a mark, two bytes for each letter, a zero. */
static uint8_t *to_file(const struct ndr_bytes *data, size_t *len)
{
	size_t letters = BASE64_ENCODE_RAW_LENGTH(data->len);
	char *text = malloc(letters + 1);
	uint8_t *file = calloc(letters + 2, 2);

	if (text && file) {
		base64_encode_raw(text, data->len, data->ptr);
		file[0] = 0xff;
		file[1] = 0xfe;
		for (size_t i = 0; i < letters; i++)
			file[2 * i + 2] = (uint8_t)text[i];
		*len = 2 * letters + 4;
		secret_wipe(text, letters);
	}
	free(text);
	return file;
}

uint8_t *odj_encode(const json_t *blob, const char *sid, size_t *len)
{
	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
	struct ndr_bytes bytes, whole;
	uint8_t *file = NULL;

	if (codec.arena &&
	    serialize_new(&codec, "OdjWin7Blob",
			  json_pack("{s:O}", "Blob", blob), &bytes) &&
	    make_whole(&codec, &bytes, sid, &whole))
		file = to_file(&whole, len);
	ndr_arena_free(codec.arena);
	return file;
}

/* ---- Reading --------------------------------------------------------------- */

static json_t *fail(const char **why, const char *what)
{
	*why = what;
	return NULL;
}

/* Letters alone, whatever the text was written in. */
static size_t plain(const uint8_t *file, size_t len, char *text)
{
	bool wide = len >= 2 && file[0] == 0xff && file[1] == 0xfe;
	size_t used = 0, step = wide ? 2 : 1;

	for (size_t i = wide ? 2 : 0; i + step <= len; i += step) {
		if (!file[i] || (wide && file[i + 1]))
			break;
		if (!strchr("\r\n\t ", file[i]))
			text[used++] = (char)file[i];
	}
	return used;
}

static uint8_t *bytes_of(const uint8_t *file, size_t len, size_t *used)
{
	struct base64_decode_ctx base64;
	char *text = malloc(len + 1);
	uint8_t *data = malloc(BASE64_DECODE_LENGTH(len) + 1);
	size_t letters;

	*used = BASE64_DECODE_LENGTH(len) + 1;
	base64_decode_init(&base64);
	letters = text ? plain(file, len, text) : 0;
	if (!letters || !data ||
	    !base64_decode_update(&base64, used, data, letters, text) ||
	    !base64_decode_final(&base64)) {
		free(data);
		data = NULL;
	}
	if (text)
		secret_wipe(text, len);
	free(text);
	return data;
}

static int nibble(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* The codec's own hex: two small digits a byte. */
static bool take_bytes(struct ndr_codec *codec, const json_t *hex,
		       struct ndr_bytes *out)
{
	const char *text = json_string_value(hex);
	size_t len = text ? strlen(text) / 2 : 0;
	uint8_t *made = ndr_arena_alloc(codec->arena, len + 1);

	if (!text || !made)
		return false;
	for (size_t i = 0; i < len; i++)
		made[i] = (uint8_t)(nibble(text[2 * i]) << 4 |
				    nibble(text[2 * i + 1]));
	*out = (struct ndr_bytes){ made, len };
	return true;
}

static json_t *find_blob(struct ndr_codec *codec, const json_t *whole,
			 const char **why)
{
	const json_t *blobs = json_object_get(json_object_get(whole, "Data"),
					      "pBlobs");
	struct ndr_bytes bytes;
	json_t *one, *found, *blob;
	size_t i;

	json_array_foreach(blobs, i, one) {
		if (json_integer_value(json_object_get(one, "ulODJFormat")) !=
		    FORMAT_WIN7)
			continue;
		if (!take_bytes(codec, json_object_get(one, "pBlob"), &bytes))
			break;
		found = parse(codec, "OdjWin7Blob", &bytes);
		blob = json_incref(json_object_get(found, "Blob"));
		json_decref(found);
		return json_is_object(blob) ? blob :
		       fail(why, "its blob is none");
	}
	return fail(why, "there is no blob in it that Windows 7 would read");
}

json_t *odj_decode(const uint8_t *file, size_t len, const char **why)
{
	struct ndr_codec codec = { 0 };
	json_t *whole = NULL, *blob;
	struct ndr_bytes bytes;
	uint8_t *data;

	if (len > ODJ_FILE_MAX)
		return fail(why, "it is too long");
	data = bytes_of(file, len, &bytes.len);
	if (!data)
		return fail(why, "it is no base64");
	codec.arena = ndr_arena_new(0);
	bytes.ptr = data;
	if (codec.arena)
		whole = parse(&codec, "OdjProvisionData", &bytes);
	blob = whole ? find_blob(&codec, whole, why) :
		       fail(why, "it is no ODJ_PROVISION_DATA");
	json_decref(whole);
	ndr_arena_free(codec.arena);
	secret_wipe(data, bytes.len);
	free(data);
	return blob;
}
