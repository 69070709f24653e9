/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Good vectors of the codecs. Written by tests/data/to_c.py from the .hex
 * files beside it, which tell where each comes from.
 */
#ifndef UNCFS_TESTS_VECTORS_H
#define UNCFS_TESTS_VECTORS_H

#include "../wire/wire_os.h"

extern const u8 vec_cancel_req[68];
extern const u8 vec_close_req[88];
extern const u8 vec_close_rsp[124];
extern const u8 vec_compound_req[344];
extern const u8 vec_compound_rsp[512];
extern const u8 vec_create_req[144];
extern const u8 vec_create_req_cifs[272];
extern const u8 vec_create_req_lease[404];
extern const u8 vec_create_req_reconnect[412];
extern const u8 vec_create_rsp[152];
extern const u8 vec_create_rsp_lease[260];
extern const u8 vec_create_rsp_lease1[208];
extern const u8 vec_create_rsp_mxac[184];
extern const u8 vec_create_rsp_qfid[208];
extern const u8 vec_echo_req[68];
extern const u8 vec_echo_rsp[68];
extern const u8 vec_error_rsp[73];
extern const u8 vec_error_rsp_pending[73];
extern const u8 vec_error_rsp_symlink[128];
extern const u8 vec_error_rsp_symlink_311[136];
extern const u8 vec_flush_req[88];
extern const u8 vec_flush_rsp[68];
extern const u8 vec_fscc_all[126];
extern const u8 vec_fscc_allocation[8];
extern const u8 vec_fscc_attribute_tag[8];
extern const u8 vec_fscc_basic[40];
extern const u8 vec_fscc_dirents_37[344];
extern const u8 vec_fscc_dirents_38[434];
extern const u8 vec_fscc_disposition[1];
extern const u8 vec_fscc_end_of_file[8];
extern const u8 vec_fscc_fs_attribute[20];
extern const u8 vec_fscc_fs_full_size[32];
extern const u8 vec_fscc_fs_volume[28];
extern const u8 vec_fscc_internal[8];
extern const u8 vec_fscc_link[46];
extern const u8 vec_fscc_lx_symlink[19];
extern const u8 vec_fscc_network_open[56];
extern const u8 vec_fscc_nfs_chr[24];
extern const u8 vec_fscc_nfs_fifo[16];
extern const u8 vec_fscc_nfs_lnk[28];
extern const u8 vec_fscc_notify[112];
extern const u8 vec_fscc_pipe[8];
extern const u8 vec_fscc_pipe_local[40];
extern const u8 vec_fscc_rename[42];
extern const u8 vec_fscc_standard[24];
extern const u8 vec_fscc_symlink[84];
extern const u8 vec_ioctl_req[236];
extern const u8 vec_ioctl_rsp[204];
extern const u8 vec_lease_ack[100];
extern const u8 vec_lease_ack_rsp[100];
extern const u8 vec_lease_break[108];
extern const u8 vec_lock_req[136];
extern const u8 vec_lock_req_2[112];
extern const u8 vec_lock_rsp[68];
extern const u8 vec_logoff_req[68];
extern const u8 vec_logoff_rsp[68];
extern const u8 vec_mfsymlink[1067];
extern const u8 vec_name_map[45];
extern const u8 vec_name_map_sfu[17];
extern const u8 vec_negotiate_req[256];
extern const u8 vec_negotiate_req_30[106];
extern const u8 vec_negotiate_req_cifs[240];
extern const u8 vec_negotiate_rsp[284];
extern const u8 vec_negotiate_rsp_21[202];
extern const u8 vec_notify_req[96];
extern const u8 vec_notify_rsp[184];
extern const u8 vec_oplock_ack[88];
extern const u8 vec_oplock_ack_rsp[88];
extern const u8 vec_oplock_break[88];
extern const u8 vec_pipe_peek_rsp[29];
extern const u8 vec_pipe_wait_req[26];
extern const u8 vec_query_dir_req[98];
extern const u8 vec_query_dir_rsp[416];
extern const u8 vec_query_info_req[105];
extern const u8 vec_query_info_rsp[198];
extern const u8 vec_read_req[113];
extern const u8 vec_read_rsp[180];
extern const u8 vec_session_setup_req[162];
extern const u8 vec_session_setup_req_2[488];
extern const u8 vec_session_setup_rsp[219];
extern const u8 vec_session_setup_rsp_2[101];
extern const u8 vec_set_info_req[138];
extern const u8 vec_set_info_rsp[66];
extern const u8 vec_transform[187];
extern const u8 vec_tree_connect_req[106];
extern const u8 vec_tree_connect_rsp[80];
extern const u8 vec_tree_connect_rsp_disk[80];
extern const u8 vec_tree_disconnect_req[68];
extern const u8 vec_tree_disconnect_rsp[68];
extern const u8 vec_utf16_name[18];
extern const u8 vec_utf8_name[16];
extern const u8 vec_validate_negotiate_req[28];
extern const u8 vec_validate_negotiate_rsp[24];
extern const u8 vec_write_req[119];
extern const u8 vec_write_rsp[80];

#endif /* UNCFS_TESTS_VECTORS_H */
