// SPDX-License-Identifier: GPL-2.0-or-later
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

int rpc_fail(struct rpc_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	err->code = code;
	err->status = 0;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

/* [C706] appendix E; those without nca_ are Win32 codes, [MS-RPCE] 2.2.2.8. */
static const struct {
	uint32_t status;
	const char *name;
	const char *text;
} faults[] = {
	{ 0x00000005, "ERROR_ACCESS_DENIED", "access denied" },
	{ 0x00000057, "ERROR_INVALID_PARAMETER", "a parameter is invalid" },
	{ 0x000006a6, "RPC_S_INVALID_BINDING", "the binding is invalid" },
	{ 0x000006bb, "RPC_S_SERVER_TOO_BUSY", "the server is too busy" },
	{ 0x000006be, "RPC_S_CALL_FAILED", "the call failed" },
	{ 0x000006c6, "RPC_S_INVALID_BOUND", "the bounds of an array are invalid" },
	{ 0x000006d1, "RPC_S_PROCNUM_OUT_OF_RANGE", "the interface has no such method" },
	{ 0x000006e4, "RPC_S_CANNOT_SUPPORT", "the operation is not supported" },
	{ 0x000006f7, "RPC_X_BAD_STUB_DATA", "the server could not decode the arguments" },
	{ 0x00000721, "RPC_S_SEC_PKG_ERROR", "the security provider failed" },
	{ 0x1c000001, "nca_s_fault_int_div_by_zero", NULL },
	{ 0x1c000002, "nca_s_fault_addr_error", NULL },
	{ 0x1c000003, "nca_s_fault_fp_div_zero", NULL },
	{ 0x1c000004, "nca_s_fault_fp_underflow", NULL },
	{ 0x1c000005, "nca_s_fault_fp_overflow", NULL },
	{ 0x1c000006, "nca_s_fault_invalid_tag", "a union's discriminant is unknown" },
	{ 0x1c000007, "nca_s_fault_invalid_bound", "the bounds of an array are invalid" },
	{ 0x1c000008, "nca_s_rpc_version_mismatch", NULL },
	{ 0x1c000009, "nca_s_unspec_reject", NULL },
	{ 0x1c00000a, "nca_s_bad_actid", NULL },
	{ 0x1c00000b, "nca_s_who_are_you_failed", NULL },
	{ 0x1c00000c, "nca_s_manager_not_entered", NULL },
	{ 0x1c00000d, "nca_s_fault_cancel", "the call was cancelled" },
	{ 0x1c00000e, "nca_s_fault_ill_inst", NULL },
	{ 0x1c00000f, "nca_s_fault_fp_error", NULL },
	{ 0x1c000010, "nca_s_fault_int_overflow", NULL },
	{ 0x1c000012, "nca_s_fault_unspec", NULL },
	{ 0x1c000013, "nca_s_fault_remote_comm_failure", NULL },
	{ 0x1c000014, "nca_s_fault_pipe_empty", NULL },
	{ 0x1c000015, "nca_s_fault_pipe_closed", NULL },
	{ 0x1c000016, "nca_s_fault_pipe_order", NULL },
	{ 0x1c000017, "nca_s_fault_pipe_discipline", NULL },
	{ 0x1c000018, "nca_s_fault_pipe_comm_error", NULL },
	{ 0x1c000019, "nca_s_fault_pipe_memory", NULL },
	{ 0x1c00001a, "nca_s_fault_context_mismatch", "the handle is not one of this connection" },
	{ 0x1c00001b, "nca_s_fault_remote_no_memory", "the server is out of memory" },
	{ 0x1c00001c, "nca_s_invalid_pres_context_id", NULL },
	{ 0x1c00001d, "nca_s_unsupported_authn_level", "the authentication level is not supported" },
	{ 0x1c00001f, "nca_s_invalid_checksum", "the signature of the request is wrong" },
	{ 0x1c000020, "nca_s_invalid_crc", NULL },
	{ 0x1c000021, "nca_s_fault_user_defined", NULL },
	{ 0x1c000022, "nca_s_fault_tx_open_failed", NULL },
	{ 0x1c000023, "nca_s_fault_codeset_conv_error", NULL },
	{ 0x1c000024, "nca_s_fault_object_not_found", NULL },
	{ 0x1c000025, "nca_s_fault_no_client_stub", NULL },
	{ 0x1c010002, "nca_s_op_rng_error", "the interface has no such method" },
	{ 0x1c010003, "nca_s_unk_if", "the interface is not there" },
	{ 0x1c010006, "nca_s_wrong_boot_time", NULL },
	{ 0x1c010009, "nca_s_you_crashed", NULL },
	{ 0x1c01000b, "nca_s_proto_error", "the server calls it a protocol error" },
	{ 0x1c010013, "nca_s_out_args_too_big", "the results are too big" },
	{ 0x1c010014, "nca_s_server_too_busy", "the server is too busy" },
	{ 0x1c010017, "nca_s_unsupported_type", NULL },
};

#define FAULTS (sizeof(faults) / sizeof(faults[0]))

const char *rpc_fault_name(uint32_t status)
{
	for (size_t i = 0; i < FAULTS; i++)
		if (faults[i].status == status)
			return faults[i].name;
	return NULL;
}

int rpc_fail_fault(struct rpc_error *err, uint32_t status)
{
	const char *name = "not known", *text = NULL;

	for (size_t i = 0; i < FAULTS; i++)
		if (faults[i].status == status) {
			name = faults[i].name;
			text = faults[i].text;
		}
	rpc_fail(err, status == 5 ? -EACCES : -EREMOTEIO,
		 "the server answers with the fault 0x%08x (%s)%s%s", status,
		 name, text ? ": " : "", text ? text : "");
	err->status = status;
	return err->code;
}

const char *rpc_nak_name(uint16_t reason)
{
	static const char *const names[] = {
		"no reason given", "temporary congestion",
		"a local limit is exceeded", "the address is unknown",
		"the protocol version is not supported",
		"the default context is not supported",
		"the user data is not readable", "no presentation service",
		"the authentication type is not recognized",
		"the checksum is wrong",
	};

	return reason < sizeof(names) / sizeof(names[0]) ? names[reason] :
		"unknown reason";
}
