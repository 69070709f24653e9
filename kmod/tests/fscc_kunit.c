// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codecs of [MS-FSCC] read out of vectors. */
#include "../wire/fscc_reparse.h"
#include "../wire/mfsymlink.h"
#include "field.h"
#include "mirror_fscc.h"
#include "vectors.h"

static void file_information(struct kunit *test)
{
	struct wire_fscc_network_open open;
	struct wire_fscc_standard standard;
	struct wire_fscc_basic basic;
	u64 file_id;
	int err;

	err = wire_fscc_basic_decode(FIELD_BLOB(vec_fscc_basic), &basic);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x01dd79ac17523b27ULL, basic.creation_time);
	KUNIT_EXPECT_EQ(test, FSCC_ATTR_ARCHIVE, basic.attributes);
	err = wire_fscc_standard_decode(FIELD_BLOB(vec_fscc_standard),
					&standard);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 4096, standard.allocation_size);
	KUNIT_EXPECT_EQ(test, 0, standard.end_of_file);
	KUNIT_EXPECT_EQ(test, 1, standard.links);
	KUNIT_EXPECT_FALSE(test, standard.delete_pending);
	KUNIT_EXPECT_FALSE(test, standard.directory);
	err = wire_fscc_network_open_decode(FIELD_BLOB(vec_fscc_network_open),
					    &open);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 4096, open.allocation_size);
	KUNIT_EXPECT_EQ(test, 0, open.end_of_file);
	KUNIT_EXPECT_EQ(test, FSCC_ATTR_ARCHIVE, open.basic.attributes);
	err = wire_fscc_internal_decode(FIELD_BLOB(vec_fscc_internal),
					&file_id);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x1787c4, file_id);
}

static void all_information(struct kunit *test)
{
	struct wire_blob cut = { .ptr = vec_fscc_all, .len = 104 };
	struct wire_fscc_all all;
	int err;

	err = wire_fscc_all_decode(FIELD_BLOB(vec_fscc_all), &all);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x01dd79abb5a53850ULL, all.basic.creation_time);
	KUNIT_EXPECT_EQ(test, FSCC_ATTR_ARCHIVE, all.basic.attributes);
	KUNIT_EXPECT_EQ(test, 0x1a000, all.standard.allocation_size);
	KUNIT_EXPECT_EQ(test, 100000, all.standard.end_of_file);
	KUNIT_EXPECT_EQ(test, 1, all.standard.links);
	KUNIT_EXPECT_EQ(test, 0x1785c4, all.file_id);
	KUNIT_EXPECT_EQ(test, 0, all.ea_size);
	KUNIT_EXPECT_EQ(test, 0x80, all.access);
	FIELD_EXPECT_TEXT(test, &all.name, "\\dir\\file.txt");
	KUNIT_ASSERT_EQ(test, 0, wire_fscc_all_decode(&cut, &all));
	FIELD_EXPECT_TEXT(test, &all.name, "\\d");
}

static void fs_information(struct kunit *test)
{
	struct wire_fscc_fs_attribute attribute;
	struct wire_fscc_fs_full_size size;
	struct wire_fscc_fs_volume volume;
	int err;

	err = wire_fscc_fs_full_size_decode(FIELD_BLOB(vec_fscc_fs_full_size),
					    &size);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x0fbf8e74, size.total);
	KUNIT_EXPECT_EQ(test, 0x04841af0, size.caller_available);
	KUNIT_EXPECT_EQ(test, 0x04841af0, size.actual_available);
	KUNIT_EXPECT_EQ(test, 2, size.sectors_per_unit);
	KUNIT_EXPECT_EQ(test, 512, size.bytes_per_sector);
	err = wire_fscc_fs_volume_decode(FIELD_BLOB(vec_fscc_fs_volume),
					 &volume);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0xa3d53c3d, volume.serial);
	FIELD_EXPECT_TEXT(test, &volume.label, "share");
	err = wire_fscc_fs_attribute_decode(FIELD_BLOB(vec_fscc_fs_attribute),
					    &attribute);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x0005006f, attribute.attributes);
	KUNIT_EXPECT_EQ(test, 255, attribute.max_name);
	FIELD_EXPECT_TEXT(test, &attribute.fs_name, "NTFS");
}

