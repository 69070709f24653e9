# SPDX-License-Identifier: GPL-2.0-or-later
# Group policies beside a controller: made by samba-tool and by LDAP, listed by ours
# for the computer DESK.  Sourced after lib.sh.

desk=OU=desk,DC=lab,DC=test

as_samba() {		# COMMAND...: samba-tool, as the administrator
	samba-tool "$@" -H "$ldap" -U "$UNC_ADMIN%$UNC_PASSWORD" 2>&1
}

change() {		# DN LINE...: of LDIF
	dn=$1; shift
	printf '%s\n' "dn: $dn" "changetype: modify" "$@" |
		ldapmodify -N -Q -Y GSSAPI -H "$ldap" > /tmp/out 2>&1 ||
		{ cat /tmp/out; return 1; }
}

domain_gpo="CN={31B2F340-016D-11D2-945F-00C04FB984F9},CN=Policies,CN=System,DC=lab,DC=test"

version() {		# DN NUMBER: the user's half is the upper one
	change "$1" "replace: versionNumber" "versionNumber: $2"
}

policy() {		# OPTION...: "NAME yes|no WHY" in their order
	on DESK policy --no-sysvol --json "$@" > /tmp/policy || return 1
	python3 - <<'END'
import json
for row in json.load(open("/tmp/policy")):
    print(row["policy"], "yes" if row["applies"] else "no", row["why"],
          row["version"], sep="|")
END
}

is_policy() {		# PATTERN OPTION...: of its lines, joined by blanks
	wanted=$1; shift
	got=$(policy "$@" | tr '\n' ' ')
	echo "$got" | grep -Eq "$wanted" || { echo "$got"; return 1; }
}
