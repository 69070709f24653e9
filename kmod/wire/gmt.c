// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc.h"
#include "gmt.h"

static const char gmt_shape[] = "@GMT-0000.00.00-00.00.00";

enum {
	DAYS_PER_ERA	= 146097,	/* 400 years */
	DAYS_TO_1970	= 719468,	/* from the 1st of March of year 0 */
	SECS_PER_DAY	= 86400,
	YEAR_FIRST	= 1601,
	SHAPE_YEAR	= 5,
	SHAPE_MONTH	= 10,
	SHAPE_DAY	= 13,
	SHAPE_HOUR	= 16,
	SHAPE_MINUTE	= 19,
	SHAPE_SECOND	= 22,
};

static u32 number_at(const char *text, u32 at, u32 digits)
{
	u32 value = 0;

	while (digits--)
		value = value * 10 + (text[at++] - '0');
	return value;
}

static bool has_shape(const char *text, u32 len)
{
	u32 i;

	if (len != WIRE_GMT_LEN)
		return false;
	for (i = 0; i < len; i++) {
		if (gmt_shape[i] != '0' && text[i] != gmt_shape[i])
			return false;
		if (gmt_shape[i] == '0' && (text[i] < '0' || text[i] > '9'))
			return false;
	}
	return true;
}

/* Years begin in March here, so that the leap day is the last one. */
static s64 days_of(u32 year, u32 month, u32 day)
{
	u32 y = year - (month <= 2), era = y / 400, of_era = y % 400;
	u32 of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
		      day - 1;

	return (s64)era * DAYS_PER_ERA + of_era * 365 + of_era / 4 -
	       of_era / 100 + of_year - DAYS_TO_1970;
}

static bool is_date(u32 year, u32 month, u32 day)
{
	if (year < YEAR_FIRST || !month || month > 12 || !day || day > 31)
		return false;
	/* The days of the month are what its successor leaves. */
	return days_of(year, month, day) <
	       (month == 12 ? days_of(year + 1, 1, 1) :
			      days_of(year, month + 1, 1));
}

/**
 * wire_gmt_parse - read the name of a snapshot
 * @text: "@GMT-YYYY.MM.DD-HH.MM.SS", not ended by a NUL
 * @len: its bytes
 * @filetime: when it was made
 *
 * Return: 0 or -EBADMSG.
 */
int wire_gmt_parse(const char *text, u32 len, u64 *filetime)
{
	u32 year, month, day, hour, minute, second;

	if (!has_shape(text, len))
		return -EBADMSG;
	year = number_at(text, SHAPE_YEAR, 4);
	month = number_at(text, SHAPE_MONTH, 2);
	day = number_at(text, SHAPE_DAY, 2);
	hour = number_at(text, SHAPE_HOUR, 2);
	minute = number_at(text, SHAPE_MINUTE, 2);
	second = number_at(text, SHAPE_SECOND, 2);
	if (!is_date(year, month, day) || hour > 23 || minute > 59 ||
	    second > 59)
		return -EBADMSG;
	*filetime = wire_time_join(days_of(year, month, day) * SECS_PER_DAY +
				   hour * 3600 + minute * 60 + second, 0);
	return 0;
}

static void number_put(char *text, u32 at, u32 digits, u32 value)
{
	while (digits--) {
		text[at + digits] = '0' + value % 10;
		value /= 10;
	}
}

static void date_put(char *text, s64 days)
{
	u32 n = days + DAYS_TO_1970, era = n / DAYS_PER_ERA, year, month;

	n %= DAYS_PER_ERA;
	year = (n - n / 1460 + n / 36524 - n / 146096) / 365;
	n -= 365 * year + year / 4 - year / 100;
	month = (5 * n + 2) / 153;
	number_put(text, SHAPE_DAY, 2, n - (153 * month + 2) / 5 + 1);
	month = month < 10 ? month + 3 : month - 9;
	number_put(text, SHAPE_MONTH, 2, month);
	number_put(text, SHAPE_YEAR, 4, era * 400 + year + (month <= 2));
}

/**
 * wire_gmt_format - write the name of a snapshot
 * @filetime: when it was made; below a second is left out
 * @text: room for WIRE_GMT_LEN bytes and a NUL; "" if there is no such date
 */
void wire_gmt_format(u64 filetime, char *text)
{
	u32 nsec, of_day;
	s64 sec, days;

	text[0] = '\0';
	/* Up to year 9999. */
	if (!wire_time_split(filetime, &sec, &nsec) || sec > 253402300799LL)
		return;
	/* 1601 is before 1970: divided as if it were after. */
	days = (s64)div_u64(sec + (s64)DAYS_TO_1970 * SECS_PER_DAY,
			    SECS_PER_DAY) - DAYS_TO_1970;
	of_day = sec - days * SECS_PER_DAY;
	memcpy(text, gmt_shape, sizeof(gmt_shape));
	date_put(text, days);
	number_put(text, SHAPE_HOUR, 2, of_day / 3600);
	number_put(text, SHAPE_MINUTE, 2, of_day / 60 % 60);
	number_put(text, SHAPE_SECOND, 2, of_day % 60);
}

/**
 * wire_snapshots_decode - read the output of FSCTL_SRV_ENUMERATE_SNAPSHOTS
 * @b: the output buffer
 * @list: the snapshots; @list->names is empty if they did not fit
 *
 * [MS-SMB2] 2.2.32.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_snapshots_decode(const struct wire_blob *b,
			  struct wire_snapshots *list)
{
	struct wire_in in;
	u32 len;

	wire_in_from(&in, b);
	list->total = wire_in_u32(&in, "NumberOfSnapShots");
	list->returned = wire_in_u32(&in, "NumberOfSnapShotsReturned");
	list->size = wire_in_u32(&in, "SnapShotArraySize");
	len = list->returned ? list->size : 0;
	if (len & 1)
		wire_in_fail(&in, "SnapShotArraySize");
	list->names = wire_in_take(&in, len, "SnapShots");
	return wire_in_errno(&in);
}

/**
 * wire_snapshot_next - read one name of a list of snapshots
 * @names: a reader over struct wire_snapshots names
 * @filetime: when it was made
 *
 * Return: 1; 0 at the end, which an empty name marks, too; -EBADMSG.
 */
int wire_snapshot_next(struct wire_in *names, u64 *filetime)
{
	char text[WIRE_GMT_LEN];
	u32 i;
	u16 c;

	if (wire_in_left(names) < 2)
		return wire_in_errno(names);
	for (i = 0; i < WIRE_GMT_LEN; i++) {
		c = wire_in_u16(names, "SnapShot");
		if (!c && !i)
			return wire_in_errno(names);
		if (c > 0x7f)
			wire_in_fail(names, "SnapShot");
		text[i] = (char)c;
	}
	if (wire_in_u16(names, "NUL") || wire_gmt_parse(text, i, filetime))
		wire_in_fail(names, "SnapShot");
	return names->err ? -EBADMSG : 1;
}