static void dirents_both(struct kunit *test)
{
	struct wire_fscc_dirent ent;
	struct wire_in list;
	int i;
	int err;

	wire_in_init(&list, vec_fscc_dirents_37, sizeof(vec_fscc_dirents_37));
	for (i = 0; i < 3; i++) {
		err = wire_fscc_dirent_next(&list,
					    FSCC_FILE_ID_BOTH_DIRECTORY, &ent);
		KUNIT_ASSERT_EQ(test, 1, err);
		if (!i)
			FIELD_EXPECT_TEXT(test, &ent.name, ".");
		else if (i == 1)
			FIELD_EXPECT_TEXT(test, &ent.name, "..");
		KUNIT_EXPECT_EQ(test, i < 2 ? FSCC_ATTR_DIRECTORY :
				FSCC_ATTR_ARCHIVE, ent.basic.attributes);
	}
	FIELD_EXPECT_TEXT(test, &ent.name, "file.txt");
	KUNIT_EXPECT_EQ(test, 100000, ent.end_of_file);
	KUNIT_EXPECT_EQ(test, 0x1a000, ent.allocation_size);
	err = wire_fscc_dirent_next(&list, FSCC_FILE_ID_BOTH_DIRECTORY, &ent);
	KUNIT_EXPECT_EQ(test, 0, err);
}

static void dirents_full(struct kunit *test)
{
	struct wire_fscc_dirent ent;
	struct wire_in list;
	int n = 0;

	wire_in_init(&list, vec_fscc_dirents_38, sizeof(vec_fscc_dirents_38));
	while (wire_fscc_dirent_next(&list, FSCC_FILE_ID_FULL_DIRECTORY,
				     &ent) > 0) {
		KUNIT_EXPECT_EQ(test, 0, ent.short_name.len);
		if (n == 2) {
			FIELD_EXPECT_TEXT(test, &ent.name, "b");
			KUNIT_EXPECT_EQ(test, 3, ent.end_of_file);
			KUNIT_EXPECT_EQ(test, 0x532012, ent.file_id);
		}
		n++;
	}
	KUNIT_EXPECT_NULL(test, list.err);
	KUNIT_EXPECT_EQ(test, 5, n);
	wire_in_init(&list, vec_fscc_dirents_38, sizeof(vec_fscc_dirents_38));
	KUNIT_EXPECT_EQ(test, -EINVAL, wire_fscc_dirent_next(&list, 99, &ent));
}

static void notify(struct kunit *test)
{
	struct wire_fscc_notify ent;
	struct wire_in list;

	wire_in_init(&list, vec_fscc_notify, sizeof(vec_fscc_notify));
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_notify_next(&list, &ent));
	KUNIT_EXPECT_EQ(test, FSCC_ACTION_ADDED, ent.action);
	KUNIT_EXPECT_EQ(test, 98, ent.name.len);
	KUNIT_EXPECT_EQ(test, 0, wire_fscc_notify_next(&list, &ent));
}

static void settings(struct kunit *test)
{
	struct wire_fscc_rename rename;
	struct wire_fscc_pipe_local pipe;
	bool gone;
	u64 size;
	int err;

	err = mirror_fscc_rename_decode(FIELD_BLOB(vec_fscc_rename), &rename);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_FALSE(test, rename.replace);
	FIELD_EXPECT_TEXT(test, &rename.name, "dir\\new.txt");
	err = mirror_fscc_disposition_decode(FIELD_BLOB(vec_fscc_disposition),
					     &gone);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_TRUE(test, gone);
	err = mirror_fscc_allocation_decode(FIELD_BLOB(vec_fscc_allocation),
					    &size);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x123456789000ULL, size);
	err = wire_fscc_pipe_local_decode(FIELD_BLOB(vec_fscc_pipe_local),
					  &pipe);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, FSCC_PIPE_MESSAGE_MODE, pipe.type);
	KUNIT_EXPECT_EQ(test, 17, pipe.read_available);
	KUNIT_EXPECT_EQ(test, 8100, pipe.write_quota);
}

