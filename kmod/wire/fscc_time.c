// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc.h"

enum {
	NS_PER_TICK	= 100,
};

#define EPOCH_DIFF_SEC	(WIRE_TIME_EPOCH_DIFF / WIRE_TIME_TICKS_PER_SEC)

/*
 * Zero means that a time is not known. What is negative as a signed number is
 * not a point in time in the protocol; -1 and -2 have meanings of their own.
 */
static bool is_time(u64 filetime)
{
	return filetime && filetime <= S64_MAX;
}

/**
 * wire_time_to_ns - FILETIME to nanoseconds since 1970
 * @filetime: units of 100 ns since 1601
 *
 * [MS-DTYP] 2.3.3.
 *
 * Return: the time; 0 when @filetime is none; times out of reach of 64 bits
 * of nanoseconds (before 1677, after 2262) become the nearest in reach.
 */
s64 wire_time_to_ns(u64 filetime)
{
	s64 ticks;

	if (!is_time(filetime))
		return 0;
	ticks = (s64)filetime - (s64)WIRE_TIME_EPOCH_DIFF;
	if (ticks > S64_MAX / NS_PER_TICK)
		return S64_MAX;
	if (ticks < S64_MIN / NS_PER_TICK)
		return S64_MIN;
	return ticks * NS_PER_TICK;
}

/**
 * wire_time_from_ns - nanoseconds since 1970 to FILETIME
 * @ns: the time
 *
 * Return: the last FILETIME that is not after it. All of 64 bits of
 * nanoseconds are within reach of a FILETIME.
 */
u64 wire_time_from_ns(s64 ns)
{
	u64 before;

	if (ns >= 0)
		return WIRE_TIME_EPOCH_DIFF + div_u64(ns, NS_PER_TICK);
	before = 0 - (u64)ns;
	return WIRE_TIME_EPOCH_DIFF -
	       div_u64(before + NS_PER_TICK - 1, NS_PER_TICK);
}

/**
 * wire_time_split - FILETIME to seconds since 1970 and nanoseconds
 * @filetime: units of 100 ns since 1601
 * @sec: seconds; 0 when @filetime is none
 * @nsec: nanoseconds; 0 when @filetime is none
 *
 * Loses nothing: every FILETIME is within reach.
 *
 * Return: true when @filetime is a time.
 */
bool wire_time_split(u64 filetime, s64 *sec, u32 *nsec)
{
	u32 ticks;

	*sec = 0;
	*nsec = 0;
	if (!is_time(filetime))
		return false;
	*sec = (s64)div_u64_rem(filetime, WIRE_TIME_TICKS_PER_SEC, &ticks) -
	       (s64)EPOCH_DIFF_SEC;
	*nsec = ticks * NS_PER_TICK;
	return true;
}

/**
 * wire_time_join - seconds since 1970 and nanoseconds to FILETIME
 * @sec: seconds
 * @nsec: nanoseconds, below a second
 *
 * Return: the last FILETIME that is not after it; times out of reach become
 * the nearest in reach, which is never 0: that would mean "leave as it is".
 */
u64 wire_time_join(s64 sec, u32 nsec)
{
	const s64 last = (s64)div_u64(S64_MAX, WIRE_TIME_TICKS_PER_SEC) -
			 (s64)EPOCH_DIFF_SEC;
	u64 filetime;

	if (sec < -(s64)EPOCH_DIFF_SEC)
		return 1;
	if (sec >= last)
		return S64_MAX;
	filetime = (u64)(sec + (s64)EPOCH_DIFF_SEC) * WIRE_TIME_TICKS_PER_SEC +
		   nsec / NS_PER_TICK;
	return filetime ? filetime : 1;
}
