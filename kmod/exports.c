// SPDX-License-Identifier: GPL-2.0-only
/*
 * What uncfs_smb1.ko may use: all that a dialect needs of those below it, and
 * nothing of those above.  In one place, so that one can see how much it is.
 */
#include "conn/dialect.h"
#include "conn/logon.h"
#include "transport/transport.h"
#include "wire/fscc.h"
#include "wire/fscc_ea.h"
#include "wire/ntstatus.h"
#include "wire/utf16.h"

#define FOR_DIALECTS(symbol)	EXPORT_SYMBOL_GPL(symbol)

FOR_DIALECTS(unc_dialect_register);
FOR_DIALECTS(unc_dialect_unregister);

FOR_DIALECTS(unc_req_new);
FOR_DIALECTS(unc_req_grow);
FOR_DIALECTS(unc_req_part_new);
FOR_DIALECTS(unc_req_get);
FOR_DIALECTS(unc_req_put);
FOR_DIALECTS(unc_req_send);
FOR_DIALECTS(unc_req_call);
FOR_DIALECTS(unc_req_end);
FOR_DIALECTS(unc_req_answered);
FOR_DIALECTS(unc_req_wq);
FOR_DIALECTS(unc_tx_register);
FOR_DIALECTS(unc_rx_find);
FOR_DIALECTS(unc_rx_put);
FOR_DIALECTS(unc_credit_take);
FOR_DIALECTS(unc_credit_give);
FOR_DIALECTS(unc_conn_lost);
FOR_DIALECTS(unc_transport_send);

FOR_DIALECTS(unc_keys_new);
FOR_DIALECTS(unc_logon_begin);
FOR_DIALECTS(unc_logon_run);
FOR_DIALECTS(unc_logon_end);
FOR_DIALECTS(unc_logon_done);
FOR_DIALECTS(unc_logon_refused);
FOR_DIALECTS(unc_logon_forged);
FOR_DIALECTS(unc_logon_guest);
FOR_DIALECTS(unc_tree_refused);
FOR_DIALECTS(unc_session_expired);
FOR_DIALECTS(unc_session_refused);
FOR_DIALECTS(unc_failure_set);
FOR_DIALECTS(unc_failure_at_least);

FOR_DIALECTS(wire_in_init);
FOR_DIALECTS(wire_in_fail);
FOR_DIALECTS(wire_in_u8);
FOR_DIALECTS(wire_in_u16);
FOR_DIALECTS(wire_in_u32);
FOR_DIALECTS(wire_in_u64);
FOR_DIALECTS(wire_in_bytes);
FOR_DIALECTS(wire_in_skip);
FOR_DIALECTS(wire_in_seek);
FOR_DIALECTS(wire_in_blob);
FOR_DIALECTS(wire_in_take);
FOR_DIALECTS(wire_in_sub);
FOR_DIALECTS(wire_fscc_ea_next);
FOR_DIALECTS(wire_fscc_ea_encode);
FOR_DIALECTS(wire_out_init);
FOR_DIALECTS(wire_out_u8);
FOR_DIALECTS(wire_out_u16);
FOR_DIALECTS(wire_out_u32);
FOR_DIALECTS(wire_out_u64);
FOR_DIALECTS(wire_out_bytes);
FOR_DIALECTS(wire_out_blob);
FOR_DIALECTS(wire_out_zero);
FOR_DIALECTS(wire_out_align);
FOR_DIALECTS(wire_out_patch_u16);
FOR_DIALECTS(wire_out_patch_u32);
FOR_DIALECTS(wire_ntstatus_errno);
FOR_DIALECTS(wire_time_from_ns);
FOR_DIALECTS(wire_utf16_from_utf8);
