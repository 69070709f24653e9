// SPDX-License-Identifier: GPL-2.0-or-later
#include "krb5ciphers.h"

#include <profile.h>
#include <stdbool.h>

#define SECTION "libdefaults"

/* RFC 3962, RFC 8009, RFC 6803; in the order of the library's own list. */
static const krb5_enctype strong[] = {
	ENCTYPE_AES256_CTS_HMAC_SHA1_96, ENCTYPE_AES128_CTS_HMAC_SHA1_96,
	ENCTYPE_AES256_CTS_HMAC_SHA384_192, ENCTYPE_AES128_CTS_HMAC_SHA256_128,
	ENCTYPE_CAMELLIA128_CTS_CMAC, ENCTYPE_CAMELLIA256_CTS_CMAC, 0
};

static bool is_set(profile_t profile, const char *name)
{
	char *text = NULL;
	bool set = !profile_get_string(profile, SECTION, name, NULL, NULL,
				       &text) && text;

	profile_release_string(text);
	return set;
}

static bool says_what(profile_t profile)
{
	int rc4 = 0;

	if (is_set(profile, "permitted_enctypes") ||
	    is_set(profile, "default_tgs_enctypes"))
		return true;
	return !profile_get_boolean(profile, SECTION, "allow_rc4", NULL, 0,
				    &rc4) && rc4;
}

const krb5_enctype *krb5_ciphers(krb5_context context, unsigned int *count)
{
	profile_t profile;
	bool left_to_it;

	if (krb5_get_profile(context, &profile))
		return NULL;
	left_to_it = says_what(profile);
	profile_release(profile);
	*count = sizeof(strong) / sizeof(*strong) - 1;
	return left_to_it ? NULL : strong;
}
