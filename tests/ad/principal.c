// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * principal REALM NAME PASSWORD: adds a principal to the database that
 * KRB5_KDC_PROFILE names.  kadmin.local is in a package that the lab root is
 * without; the library that it is made of is there.
 */
#include <kadm5/admin.h>
#include <stdio.h>

static kadm5_ret_t add(krb5_context context, char *realm, const char *name,
		       char *password)
{
	kadm5_config_params params = {
		.mask = KADM5_CONFIG_REALM, .realm = realm,
	};
	/* As a controller does; without, nobody would be asked for a certificate. */
	kadm5_principal_ent_rec entry = {
		.attributes = KRB5_KDB_REQUIRES_PRE_AUTH,
	};
	kadm5_ret_t ret;
	void *handle;

	ret = kadm5_init_with_password(context, "lab", NULL,
				       KADM5_ADMIN_SERVICE, &params,
				       KADM5_STRUCT_VERSION,
				       KADM5_API_VERSION_4, NULL, &handle);
	if (ret)
		return ret;
	ret = krb5_parse_name(context, name, &entry.principal);
	if (!ret)
		ret = kadm5_create_principal(handle, &entry, KADM5_PRINCIPAL |
					     KADM5_ATTRIBUTES, password);
	krb5_free_principal(context, entry.principal);
	kadm5_destroy(handle);
	return ret;
}

int main(int argc, char **argv)
{
	krb5_context context;
	kadm5_ret_t ret;

	if (argc != 4 || kadm5_init_krb5_context(&context))
		return 2;
	ret = add(context, argv[1], argv[2], argv[3]);
	if (ret)
		fprintf(stderr, "%s: %s\n", argv[2],
			krb5_get_error_message(context, ret));
	krb5_free_context(context);
	return ret != 0;
}