static void nodes(struct kunit *test)
{
	struct wire_fscc_nfs node;
	struct wire_blob target;
	int err;

	err = wire_fscc_nfs_decode(FIELD_BLOB(vec_fscc_nfs_lnk), &node);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, FSCC_NFS_LNK, node.type);
	KUNIT_ASSERT_EQ(test, 12, node.target.len);
	KUNIT_EXPECT_MEMEQ(test, ".\0.\0/\0\xfc\0/\0b\0", node.target.ptr, 12);
	err = wire_fscc_nfs_decode(FIELD_BLOB(vec_fscc_nfs_chr), &node);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, FSCC_NFS_CHR, node.type);
	KUNIT_EXPECT_EQ(test, 1, node.major);
	KUNIT_EXPECT_EQ(test, 3, node.minor);
	err = wire_fscc_nfs_decode(FIELD_BLOB(vec_fscc_nfs_fifo), &node);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, FSCC_NFS_FIFO, node.type);
	err = wire_fscc_nfs_decode(FIELD_BLOB(vec_fscc_symlink), &node);
	KUNIT_EXPECT_EQ(test, -EBADMSG, err);
	err = wire_fscc_lx_symlink_decode(FIELD_BLOB(vec_fscc_lx_symlink),
					  &target);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_ASSERT_EQ(test, 7, target.len);
	KUNIT_EXPECT_MEMEQ(test, "../\xc3\xbc/b", target.ptr, 7);
}

static void mfsymlinks(struct kunit *test)
{
	static u8 buf[WIRE_MFSYMLINK_SIZE];
	struct wire_mfsymlink link;
	struct wire_out o;
	int err;

	err = wire_mfsymlink_decode(FIELD_BLOB(vec_mfsymlink), &link);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_ASSERT_EQ(test, 16, link.target.len);
	KUNIT_EXPECT_MEMEQ(test, "../some where/\xc3\xbc", link.target.ptr, 16);
	wire_out_init(&o, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, 0, wire_mfsymlink_encode(&o, &link));
	KUNIT_EXPECT_MEMEQ(test, vec_mfsymlink, buf, sizeof(buf));
	link.target.len = WIRE_MFSYMLINK_TARGET_MAX + 1;
	KUNIT_EXPECT_EQ(test, -EMSGSIZE, wire_mfsymlink_encode(&o, &link));
	link.target.len = 0;
	KUNIT_EXPECT_EQ(test, -EINVAL, wire_mfsymlink_encode(&o, &link));
	memcpy(buf, vec_mfsymlink, sizeof(buf));
	buf[8] = '0';	/* a length of 10 */
	err = wire_mfsymlink_decode(FIELD_BLOB(buf), &link);
	KUNIT_EXPECT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 10, link.target.len);
	buf[5] = '9';
	err = wire_mfsymlink_decode(FIELD_BLOB(buf), &link);
	KUNIT_EXPECT_EQ(test, -EBADMSG, err);
}

static struct kunit_case fscc_cases[] = {
	KUNIT_CASE(file_information),
	KUNIT_CASE(all_information),
	KUNIT_CASE(fs_information),
	KUNIT_CASE(dirents_both),
	KUNIT_CASE(dirents_full),
	KUNIT_CASE(notify),
	KUNIT_CASE(settings),
	KUNIT_CASE(nodes),
	KUNIT_CASE(mfsymlinks),
	{}
};

static struct kunit_suite fscc_suite = {
	.name = "uncfs_wire_fscc",
	.test_cases = fscc_cases,
};

kunit_test_suite(fscc_suite);
