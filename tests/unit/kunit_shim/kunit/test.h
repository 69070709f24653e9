/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As much of the kernel's KUnit as the suites in kmod/tests use, in user space.
 * Each case, and each parameter of a case, is one test of the TAP output.
 */
#ifndef UNCFS_KUNIT_SHIM_H
#define UNCFS_KUNIT_SHIM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define KUNIT_PARAM_DESC_SIZE 128

struct kunit {
	const char *name;
	const void *param_value;
	void *priv;
	bool failed;
	jmp_buf abort;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(const void *prev, char *desc);
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(fn) { .run_case = fn, .name = #fn }
#define KUNIT_CASE_SLOW(fn) KUNIT_CASE(fn)
#define KUNIT_CASE_PARAM(fn, gen) \
	{ .run_case = fn, .name = #fn, .generate_params = gen }

void kunit_shim_register(const struct kunit_suite *suite);
void kunit_shim_fail(struct kunit *test, const char *file, int line,
		     const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void kunit_shim_differ(struct kunit *test, const void *a, const void *b,
		       size_t len);
_Noreturn void kunit_shim_abort(struct kunit *test);

#define kunit_test_suite(suite) \
	__attribute__((constructor)) static void suite##_register(void) \
	{ \
		kunit_shim_register(&suite); \
	}

#define KUNIT_FAIL(test, ...) \
	kunit_shim_fail(test, __FILE__, __LINE__, __VA_ARGS__)

#define KUNIT_SHIM_CHECK(test, good, on_failure, text, ...) do { \
	if (!(good)) { \
		kunit_shim_fail(test, __FILE__, __LINE__, text __VA_ARGS__); \
		on_failure; \
	} \
} while (0)

/* Both sides are evaluated once, and compared in the type that holds both. */
#define KUNIT_SHIM_COMPARE(test, a, op, b, on_failure, ...) do { \
	__auto_type a_ = (a); \
	__auto_type b_ = (b); \
	if (!(a_ op b_)) { \
		kunit_shim_fail(test, __FILE__, __LINE__, \
				"expected %s %s %s: %lld (%#llx), %lld (%#llx)", \
				#a, #op, #b, (long long)a_, (long long)a_, \
				(long long)b_, (long long)b_); \
		__VA_OPT__(kunit_shim_fail(test, NULL, 0, __VA_ARGS__);) \
		on_failure; \
	} \
} while (0)

#define KUNIT_EXPECT_EQ(test, a, b) KUNIT_SHIM_COMPARE(test, a, ==, b, (void)0)
#define KUNIT_EXPECT_NE(test, a, b) KUNIT_SHIM_COMPARE(test, a, !=, b, (void)0)
#define KUNIT_EXPECT_LT(test, a, b) KUNIT_SHIM_COMPARE(test, a, <, b, (void)0)
#define KUNIT_EXPECT_LE(test, a, b) KUNIT_SHIM_COMPARE(test, a, <=, b, (void)0)
#define KUNIT_EXPECT_GT(test, a, b) KUNIT_SHIM_COMPARE(test, a, >, b, (void)0)
#define KUNIT_EXPECT_GE(test, a, b) KUNIT_SHIM_COMPARE(test, a, >=, b, (void)0)
#define KUNIT_EXPECT_EQ_MSG(test, a, b, ...) \
	KUNIT_SHIM_COMPARE(test, a, ==, b, (void)0, __VA_ARGS__)
#define KUNIT_ASSERT_EQ(test, a, b) \
	KUNIT_SHIM_COMPARE(test, a, ==, b, kunit_shim_abort(test))
#define KUNIT_ASSERT_GT(test, a, b) \
	KUNIT_SHIM_COMPARE(test, a, >, b, kunit_shim_abort(test))
#define KUNIT_ASSERT_GE(test, a, b) \
	KUNIT_SHIM_COMPARE(test, a, >=, b, kunit_shim_abort(test))

#define KUNIT_EXPECT_TRUE(test, c) \
	KUNIT_SHIM_CHECK(test, c, (void)0, "expected to be true: " #c)
#define KUNIT_EXPECT_FALSE(test, c) \
	KUNIT_SHIM_CHECK(test, !(c), (void)0, "expected to be false: " #c)
#define KUNIT_ASSERT_TRUE(test, c) \
	KUNIT_SHIM_CHECK(test, c, kunit_shim_abort(test), \
			 "expected to be true: " #c)
#define KUNIT_EXPECT_NULL(test, p) \
	KUNIT_SHIM_CHECK(test, !(p), (void)0, "expected to be NULL: " #p)
#define KUNIT_EXPECT_NOT_NULL(test, p) \
	KUNIT_SHIM_CHECK(test, p, (void)0, "expected not to be NULL: " #p)
#define KUNIT_ASSERT_NOT_NULL(test, p) \
	KUNIT_SHIM_CHECK(test, p, kunit_shim_abort(test), \
			 "expected not to be NULL: " #p)
#define KUNIT_EXPECT_PTR_EQ(test, a, b) \
	KUNIT_SHIM_CHECK(test, (const void *)(a) == (const void *)(b), \
			 (void)0, "expected the same pointer: " #a ", " #b)
#define KUNIT_EXPECT_STREQ(test, a, b) do { \
	const char *a_ = (a); \
	const char *b_ = (b); \
	if (strcmp(a_, b_)) \
		kunit_shim_fail(test, __FILE__, __LINE__, \
				"expected the same: \"%s\", \"%s\"", a_, b_); \
} while (0)
#define KUNIT_EXPECT_MEMEQ(test, a, b, n) do { \
	const void *a_ = (a); \
	const void *b_ = (b); \
	size_t n_ = (n); \
	if (memcmp(a_, b_, n_)) { \
		kunit_shim_fail(test, __FILE__, __LINE__, \
				"expected the same bytes: " #a ", " #b); \
		kunit_shim_differ(test, a_, b_, n_); \
	} \
} while (0)

/* What <kunit/test.h> brings along in the kernel. */
#ifndef min
#define min(a, b) ((a) < (b) ? (a) : (b))
#endif

static inline ssize_t kunit_shim_strscpy(char *to, const char *from, size_t size)
{
	return snprintf(to, size, "%s", from);
}

#define strscpy(to, from, size) kunit_shim_strscpy(to, from, size)

#endif /* UNCFS_KUNIT_SHIM_H */
