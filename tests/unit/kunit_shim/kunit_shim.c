// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs the registered suites and prints TAP; see kunit/test.h. */
#include <kunit/test.h>

#define SUITES_MAX	64
#define COMPLAINTS_MAX	20	/* of one test; more of them say no more */

static const struct kunit_suite *suites[SUITES_MAX];
static unsigned int suite_count;
static unsigned int tests, failures, complaints;

void kunit_shim_register(const struct kunit_suite *suite)
{
	if (suite_count == SUITES_MAX)
		abort();
	suites[suite_count++] = suite;
}

void kunit_shim_fail(struct kunit *test, const char *file, int line,
		     const char *format, ...)
{
	va_list args;

	test->failed = true;
	if (complaints++ >= COMPLAINTS_MAX)
		return;
	if (file)
		printf("# %s:%d: ", file, line);
	else
		printf("#     ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

void kunit_shim_differ(struct kunit *test, const void *a, const void *b,
		       size_t len)
{
	const unsigned char *x = a, *y = b;
	size_t i;

	for (i = 0; i < len; i++)
		if (x[i] != y[i])
			kunit_shim_fail(test, NULL, 0,
					"at %zu: 0x%02x, 0x%02x", i, x[i], y[i]);
}

void kunit_shim_abort(struct kunit *test)
{
	longjmp(test->abort, 1);
}

static void run_body(const struct kunit_suite *suite,
		     const struct kunit_case *kase, struct kunit *test)
{
	if (suite->init && suite->init(test)) {
		kunit_shim_fail(test, NULL, 0, "init failed");
		return;
	}
	if (!setjmp(test->abort))
		kase->run_case(test);
	if (suite->exit)
		suite->exit(test);
}

static void run_one(const struct kunit_suite *suite,
		    const struct kunit_case *kase, const void *param,
		    const char *desc)
{
	struct kunit test = { .name = kase->name, .param_value = param };

	complaints = 0;
	run_body(suite, kase, &test);
	if (test.failed)
		failures++;
	printf("%s %u - %s.%s%s%s\n", test.failed ? "not ok" : "ok", ++tests,
	       suite->name, kase->name, *desc ? "/" : "", desc);
}

static void run_case(const struct kunit_suite *suite,
		     const struct kunit_case *kase)
{
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	const void *param = NULL;

	if (!kase->generate_params) {
		run_one(suite, kase, NULL, "");
		return;
	}
	while ((param = kase->generate_params(param, desc)))
		run_one(suite, kase, param, desc);
}

/* Suites whose name has the first argument in it; without one, all. */
int main(int argc, char **argv)
{
	const struct kunit_case *kase;
	unsigned int i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = 0; i < suite_count; i++) {
		if (argc > 1 && !strstr(suites[i]->name, argv[1]))
			continue;
		for (kase = suites[i]->test_cases; kase->run_case; kase++)
			run_case(suites[i], kase);
	}
	printf("1..%u\n", tests);
	return failures || !tests;
}
