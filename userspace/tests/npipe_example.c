// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The example of npipe(4), which ask.h is, as a program: standard input is the
 * question, standard output the answer.
 */
#include <stdint.h>
#include <stdio.h>

int ask(const void *question, uint32_t len, void *answer, uint32_t room);

#include "ask.h"

int main(void)
{
	unsigned char question[4096], answer[4096];
	size_t len = fread(question, 1, sizeof(question), stdin);
	int got = ask(question, (uint32_t)len, answer, sizeof(answer));

	if (got < 0) {
		perror("ask");
		return 1;
	}
	return fwrite(answer, 1, (size_t)got, stdout) == (size_t)got ? 0 : 1;
}
