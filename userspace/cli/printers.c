// SPDX-License-Identifier: GPL-2.0-or-later
/* unc printers, unc print: printers, their jobs, printing a file, [MS-RPRN]. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "log.h"
#include "rpccmd.h"

#define PRINTER_ENUM_LOCAL	0x02		/* 3.1.4.2.1 */
#define PRINTER_ACCESS_USE	0x08		/* 2.2.3.1 */
#define ALL_JOBS		0xffff
#define PART			(32u << 10)	/* of a file, in one call */

/* ---- Lists -------------------------------------------------------------- */

/* _PRINTER_INFO_2, 2.2.2.9.3 */
static const struct info_field printer_fields[] = {
	{ "pServerName", INFO_SKIP },
	{ "pPrinterName", INFO_TEXT },
	{ "pShareName", INFO_TEXT },
	{ "pPortName", INFO_TEXT },
	{ "pDriverName", INFO_TEXT },
	{ "pComment", INFO_TEXT },
	{ "pLocation", INFO_TEXT },
	{ "pDevMode", INFO_SKIP },
	{ "pSepFile", INFO_SKIP },
	{ "pPrintProcessor", INFO_SKIP },
	{ "pDatatype", INFO_SKIP },
	{ "pParameters", INFO_SKIP },
	{ "pSecurityDescriptor", INFO_SKIP },
	{ "Attributes", INFO_SKIP },
	{ "Priority", INFO_SKIP },
	{ "DefaultPriority", INFO_SKIP },
	{ "StartTime", INFO_SKIP },
	{ "UntilTime", INFO_SKIP },
	{ "Status", INFO_U32 },
	{ "cJobs", INFO_U32 },
	{ "AveragePPM", INFO_SKIP },
	{ NULL, 0 }
};

static const struct column printer_columns[] = {
	{ "name",	"pPrinterName",	NULL },
	{ "share",	"pShareName",	NULL },
	{ "jobs",	"cJobs",	NULL },
	{ "driver",	"pDriverName",	NULL },
	{ "port",	"pPortName",	NULL },
	{ "comment",	"pComment",	NULL },
	{ "location",	"pLocation",	NULL },
	{ NULL,		NULL,		NULL }
};

/* _JOB_INFO_1, 2.2.2.5.1 */
static const struct info_field job_fields[] = {
	{ "JobId", INFO_U32 },
	{ "pPrinterName", INFO_SKIP },
	{ "pMachineName", INFO_SKIP },
	{ "pUserName", INFO_TEXT },
	{ "pDocument", INFO_TEXT },
	{ "pDatatype", INFO_SKIP },
	{ "pStatus", INFO_SKIP },
	{ "Status", INFO_U32 },
	{ "Priority", INFO_SKIP },
	{ "Position", INFO_SKIP },
	{ "TotalPages", INFO_U32 },
	{ "PagesPrinted", INFO_SKIP },
	{ "Submitted", INFO_TIME },
	{ NULL, 0 }
};

/* 2.2.3.12, those that say most first */
static json_t *job_status(const json_t *value)
{
	static const struct {
		unsigned int bit;
		const char *name;
	} names[] = {
		{ 0x002, "error" }, { 0x004, "deleting" }, { 0x001, "paused" },
		{ 0x010, "printing" }, { 0x008, "spooling" },
		{ 0x080, "printed" }, { 0, NULL }
	};
	json_int_t bits = json_integer_value(value);

	for (int i = 0; names[i].bit; i++)
		if (bits & names[i].bit)
			return json_string(names[i].name);
	return json_string("waiting");
}

static const struct column job_columns[] = {
	{ "job",	"JobId",	NULL },
	{ "user",	"pUserName",	NULL },
	{ "status",	"Status",	job_status },
	{ "pages",	"TotalPages",	NULL },
	{ "submitted",	"Submitted",	NULL },
	{ "document",	"pDocument",	NULL },
	{ NULL,		NULL,		NULL }
};

static bool add(struct rpc_cmd *cmd, const struct rpc_buffer *buffer,
		json_t *args, const struct column *columns)
{
	json_t *found = rpc_cmd_buffer(cmd, buffer, args);

	if (found)
		rows_add(cmd->rows, found, columns);
	json_decref(found);
	return found;
}

static bool printers(struct rpc_cmd *cmd)
{
	static const struct rpc_buffer buffer = {
		"RpcEnumPrinters", "cbBuf", "pcbNeeded", "pcReturned",
		"pPrinterEnum", true, printer_fields
	};

	return add(cmd, &buffer, json_pack("{s:i, s:i}", "Flags",
					   PRINTER_ENUM_LOCAL, "Level", 2),
		   printer_columns);
}

static bool jobs(struct rpc_cmd *cmd, json_t *printer)
{
	static const struct rpc_buffer buffer = {
		"RpcEnumJobs", "cbBuf", "pcbNeeded", "pcReturned", "pJob", true,
		job_fields
	};

	return add(cmd, &buffer,
		   json_pack("{s:O, s:i, s:i, s:i}", "hPrinter", printer,
			     "FirstJob", 0, "NoJobs", ALL_JOBS, "Level", 1),
		   job_columns);
}

/* ---- A printer ---------------------------------------------------------- */

/* "\\HOST\PRINTER" ([MS-RPRN] 2.2.4.14); NULL: the user says all of it */
static json_t *full_name(struct rpc_cmd *cmd, const char *printer)
{
	return printer[0] == '\\' ? NULL :
	       json_sprintf("\\\\%s\\%s", uncrpc_host(cmd->rpc), printer);
}

