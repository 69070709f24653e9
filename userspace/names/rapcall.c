// SPDX-License-Identifier: GPL-2.0-or-later
#include "rapcall.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#define ERROR_ACCESS_DENIED	5	/* [MS-ERREF] 2.2 */

int rap_open(void)
{
	return open("/dev/npipe", O_RDWR | O_CLOEXEC);
}

int rap_call(int fd, struct rap_target *target, const struct wire_blob *params,
	     struct rap_answer *answer, struct wire_blob *data)
{
	char path[UNC_PIPE_PATH_MAX];
	u8 out[RAP_ANSWER_PARAMS];
	struct unc_rap io = {
		.server = {
			.path = (uintptr_t)path,
			.key = target->key,
			.sec = target->sec,
			.vers = UNC_PIPE_VERS_SMB1,
			.port = target->port,
		},
		.params = (uintptr_t)params->ptr,
		.params_len = params->len,
		.out_params = (uintptr_t)out,
		.out_params_len = sizeof(out),
		.out_data = (uintptr_t)target->data,
		.out_data_len = sizeof(target->data),
	};
	struct wire_blob head = { .ptr = out };

	if (snprintf(path, sizeof(path), "//%s/pipe/lanman", target->host) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	io.server.path_len = (uint32_t)strlen(path);
	if (ioctl(fd, UNC_IOC_RAP, &io) < 0)
		return -errno;
	head.len = io.out_params_len;
	*data = (struct wire_blob){ target->data, io.out_data_len };
	return rap_answer_decode(&head, answer);
}

int rap_errno(const struct rap_answer *answer)
{
	if (answer->status == RAP_SUCCESS || answer->status == RAP_MORE_DATA)
		return 0;
	return answer->status == ERROR_ACCESS_DENIED ? -EACCES : -EREMOTEIO;
}
