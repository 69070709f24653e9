// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "status.h"

/* A server's name may be no UTF-8; then it is left out rather than all lost. */
static void set_text(json_t *object, const char *name, const char *text)
{
	json_t *value = json_string(text);

	json_object_set_new(object, name, value ? value : json_null());
}

static void set_number(json_t *object, const char *name, uint64_t value)
{
	json_object_set_new(object, name, json_integer((json_int_t)value));
}

static json_t *address_array(const struct object *conn)
{
	char copy[OBJECT_TEXT_MAX], *at = copy, *address;
	json_t *array = json_array();

	strcpy(copy, conn->addresses);
	while ((address = strsep(&at, " ")))
		if (*address)
			json_array_append_new(array, json_string(address));
	return array;
}

static json_t *tree_json(const struct object *tree)
{
	json_t *json = json_object();

	set_number(json, "id", tree->id);
	set_text(json, "share", tree->share);
	set_text(json, "state", tree->state);
	set_number(json, "open_files", tree->opens);
	return json;
}

static json_t *session_json(const struct object *list,
			    const struct object *session)
{
	const struct object *tree = list;
	json_t *json = json_object(), *trees = json_array();

	set_number(json, "id", session->id);
	set_text(json, "user", session->user);
	set_text(json, "domain", session->domain);
	set_text(json, "mechanism", session->mech);
	set_text(json, "state", session->state);
	json_object_set_new(json, "signed",
			    json_boolean(session->flags & UNC_SESSION_SIGN));
	json_object_set_new(json, "encrypted",
			    json_boolean(session->flags & UNC_SESSION_SEAL));
	json_object_set_new(json, "guest",
			    json_boolean(session->flags & UNC_SESSION_GUEST));
	while ((tree = object_child(tree, UNC_OBJ_TREE, session->id))) {
		json_array_append_new(trees, tree_json(tree));
		tree = tree->next;
	}
	json_object_set_new(json, "trees", trees);
	return json;
}

static json_t *connection_json(const struct object *list,
			       const struct object *conn)
{
	const struct object *session = list;
	json_t *json = json_object(), *sessions = json_array();

	set_number(json, "id", conn->id);
	set_text(json, "host", conn->host);
	json_object_set_new(json, "addresses", address_array(conn));
	set_text(json, "state", conn->state);
	set_text(json, "dialect", object_dialect(conn));
	set_text(json, "cipher", object_cipher(conn));
	set_text(json, "signing", object_signing(conn));
	set_number(json, "credits", conn->credits);
	set_number(json, "requests", conn->requests);
	while ((session = object_child(session, UNC_OBJ_SESSION, conn->id))) {
		json_array_append_new(sessions, session_json(list, session));
		session = session->next;
	}
	json_object_set_new(json, "sessions", sessions);
	return json;
}

bool status_print_json(const struct object *list)
{
	json_t *root = json_object(), *servers = json_array();
	bool good;

	for (const struct object *o = list; o; o = o->next)
		if (o->kind == UNC_OBJ_CONNECTION)
			json_array_append_new(servers,
					      connection_json(list, o));
	json_object_set_new(root, "servers", servers);
	good = json_dumpf(root, stdout, JSON_INDENT(2)) == 0 &&
	       putchar('\n') != EOF;
	json_decref(root);
	return good;
}