static bool try_printer(struct rpc_cmd *cmd, json_t *name, json_t **result)
{
	json_t *client = json_pack("{s:i, s:{s:{s:i, s:s, s:s}}}", "Level", 1,
				   "ClientInfo", "pClientInfo1", "dwSize", 28,
				   "pMachineName", "", "pUserName", "");

	return rpc_cmd_try(cmd, "RpcOpenPrinterEx",
		json_pack("{s:o, s:{}, s:i, s:o}", "pPrinterName", name,
			  "pDevModeContainer", "AccessRequired",
			  PRINTER_ACCESS_USE, "pClientInfo", client), result);
}

/* A server need not know itself by the name that the user has for it. */
static json_t *open_printer(struct rpc_cmd *cmd, const char *printer)
{
	json_t *name = full_name(cmd, printer), *result = NULL;
	bool good = !name || try_printer(cmd, name, &result);

	if (good && (!name ||
		     rpc_cmd_code(result) == ERROR_INVALID_PRINTER_NAME))
		good = try_printer(cmd, json_string(printer), &result);
	if (!good || !rpc_cmd_good(cmd, "RpcOpenPrinterEx", result))
		return NULL;
	return json_object_get(result, "pHandle");
}

/* ---- Printing ----------------------------------------------------------- */

static char *hex_of(const uint8_t *bytes, size_t n)
{
	char *text = malloc(2 * n + 1);

	for (size_t i = 0; text && i < n; i++)
		sprintf(text + 2 * i, "%02x", bytes[i]);
	return text;
}

static bool send_part(struct rpc_cmd *cmd, json_t *printer,
		      const uint8_t *bytes, size_t n)
{
	char *text = hex_of(bytes, n);
	json_t *result = text ? rpc_cmd_call(cmd, "RpcWritePrinter",
		json_pack("{s:O, s:s}", "hPrinter", printer, "pBuf", text)) :
		NULL;
	json_int_t sent = json_integer_value(json_object_get(result,
							     "pcWritten"));

	free(text);
	if (result && (size_t)sent != n)
		log_error("%s: %lld of %zu bytes were taken", cmd->server,
			  (long long)sent, n);
	return result && (size_t)sent == n;
}

static bool send_file(struct rpc_cmd *cmd, json_t *printer, FILE *file)
{
	static uint8_t part[PART];
	bool good = true;
	size_t n;

	while (good) {
		n = fread(part, 1, sizeof(part), file);
		if (!n)
			break;
		good = send_part(cmd, printer, part, n);
		/* Results are kept; those of many parts would add up. */
		if (good)
			json_array_remove(cmd->results,
					  json_array_size(cmd->results) - 1);
	}
	if (ferror(file))
		log_error("cannot read: %s", strerror(errno));
	return good && !ferror(file);
}

static bool simple(struct rpc_cmd *cmd, const char *method, json_t *printer)
{
	return rpc_cmd_call(cmd, method, json_pack("{s:O}", "hPrinter",
						   printer));
}

/* A document that could not be sent as a whole is not printed. */
static bool print_pages(struct rpc_cmd *cmd, json_t *printer, FILE *file)
{
	bool good = simple(cmd, "RpcStartPagePrinter", printer) &&
		    send_file(cmd, printer, file) &&
		    simple(cmd, "RpcEndPagePrinter", printer);

	if (good)
		return simple(cmd, "RpcEndDocPrinter", printer);
	simple(cmd, "RpcAbortPrinter", printer);
	return false;
}

static bool print_file(struct rpc_cmd *cmd, json_t *printer, const char *name)
{
	bool standard = strcmp(name, "-") == 0;
	FILE *file = standard ? stdin : fopen(name, "r");
	const char *slash = strrchr(name, '/');
	json_t *started, *job;
	bool good;

	if (!file) {
		log_error("%s: %s", name, strerror(errno));
		return false;
	}
	started = rpc_cmd_call(cmd, "RpcStartDocPrinter",
		json_pack("{s:O, s:{s:i, s:{s:{s:s, s:s}}}}", "hPrinter",
			  printer, "pDocInfoContainer", "Level", 1, "DocInfo",
			  "pDocInfo1", "pDocName", standard ? "standard input" :
			  slash ? slash + 1 : name, "pDatatype", "RAW"));
	job = json_object_get(started, "pJobId");
	good = started && print_pages(cmd, printer, file);
	if (!standard)
		fclose(file);
	if (!good)
		return false;
	json_decref(cmd->rows);
	cmd->rows = json_pack("{s:O}", "job", job);
	return true;
}

static bool run(struct rpc_cmd *cmd)
{
	const char *name = cmd->operands[0];
	json_t *printer;

	if (!name)
		return printers(cmd);
	printer = open_printer(cmd, name);
	if (!printer)
		return false;
	if (cmd->operands[1])
		return print_file(cmd, printer, cmd->operands[1]);
	return jobs(cmd, printer);
}

int printers_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc printers [OPTION]... //HOST [PRINTER [FILE]]\n"
			"Lists the printers of a server, or the jobs of PRINTER; with FILE (- is standard\n"
			"input) prints it as it is, and tells the number of the job.\n\n",
		.interface = "winspool", .most = 2, .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}

static bool run_print(struct rpc_cmd *cmd)
{
	json_t *printer = open_printer(cmd, cmd->operands[0]);

	return printer && print_file(cmd, printer, cmd->operands[1] ?
				     cmd->operands[1] : "-");
}

int print_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc print [OPTION]... //HOST PRINTER [FILE]\n"
			"Prints FILE, or standard input, as it is on a printer of a server, and tells the\n"
			"number of the job.\n\n",
		.interface = "winspool", .least = 1, .most = 2, .run = run_print,
	};

	return rpc_command_main(&command, argc, argv);
}
