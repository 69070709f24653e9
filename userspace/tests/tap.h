/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Test Anything Protocol, as much as these tests need. */
#ifndef UNC_TESTS_TAP_H
#define UNC_TESTS_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned int tap_count, tap_failed;

#define ok(condition, ...) tap_ok((condition), __FILE__, __LINE__, __VA_ARGS__)

static __attribute__((format(printf, 4, 5), unused)) bool
tap_ok(bool good, const char *file, int line, const char *fmt, ...)
{
	__builtin_va_list ap;

	printf("%sok %u - ", good ? "" : "not ", ++tap_count);
	__builtin_va_start(ap, fmt);
	vprintf(fmt, ap);
	__builtin_va_end(ap);
	putchar('\n');
	if (!good) {
		tap_failed++;
		printf("# failed at %s:%d\n", file, line);
	}
	fflush(stdout);
	return good;
}

static __attribute__((unused)) int tap_done(void)
{
	printf("1..%u\n", tap_count);
	return tap_failed || !tap_count ? EXIT_FAILURE : EXIT_SUCCESS;
}

static __attribute__((unused)) int tap_skip_all(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return EXIT_SUCCESS;
}

#endif
