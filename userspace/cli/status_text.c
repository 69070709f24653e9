// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "status.h"

/*
 * files.lab.test (10.0.0.1)  SMB 3.1.1, AES-128-GCM ...
 *   session LAB\alice by ntlmssp, signed
 *     //files.lab.test/share, 3 open files
 */
static void print_tree(const struct object *tree)
{
	printf("    %s: %s, %u open file%s\n", tree->share, tree->state,
	       tree->opens, tree->opens == 1 ? "" : "s");
}

static void print_session(const struct object *session)
{
	printf("  session %s%s%s by %s: %s%s%s%s\n", session->domain,
	       *session->domain ? "\\" : "",
	       *session->user ? session->user : "anonymous",
	       *session->mech ? session->mech : "nothing yet", session->state,
	       session->flags & UNC_SESSION_SIGN ? ", signed" : "",
	       session->flags & UNC_SESSION_SEAL ? ", encrypted" : "",
	       session->flags & UNC_SESSION_GUEST ? ", taken for a guest" : "");
}

static void print_connection(const struct object *conn)
{
	printf("%s (%s): %s, SMB %s, signing %s, ", conn->host,
	       *conn->addresses ? conn->addresses : "no address", conn->state,
	       object_dialect(conn), object_signing(conn));
	printf("cipher %s, %u request%s in flight, %u credit%s\n",
	       object_cipher(conn), conn->requests,
	       conn->requests == 1 ? "" : "s", conn->credits,
	       conn->credits == 1 ? "" : "s");
}

static void print_sessions(const struct object *list, uint64_t connection)
{
	const struct object *session = list, *tree;

	while ((session = object_child(session, UNC_OBJ_SESSION, connection))) {
		print_session(session);
		tree = list;
		while ((tree = object_child(tree, UNC_OBJ_TREE, session->id))) {
			print_tree(tree);
			tree = tree->next;
		}
		session = session->next;
	}
}

void status_print_text(const struct object *list)
{
	bool any = false;

	for (const struct object *o = list; o; o = o->next) {
		if (o->kind != UNC_OBJ_CONNECTION)
			continue;
		any = true;
		print_connection(o);
		print_sessions(list, o->id);
	}
	if (!any)
		puts("no server is connected");
}
