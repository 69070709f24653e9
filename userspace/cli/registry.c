// SPDX-License-Identifier: GPL-2.0-or-later
/* unc reg: the registry of a server, [MS-RRP]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "hex.h"
#include "log.h"
#include "registry.h"
#include "utf16.h"

#define KEY_READ	0x20019
#define NAME_BYTES	1024		/* 512 characters with the zero */
#define VALUE_BYTES	(64u << 10)	/* larger ones are asked for again */
#define VALUE_MAX	(16u << 20)
#define VALUE_TYPES	12

static const struct {
	const char *name, *longer, *method;
} roots[] = {
	{ "HKLM", "HKEY_LOCAL_MACHINE", "OpenLocalMachine" },
	{ "HKU", "HKEY_USERS", "OpenUsers" },
	{ "HKCR", "HKEY_CLASSES_ROOT", "OpenClassesRoot" },
	{ "HKCU", "HKEY_CURRENT_USER", "OpenCurrentUser" },
	{ "HKCC", "HKEY_CURRENT_CONFIG", "OpenCurrentConfig" },
	{ "HKPD", "HKEY_PERFORMANCE_DATA", "OpenPerformanceData" },
};

#define ROOTS	(sizeof(roots) / sizeof(roots[0]))

/* ---- Texts, which have their zero counted here -------------------------- */

static json_t *counted(const char *text)
{
	size_t len = strlen(text);
	uint8_t *units = malloc(2 * len + 2);
	json_t *list = json_array();
	int bytes = -1;

	if (units)
		bytes = wire_utf16_from_utf8(units, (uint32_t)(2 * len + 2), text,
					     (uint32_t)len, WIRE_UTF_STRICT);
	for (int i = 0; i < bytes; i += 2)
		json_array_append_new(list, json_integer(units[i] |
							 units[i + 1] << 8));
	json_array_append_new(list, json_integer(0));
	free(units);
	if (bytes >= 0)
		return json_pack("{s:o}", "Buffer", list);
	json_decref(list);
	return NULL;
}

/* Room for a name that the server fills in. */
static json_t *room(void)
{
	return json_pack("{s:i, s:i, s:[]}", "Length", 0, "MaximumLength",
			 NAME_BYTES, "Buffer");
}

/* ---- Values ------------------------------------------------------------- */

/* [MS-RRP] 3.1.1.5 */
static const char *const types[VALUE_TYPES] = {
	"REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD",
	"REG_DWORD_BIG_ENDIAN", "REG_LINK", "REG_MULTI_SZ",
	"REG_RESOURCE_LIST", "REG_FULL_RESOURCE_DESCRIPTOR",
	"REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD",
};

static json_t *type_name(const json_t *value)
{
	json_int_t type = json_integer_value(value);

	if (type < 0 || type >= VALUE_TYPES)
		return json_integer(type);
	return json_string(types[type]);
}

static uint64_t number(const uint8_t *bytes, size_t len, bool big)
{
	uint64_t v = 0;

	for (size_t i = 0; i < len; i++)
		v |= (uint64_t)bytes[big ? len - 1 - i : i] << (8 * i);
	return v;
}

/* Texts end where they say so or where the value ends; lists become lines. */
static json_t *text(const uint8_t *bytes, size_t len, bool list)
{
	char *made = calloc(1, 3 * len / 2 + 1);
	json_t *json = NULL;
	int used = -1;

	len &= ~(size_t)1;
	while (len && !bytes[len - 1] && !bytes[len - 2])
		len -= 2;
	if (made)
		used = wire_utf16_to_utf8(made, (uint32_t)(3 * len / 2), bytes,
					  (uint32_t)len, WIRE_UTF_STRICT);
	for (int i = 0; i < used; i++)
		if (!made[i])
			made[list ? i : (used = i)] = list ? '\n' : '\0';
	if (used >= 0)
		json = json_stringn(made, (size_t)used);
	free(made);
	return json;
}

/* NULL: it is not what its type says; then it is shown as bytes. */
static json_t *typed(json_int_t type, const uint8_t *bytes, size_t len)
{
	switch (type) {
	case 1: case 2: case 6:
		return text(bytes, len, false);
	case 7:
		return text(bytes, len, true);
	case 4: case 5:
		return len == 4 ? json_integer((json_int_t)number(bytes, 4,
								  type == 5)) :
				  NULL;
	case 11:
		return len == 8 ? json_sprintf("%llu", (unsigned long long)
					       number(bytes, 8, false)) : NULL;
	}
	return NULL;
}

static json_t *data(const json_t *result)
{
	const json_t *hex = json_object_get(result, "lpData");
	size_t cap = json_string_length(hex) / 2;
	uint8_t *bytes = malloc(cap + 1);
	json_t *made = NULL;
	ssize_t len = 0;

	if (bytes && cap)
		len = hex_decode(json_string_value(hex), bytes, cap);
	if (bytes && len >= 0)
		made = typed(json_integer_value(json_object_get(result,
								"lpType")),
			     bytes, (size_t)len);
	free(bytes);
	return made ? made : json_string(cap ? json_string_value(hex) : "");
}

static void add_value(struct rpc_cmd *cmd, const json_t *result, json_t *name)
{
	json_array_append_new(cmd->rows,
		json_pack("{s:o, s:o, s:o}", "name", name, "type",
			  type_name(json_object_get(result, "lpType")), "data",
			  data(result)));
}

/* Ask with room for @size bytes of data. */
static bool ask(struct rpc_cmd *cmd, const char *method, json_t *args,
		uint32_t size, json_t **result)
{
	json_object_update_new(args,
		json_pack("{s:i, s:s, s:I, s:i}", "lpType", 0, "lpData", "",
			  "lpcbData", (json_int_t)size, "lpcbLen", 0));
	return rpc_cmd_try(cmd, method, json_incref(args), result);
}

