// SPDX-License-Identifier: GPL-2.0-or-later
#include "winerror.h"

#include <stddef.h>

#include "ntstatus.h"

/* Those that the commands here meet; what is missing is shown as a number. */
static const struct {
	uint32_t code;
	const char *name;
} win32[] = {
	{ 2, "ERROR_FILE_NOT_FOUND" },
	{ 3, "ERROR_PATH_NOT_FOUND" },
	{ 5, "ERROR_ACCESS_DENIED" },
	{ 6, "ERROR_INVALID_HANDLE" },
	{ 8, "ERROR_NOT_ENOUGH_MEMORY" },
	{ 50, "ERROR_NOT_SUPPORTED" },
	{ 53, "ERROR_BAD_NETPATH" },
	{ 67, "ERROR_BAD_NET_NAME" },
	{ 80, "ERROR_FILE_EXISTS" },
	{ 87, "ERROR_INVALID_PARAMETER" },
	{ 110, "ERROR_OPEN_FAILED" },
	{ 122, "ERROR_INSUFFICIENT_BUFFER" },
	{ 123, "ERROR_INVALID_NAME" },
	{ 124, "ERROR_INVALID_LEVEL" },
	{ 234, "ERROR_MORE_DATA" },
	{ 259, "ERROR_NO_MORE_ITEMS" },
	{ 1051, "ERROR_DEPENDENT_SERVICES_RUNNING" },
	{ 1052, "ERROR_INVALID_SERVICE_CONTROL" },
	{ 1053, "ERROR_SERVICE_REQUEST_TIMEOUT" },
	{ 1056, "ERROR_SERVICE_ALREADY_RUNNING" },
	{ 1058, "ERROR_SERVICE_DISABLED" },
	{ 1060, "ERROR_SERVICE_DOES_NOT_EXIST" },
	{ 1062, "ERROR_SERVICE_NOT_ACTIVE" },
	{ 1355, "ERROR_NO_SUCH_DOMAIN" },
	{ 1722, "RPC_S_SERVER_UNAVAILABLE" },
	{ 1801, "ERROR_INVALID_PRINTER_NAME" },
	{ 1802, "ERROR_PRINTER_ALREADY_EXISTS" },
	{ 1804, "ERROR_INVALID_DATATYPE" },
	{ 2221, "NERR_UserNotFound" },
	{ 2310, "NERR_NetNameNotFound" },
	{ 2312, "NERR_ClientNameNotFound" },
	{ 3003, "ERROR_SPL_NO_STARTDOC" },
	{ 3012, "ERROR_NO_BROWSER_SERVERS_FOUND" },
};

const char *win_error_name(uint32_t code)
{
	if (code >> 28 >= 8)
		return wire_ntstatus_name(code);
	for (size_t i = 0; i < sizeof(win32) / sizeof(win32[0]); i++)
		if (win32[i].code == code)
			return win32[i].name;
	return NULL;
}
