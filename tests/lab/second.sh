#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes dc2 of the domain lab.test.  Runs in the lab root, in the network of dc2,
# beside dc1, and leaves its state in Samba's folders; see pair.py.
#
#   second.sh DC|RODC INTERFACE ADDRESS PASSWORD
#
# It ends before the controller begins; a part of it waits for that one, to see
# that each knows what the other does, and then makes the file `done`.
role=$1 port=$2 address=$3 password=$4
place=${0%/*}
admin="-U Administrator%$password"
first="-H ldap://dc1.lab.test"
set -e

until ip -4 address show dev "$port" | grep -q "$address"; do sleep 0.1; done
# The records of DNS that are not there yet
cp /etc/resolv.conf "$place/resolv.conf"
sed -i "/$address/d" "$place/resolv.conf"
mount --bind "$place/resolv.conf" /etc/resolv.conf

# shellcheck disable=SC2086 # options
samba-tool sites create Branch $first $admin
# The site of dc2 is that of its address, whatever --site says.  Of two subnets
# that both have an address Samba takes any: no such here.
for word in 10.99.0.0/30:Default-First-Site-Name 10.99.0.4/30:Branch \
	10.99.0.8/29:Default-First-Site-Name; do
	# shellcheck disable=SC2086
	samba-tool sites subnet create "${word%:*}" "${word#*:}" $first $admin
done
# shellcheck disable=SC2086
samba-tool domain join lab.test "$role" $admin --site=Branch \
	--option="interfaces = lo $port" --option="bind interfaces only = yes"
cat "$place/smb.conf" >> /etc/samba/smb.conf
umount /etc/resolv.conf

replicate() {		# TO FROM
	# shellcheck disable=SC2086
	for part in DC=lab,DC=test CN=Configuration,DC=lab,DC=test \
		CN=Schema,CN=Configuration,DC=lab,DC=test \
		DC=DomainDnsZones,DC=lab,DC=test \
		DC=ForestDnsZones,DC=lab,DC=test; do
		samba-tool drs replicate "$1" "$2" "$part" $admin || return
	done
}

often() {		# COMMAND...: until it works, a minute at most
	_tries=60
	until "$@"; do
		_tries=$((_tries - 1))
		[ $_tries -gt 0 ] || { echo "$* does not work"; exit 1; }
		sleep 1
	done
}

# A read-only one may write none of its names, and has none beyond its site.
names_of_site() {
	for name in _ldap._tcp.Branch._sites.dc:389 \
		_kerberos._tcp.Branch._sites.dc:88; do
		# shellcheck disable=SC2086
		samba-tool dns add dc1.lab.test _msdcs.lab.test "${name%:*}" \
			SRV "dc2.lab.test ${name#*:} 0 100" $admin || return
	done
}

both_know() {
	if [ "$role" = RODC ]; then
		often names_of_site
	else
		often samba_dnsupdate --use-samba-tool
		often samba_spnupdate
	fi
	often replicate dc2 dc1
	[ "$role" = RODC ] || often replicate dc1 dc2
	touch "$place/done"
}

both_know &