/* False: not there any more (code), or logged. */
static bool ask_value(struct rpc_cmd *cmd, const char *method, json_t *args,
		      json_t **result)
{
	bool good = args && ask(cmd, method, args, VALUE_BYTES, result);
	json_int_t size;

	if (good && rpc_cmd_code(*result) == ERROR_MORE_DATA) {
		size = json_integer_value(json_object_get(*result, "lpcbData"));
		good = size <= VALUE_MAX &&
		       ask(cmd, method, args, (uint32_t)size, result);
		if (!good)
			log_error("%s: a value is too large", cmd->server);
	}
	json_decref(args);
	return good;
}

static bool one_value(struct rpc_cmd *cmd, json_t *key, const char *name)
{
	json_t *result, *wanted = counted(name);

	if (!wanted ||
	    !ask_value(cmd, "BaseRegQueryValue",
		       json_pack("{s:O, s:o}", "hKey", key, "lpValueName",
				 wanted), &result) ||
	    !rpc_cmd_good(cmd, "BaseRegQueryValue", result))
		return false;
	add_value(cmd, result, json_string(name));
	return true;
}

static bool all_values(struct rpc_cmd *cmd, json_t *key)
{
	static const char method[] = "BaseRegEnumValue";
	json_t *result;

	for (int i = 0; ; i++) {
		if (!ask_value(cmd, method,
			       json_pack("{s:O, s:i, s:o}", "hKey", key,
					 "dwIndex", i, "lpValueNameIn", room()),
			       &result))
			return false;
		if (rpc_cmd_code(result) == ERROR_NO_MORE_ITEMS)
			return true;
		if (!rpc_cmd_good(cmd, method, result))
			return false;
		add_value(cmd, result, json_text(json_object_get(result,
						 "lpValueNameOut")));
	}
}

/* ---- Keys --------------------------------------------------------------- */

static void add_key(struct rpc_cmd *cmd, json_t *name)
{
	json_array_append_new(cmd->rows, json_pack("{s:o, s:s, s:s}", "name",
						   name, "type", "key", "data",
						   ""));
}

static bool all_keys(struct rpc_cmd *cmd, json_t *key,
		     void (*each)(struct rpc_cmd *cmd, json_t *name))
{
	static const char method[] = "BaseRegEnumKey";
	json_t *result;

	for (int i = 0; ; i++) {
		if (!rpc_cmd_try(cmd, method,
				 json_pack("{s:O, s:i, s:o, s:o}", "hKey", key,
					   "dwIndex", i, "lpNameIn", room(),
					   "lpClassIn", room()), &result))
			return false;
		if (rpc_cmd_code(result) == ERROR_NO_MORE_ITEMS)
			return true;
		if (!rpc_cmd_good(cmd, method, result))
			return false;
		each(cmd, json_text(json_object_get(result, "lpNameOut")));
	}
}

static const char *method_of(const char *path, size_t len)
{
	for (size_t i = 0; i < ROOTS; i++)
		if ((strlen(roots[i].name) == len &&
		     strncasecmp(roots[i].name, path, len) == 0) ||
		    (strlen(roots[i].longer) == len &&
		     strncasecmp(roots[i].longer, path, len) == 0))
			return roots[i].method;
	return NULL;
}

static json_t *open_root(struct rpc_cmd *cmd, const char *path, size_t len)
{
	const char *method = method_of(path, len);

	if (!method) {
		log_error("\"%.*s\" is no root of a registry (HKLM, HKU, HKCR, HKCU, HKCC, HKPD)",
			  (int)len, path);
		return NULL;
	}
	return json_object_get(rpc_cmd_call(cmd, method,
			       json_pack("{s:i}", "samDesired", KEY_READ)),
			       "phKey");
}

/* ROOT\PATH; also with the slashes that a shell leaves alone. */
static json_t *open_key(struct rpc_cmd *cmd, char *path)
{
	size_t len = strcspn(path, "\\/");
	json_t *key = open_root(cmd, path, len), *below;

	for (char *p = path; *p; p++)
		if (*p == '/')
			*p = '\\';
	path += len + (path[len] == '\\');
	if (!key || !*path)
		return key;
	below = counted(path);
	if (!below) {
		log_error("\"%s\" is no UTF-8", path);
		return NULL;
	}
	return json_object_get(rpc_cmd_call(cmd, "BaseRegOpenKey",
		json_pack("{s:O, s:o, s:i, s:i}", "hKey", key, "lpSubKey",
			  below, "dwOptions", 0, "samDesired", KEY_READ)),
		"phkResult");
}

bool reg_keys(struct rpc_cmd *cmd, char *path,
	      void (*each)(struct rpc_cmd *cmd, json_t *name))
{
	json_t *key = open_key(cmd, path);

	return key && all_keys(cmd, key, each);
}

static bool run(struct rpc_cmd *cmd)
{
	json_t *key = open_key(cmd, cmd->operands[0]);

	if (!key)
		return false;
	if (cmd->operands[1])
		return one_value(cmd, key, cmd->operands[1]);
	return all_keys(cmd, key, add_key) && all_values(cmd, key);
}

int reg_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc reg [OPTION]... //HOST KEY [VALUE]\n"
			"Lists the keys and values in a key of a server's registry, or shows one VALUE:\n"
			"name, type, data.  KEY is HKLM\\PATH; HKU, HKCR, HKCU, HKCC and HKPD, their long\n"
			"names, and / instead of \\ will do, too.\n\n",
		.interface = "winreg", .least = 1, .most = 2, .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
