/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of WS-Discovery (the version of April 2005 that Windows speaks,
 * [MS-WSDS] 1.4) and of the metadata behind it ([MS-PBSD] 2.2).  Pure codecs, for
 * bytes that anybody may have sent.
 */
#ifndef UNC_NAMES_WSD_H
#define UNC_NAMES_WSD_H

#include <stdbool.h>
#include <stddef.h>

#define WSD_PORT		3702
#define WSD_ID_ROOM		48	/* "urn:uuid:" and 36 digits */
#define WSD_MESSAGE_ROOM	2048
#define WSD_ADDRESS_ROOM	256
#define WSD_MATCHES_MAX		8
#define WSD_NAME_ROOM		64

/**
 * struct wsd_match - a device that answers
 * @endpoint: its name for good, an URN
 * @xaddrs: where its metadata is, URLs with blanks between; "": ask by a Resolve
 */
struct wsd_match {
	char endpoint[WSD_ADDRESS_ROOM];
	char xaddrs[2 * WSD_ADDRESS_ROOM];
};

/**
 * struct wsd_computer - what pub:Computer says
 * @name: of the machine
 * @group: its workgroup or domain
 */
struct wsd_computer {
	char name[WSD_NAME_ROOM];
	char group[WSD_NAME_ROOM];
};

/** wsd_probe_format - who is there?  Return: length, or -EMSGSIZE. */
int wsd_probe_format(char text[WSD_MESSAGE_ROOM], const char *id);

/** wsd_resolve_format - where is @endpoint?  Return: length, or -EMSGSIZE. */
int wsd_resolve_format(char text[WSD_MESSAGE_ROOM], const char *id,
		       const char *endpoint);

/** wsd_get_format - what is @endpoint?  Return: length, or -EMSGSIZE. */
int wsd_get_format(char text[WSD_MESSAGE_ROOM], const char *id,
		   const char *endpoint);

/**
 * wsd_matches_parse - an answer to a Probe or a Resolve
 * @id: of the question
 * @matches: filled in
 *
 * Return: how many, or -EBADMSG for what is no answer to @id.
 */
int wsd_matches_parse(const void *text, size_t len, const char *id,
		      struct wsd_match matches[WSD_MATCHES_MAX]);

/** wsd_computer_parse - the metadata; false if it is no computer's */
bool wsd_computer_parse(const void *text, size_t len,
			struct wsd_computer *computer);

#endif
