// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target for whole conversations.
 *
 *	fuzz_talk --seeds DIR	write conversations as a server would have them, as
 *				DIR/talk/NAME and DIR/talk1/NAME
 *	fuzz_talk ...		libFuzzer's options
 *	UNC_FUZZ=talk1		speak SMB 1
 *	UNC_FUZZ_LOG=1		say what the client would write to the log
 */
#include "../../../kmod/smb2/setup.h"
#include "seeds.h"
#include "talk.h"

struct talk_config talk_config;
const struct talk_server *talk_server = &talk_server_smb2;

static const u8 *input;
static size_t input_left;

bool talk_input_left(void)
{
	return input_left >= sizeof(struct talk_record);
}

bool talk_next(struct talk_record *rec, const u8 **data, u32 *len)
{
	if (!talk_input_left())
		return false;
	memcpy(rec, input, sizeof(*rec));
	input += sizeof(*rec);
	input_left -= sizeof(*rec);
	*len = min_t(size_t, get_unaligned_le16(rec->len), input_left);
	*data = input;
	input += *len;
	input_left -= *len;
	return true;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("UNC_FUZZ");

	if (*argc == 3 && !strcmp((*argv)[1], "--seeds")) {
		talk_seeds((*argv)[2]);
		exit(0);
	}
	unc_smb2_init();
	shim_module_init();
	if (name && !strcmp(name, "talk1"))
		talk_server = &talk_server_smb1;
	return 0;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (size < sizeof(talk_config))
		return 0;
	memcpy(&talk_config, data, sizeof(talk_config));
	input = data + sizeof(talk_config);
	input_left = size - sizeof(talk_config);
	world_begin(0);
	if (unc_req_init() || unc_lease_init())
		shim_die("no work queues");
	world_begin(talk_config.fails);
	talk_speak_begin();
	talk_client_run();
	talk_speak_end();
	world_end();
	unc_lease_exit();
	unc_req_exit();
	return 0;
}
