// SPDX-License-Identifier: GPL-2.0-or-later
#include "key.h"

#include <errno.h>
#include <string.h>

#include "secret.h"

static size_t put_string(uint8_t *out, const char *s)
{
	size_t len = strlen(s) + 1;

	memcpy(out, s, len);
	return len;
}

key_serial_t key_add(const char *description, const struct credential *cred,
		     key_serial_t keyring)
{
	uint8_t payload[UNC_KEY_PAYLOAD_MAX];
	key_serial_t key;
	size_t len = 0;
	int error;

	len += put_string(payload + len, cred->user);
	len += put_string(payload + len, cred->domain);
	len += put_string(payload + len, *cred->store ? "" : cred->password);
	if (*cred->store)
		len += put_string(payload + len, cred->store);
	key = add_key(UNC_KEY_TYPE, description, payload, len, keyring);
	error = errno;
	secret_wipe(payload, sizeof(payload));
	errno = error;
	return key;
}

const char *key_error(int error)
{
	switch (error) {
	case ENODEV:
		return "the kernel module is not loaded (modprobe uncfs)";
	case EDQUOT:
		return "the quota for keys is used up (see /proc/key-users)";
	case ENOKEY:
		return "there is no such key (unc login --list)";
	case EKEYEXPIRED:
		return "the key has expired (unc login again)";
	case EKEYREVOKED:
		return "the key was revoked (unc login again)";
	case EACCES:
		return "the keyring may not be changed by this user";
	}
	return strerror(error);
}
