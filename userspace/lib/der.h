/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As much DER (ITU-T X.690) as SPNEGO needs, bounded on both sides.
 *
 * A reader is a window on bytes that someone else owns.  The first thing that
 * does not fit makes it bad, and a bad reader gives nothing more, so a decoder
 * may read straight on and look at the end.  A writer fills its room from the
 * end to the front, since in DER a length stands before what it counts.
 */
#ifndef UNC_LIB_DER_H
#define UNC_LIB_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DER_OCTET_STRING	0x04
#define DER_OID			0x06
#define DER_ENUMERATED		0x0a
#define DER_SEQUENCE		0x30
#define DER_APPLICATION_0	0x60
#define DER_CONTEXT(n)		(0xa0 + (n))

struct der_bytes {
	const uint8_t *data;
	size_t len;
};

struct der_reader {
	const uint8_t *at;
	size_t left;
	bool bad;
};

struct der_reader der_reader_init(const void *data, size_t len);

/* The next tag, or 0 at the end of the window. */
uint8_t der_peek(const struct der_reader *r);

/*
 * Take the element with this tag and return a window on its content; bad when
 * another tag stands there, when the length is indefinite or longer than what is
 * left.  A length in more bytes than needed is taken: BER of old servers has it,
 * and nothing is signed over bytes that we only decoded.
 */
struct der_reader der_enter(struct der_reader *r, uint8_t tag);

/* The same, as bytes; .len 0 when bad. */
struct der_bytes der_take(struct der_reader *r, uint8_t tag);

/* The next element whole, header included, whatever its tag is. */
struct der_bytes der_take_element(struct der_reader *r);

/* An ENUMERATED of one byte; -1 and bad otherwise. */
int der_take_enum(struct der_reader *r);

/* True when nothing was bad and nothing is left. */
bool der_end(const struct der_reader *r);

struct der_writer {
	uint8_t *start;
	uint8_t *at;		/* first byte written so far */
	bool bad;		/* there was not enough room */
};

struct der_writer der_writer_init(void *room, size_t len);

/* Where the writer stands, for der_put_header(). */
const uint8_t *der_mark(const struct der_writer *w);

void der_put_bytes(struct der_writer *w, const void *data, size_t len);

/* Tag and length of everything put since @mark. */
void der_put_header(struct der_writer *w, uint8_t tag, const uint8_t *mark);

#endif
