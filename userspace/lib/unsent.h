/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A request that nobody waits for any more. After close() the kernel goes on
 * sending what the other side has not taken yet, for minutes: when a network is
 * there again, an account would be made that somebody else has made meanwhile.
 */
#ifndef UNC_UNSENT_H
#define UNC_UNSENT_H

/**
 * unsent_forget - before the close() of a TCP socket
 * @fd: what it holds that was not taken is thrown away, with the connection;
 *	without such it ends as always
 *
 * Return: bytes that were thrown away, 0, or a negative errno.
 */
int unsent_forget(int fd);

#endif
