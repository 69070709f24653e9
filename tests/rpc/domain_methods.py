# SPDX-License-Identifier: GPL-2.0-or-later
"""Methods that a domain controller serves: lsarpc, samr, netlogon, drsuapi and
others.  Each function makes calls over one connection, and returns facts that
others can be asked about, too."""

from caller import text

MAXIMUM = 0x02000000
MORE = 0x105
NO_MORE = 0x8000001A
NOT_SUPPORTED = 50      # Win32
EVERYTHING = 0xFFFFFFFF
ADMINS = "S-1-5-32-544"


def mgmt(s):
    ids = s.call("mgmt.rpc__mgmt_inq_if_ids")["if_id_vector"]
    listening = s.call("mgmt.rpc__mgmt_is_server_listening", returns=(0, 1))
    s.raw("mgmt.rpc__mgmt_inq_princ_name", authn_proto=9, princ_name_size=80)
    return {"interfaces": ids["count"], "listening": listening}


def wkssvc(s):
    info = s.call("NetrWkstaGetInfo", Level=100)["WkstaInfo"]["WkstaInfo100"]
    s.call("NetrWkstaGetInfo", Level=101)
    s.call("NetrWkstaTransportEnum", returns=(0, NOT_SUPPORTED), TransportInfo={
        "Level": 0, "WkstaTransportInfo": {"Level0": {}}},
        PreferredMaximumLength=EVERYTHING)
    return {"domain": info["wki100_langroup"]}


def dssetup(s):
    info = s.call("DsRolerGetPrimaryDomainInformation", InfoLevel=1)
    basic = info["DomainInfo"]["DomainInfoBasic"]
    return {"domain": basic["DomainNameFlat"], "dns": basic["DomainNameDns"],
            "forest": basic["DomainForestName"]}


def lsa_accounts(s, policy):
    s.call("LsarEnumerateAccounts", returns=(0, NO_MORE), PolicyHandle=policy,
           PreferedMaximumLength=8192)
    s.call("LsarEnumerateAccountsWithUserRight", PolicyHandle=policy,
           UserRight=text("SeBackupPrivilege"))
    rights = s.call("LsarEnumerateAccountRights", PolicyHandle=policy,
                    AccountSid=ADMINS)["UserRights"]["UserRights"]
    change = {"PolicyHandle": policy, "AccountSid": "S-1-5-32-546",
              "UserRights": {"UserRights": [text("SeShutdownPrivilege")]}}
    s.call("LsarAddAccountRights", **change)
    s.call("LsarRemoveAccountRights", AllRights=0, **change)
    account = s.call("LsarOpenAccount", PolicyHandle=policy,
                     AccountSid=ADMINS, DesiredAccess=MAXIMUM)["AccountHandle"]
    s.call("LsarEnumeratePrivilegesAccount", AccountHandle=account)
    s.call("LsarGetSystemAccessAccount", AccountHandle=account)
    s.call("LsarClose", ObjectHandle=account)
    return sorted(right["Buffer"] for right in rights)


def lsa_privileges(s, policy):
    privileges = s.call("LsarEnumeratePrivileges", PolicyHandle=policy,
                        PreferedMaximumLength=0x10000)["EnumerationBuffer"]
    names = [p["Name"]["Buffer"] for p in privileges["Privileges"]]
    value = s.call("LsarLookupPrivilegeValue", PolicyHandle=policy,
                   Name=text(names[0]))["Value"]
    back = s.call("LsarLookupPrivilegeName", PolicyHandle=policy, Value=value)
    assert back["Name"]["Buffer"] == names[0], back
    s.call("LsarLookupPrivilegeDisplayName", PolicyHandle=policy,
           Name=text(names[0]), ClientLanguage=1033,
           ClientSystemDefaultLanguage=1033)
    return sorted(names)


def lsa_names(s, policy):
    ask = {"PolicyHandle": policy, "LookupLevel": 1, "TranslatedSids": {}}
    names = [text("Administrator"), text("Guests")]
    s.call("LsarLookupNames", Names=names, **ask)
    more = {"LookupOptions": 0, "ClientRevision": 2}
    s.call("LsarLookupNames2", Names=names, **ask, **more)
    sids = s.call("LsarLookupNames3", Names=names, **ask, **more)
    sids = [entry["Sid"] for entry in sids["TranslatedSids"]["Sids"]]
    back = {"PolicyHandle": policy, "LookupLevel": 1, "TranslatedNames": {},
            "SidEnumBuffer": {"SidInfo": [{"Sid": sid} for sid in sids]}}
    found = s.call("LsarLookupSids", **back)["TranslatedNames"]["Names"]
    assert [n["Name"]["Buffer"] for n in found] == ["Administrator", "Guests"]
    s.call("LsarLookupSids2", **back, **more)
    return sids[0]


def lsa_secrets(s, policy, tag):
    name = text(f"G$unc-{tag}")
    secret = s.call("LsarCreateSecret", PolicyHandle=policy, SecretName=name,
                    DesiredAccess=MAXIMUM)["SecretHandle"]
    s.call("LsarClose", ObjectHandle=secret)
    secret = s.call("LsarOpenSecret", PolicyHandle=policy, SecretName=name,
                    DesiredAccess=MAXIMUM)["SecretHandle"]
    s.call("LsarDeleteObject", ObjectHandle=secret)


def lsarpc(s, tag):
    policy = s.call("LsarOpenPolicy2", ObjectAttributes={},
                    DesiredAccess=MAXIMUM)["PolicyHandle"]
    info = s.call("LsarQueryInformationPolicy2", PolicyHandle=policy,
                  InformationClass="PolicyDnsDomainInformation")
    dns = info["PolicyInformation"]["PolicyDnsDomainInfo"]
    info = s.call("LsarQueryInformationPolicy", PolicyHandle=policy,
                  InformationClass="PolicyAccountDomainInformation")
    account = info["PolicyInformation"]["PolicyAccountDomainInfo"]
    facts = {"domain": dns["Name"]["Buffer"], "sid": dns["Sid"],
             "account_domain": account["DomainName"]["Buffer"]}
    facts["privileges"] = lsa_privileges(s, policy)
    facts["admin_rights"] = lsa_accounts(s, policy)
    facts["admin"] = lsa_names(s, policy)
    lsa_secrets(s, policy, tag)
    s.call("LsarEnumerateTrustedDomains", returns=(0, NO_MORE),
           PolicyHandle=policy, PreferedMaximumLength=8192)
    s.call("LsarEnumerateTrustedDomainsEx", returns=(0, NO_MORE),
           PolicyHandle=policy, PreferedMaximumLength=8192)
    s.call("LsarQueryDomainInformationPolicy", PolicyHandle=policy,
           InformationClass="PolicyDomainKerberosTicketInformation")
    who = s.call("LsarGetUserName", UserName=None, DomainName=[None])
    facts["user"] = who["UserName"]["Buffer"]
    s.call("LsarClose", ObjectHandle=policy)
    return facts


def samr_user(s, domain, tag):
    made = s.call("SamrCreateUser2InDomain", DomainHandle=domain,
                  Name=text(f"unc-{tag}"), AccountType=0x10,
                  DesiredAccess=MAXIMUM)
    user, rid = made["UserHandle"], made["RelativeId"]
    s.call("SamrSetInformationUser2", UserHandle=user,
           UserInformationClass="UserAdminCommentInformation",
           Buffer={"AdminComment": {"AdminComment": text(f"by {tag}")}})
    s.call("SamrSetInformationUser", UserHandle=user,
           UserInformationClass="UserAdminCommentInformation",
           Buffer={"AdminComment": {"AdminComment": text(f"of {tag}")}})
    got = s.call("SamrQueryInformationUser2", UserHandle=user,
                 UserInformationClass="UserAdminCommentInformation")
    assert got["Buffer"]["AdminComment"]["AdminComment"]["Buffer"] == f"of {tag}"
    s.call("SamrQueryInformationUser", UserHandle=user,
           UserInformationClass="UserAllInformation")
    s.call("SamrGetGroupsForUser", UserHandle=user)
    s.call("SamrGetUserDomainPasswordInformation", UserHandle=user)
    s.call("SamrQuerySecurityObject", ObjectHandle=user, SecurityInformation=4)
    return user, rid


def samr_group(s, domain, rid, tag):
    made = s.call("SamrCreateGroupInDomain", DomainHandle=domain,
                  Name=text(f"unc-group-{tag}"), DesiredAccess=MAXIMUM)
    group = made["GroupHandle"]
    s.call("SamrAddMemberToGroup", GroupHandle=group, MemberId=rid,
           Attributes=7)
    members = s.call("SamrGetMembersInGroup", GroupHandle=group)["Members"]
    assert members["Members"] == [rid], members
    s.call("SamrQueryInformationGroup", GroupHandle=group,
           GroupInformationClass="GroupGeneralInformation")
    s.call("SamrRemoveMemberFromGroup", GroupHandle=group, MemberId=rid)
    s.call("SamrCloseHandle", SamHandle=group)
    group = s.call("SamrOpenGroup", DomainHandle=domain,
                   DesiredAccess=MAXIMUM,
                   GroupId=made["RelativeId"])["GroupHandle"]
    s.call("SamrDeleteGroup", GroupHandle=group)


def samr_alias(s, domain, sid, tag):
    made = s.call("SamrCreateAliasInDomain", DomainHandle=domain,
                  AccountName=text(f"unc-alias-{tag}"), DesiredAccess=MAXIMUM)
    alias = made["AliasHandle"]
    s.call("SamrAddMemberToAlias", AliasHandle=alias, MemberId=sid)
    members = s.call("SamrGetMembersInAlias", AliasHandle=alias)["Members"]
    assert [m["SidPointer"] for m in members["Sids"]] == [sid], members
    s.call("SamrQueryInformationAlias", AliasHandle=alias,
           AliasInformationClass="AliasGeneralInformation")
    s.call("SamrRemoveMemberFromAlias", AliasHandle=alias, MemberId=sid)
    s.call("SamrCloseHandle", SamHandle=alias)
    alias = s.call("SamrOpenAlias", DomainHandle=domain,
                   DesiredAccess=MAXIMUM,
                   AliasId=made["RelativeId"])["AliasHandle"]
    s.call("SamrDeleteAlias", AliasHandle=alias)


def samr_lists(s, domain):
    ask = {"DomainHandle": domain, "PreferedMaximumLength": EVERYTHING}
    users = s.call("SamrEnumerateUsersInDomain", UserAccountControl=0x10, **ask)
    groups = s.call("SamrEnumerateGroupsInDomain", **ask)
    s.call("SamrEnumerateAliasesInDomain", **ask)
    show = {"DomainHandle": domain, "Index": 0, "EntryCount": 100,
            "PreferredMaximumLength": EVERYTHING}
    for number in ("", "2", "3"):
        s.call(f"SamrQueryDisplayInformation{number}", returns=(0, MORE),
               DisplayInformationClass="DomainDisplayUser", **show)
    return {name: sorted(entry["Name"]["Buffer"]
                         for entry in found["Buffer"]["Buffer"])
            for name, found in (("users", users), ("groups", groups))}


def samr_domain(s, server, name):
    sid = s.call("SamrLookupDomainInSamServer", ServerHandle=server,
                 Name=text(name))["DomainId"]
    domain = s.call("SamrOpenDomain", ServerHandle=server,
                    DesiredAccess=MAXIMUM, DomainId=sid)["DomainHandle"]
    s.call("SamrQueryInformationDomain", DomainHandle=domain,
           DomainInformationClass="DomainPasswordInformation")
    general = s.call("SamrQueryInformationDomain2", DomainHandle=domain,
                     DomainInformationClass="DomainGeneralInformation")
    return sid, domain, general["Buffer"]["General"]


def samr_names(s, domain):
    rids = s.call("SamrLookupNamesInDomain", DomainHandle=domain,
                  Names=[text("Administrator")])
    rid = rids["RelativeIds"]["Element"][0]
    names = s.call("SamrLookupIdsInDomain", DomainHandle=domain,
                   RelativeIds=[rid])["Names"]["Element"]
    assert names[0]["Buffer"] == "Administrator", names
    user = s.call("SamrOpenUser", DomainHandle=domain, UserId=rid,
                  DesiredAccess=MAXIMUM)["UserHandle"]
    s.call("SamrCloseHandle", SamHandle=user)
    return s.call("SamrRidToSid", ObjectHandle=domain, Rid=rid)["Sid"]


def samr(s, tag, name="LAB"):
    for method in ("SamrConnect2", "SamrConnect4"):
        handle = s.call(method, DesiredAccess=MAXIMUM,
                        **({"ClientRevision": 2} if method[-1] == "4"
                           else {}))["ServerHandle"]
        s.call("SamrCloseHandle", SamHandle=handle)
    server = s.call("SamrConnect5", DesiredAccess=MAXIMUM, InVersion=1,
                    InRevisionInfo={"V1": {"Revision": 3}})["ServerHandle"]
    s.call("SamrEnumerateDomainsInSamServer", ServerHandle=server,
           PreferedMaximumLength=EVERYTHING)
    sid, domain, general = samr_domain(s, server, name)
    facts = {"sid": sid, **samr_lists(s, domain),
             "user_count": general["UserCount"],
             "admin": samr_names(s, domain)}
    user, rid = samr_user(s, domain, tag)
    samr_group(s, domain, rid, tag)
    samr_alias(s, domain, facts["admin"], tag)
    s.call("SamrGetAliasMembership", DomainHandle=domain,
           SidArray={"Sids": [{"SidPointer": facts["admin"]}]})
    s.call("SamrGetDomainPasswordInformation")
    s.call("SamrDeleteUser", UserHandle=user)
    s.call("SamrCloseHandle", SamHandle=domain)
    s.call("SamrCloseHandle", SamHandle=server)
    return facts


def lookups(s):
    """Of lsarpc over TCP the controller serves these, and by its own channel."""
    sid = s.call("LsarLookupNames4", LookupLevel=1, TranslatedSids={},
                 Names=[text("Administrator")], LookupOptions=0,
                 ClientRevision=2)["TranslatedSids"]["Sids"][0]["Sid"]
    names = s.call("LsarLookupSids3", LookupLevel=1, TranslatedNames={},
                   SidEnumBuffer={"SidInfo": [{"Sid": sid}]}, LookupOptions=0,
                   ClientRevision=2)["TranslatedNames"]["Names"]
    assert names[0]["Name"]["Buffer"] == "Administrator", names
    return {"admin": sid}


def drsuapi(s, domain):
    handle = s.call("IDL_DRSBind")["phDrs"]
    names = s.call("IDL_DRSCrackNames", hDrs=handle, dwInVersion=1, pmsgIn={
        "V1": {"formatOffered": 2, "formatDesired": 1,
               "rpNames": [f"{domain}\\Administrator"]}})
    found = names["pmsgOut"]["V1"]["pResult"]["rItems"][0]["pName"]
    info = s.call("IDL_DRSDomainControllerInfo", hDrs=handle, dwInVersion=1,
                  pmsgIn={"V1": {"Domain": domain, "InfoLevel": 2}})
    dcs = info["pmsgOut"]["V2"]["rItems"]
    s.call("IDL_DRSUnbind", phDrs=handle)
    return {"name": found, "dc": dcs[0]["DnsHostName"]}


def netlogon(s, host):
    found = s.call("DsrGetDcNameEx2", Flags=0x40000000)
    dc = found["DomainControllerInfo"]
    s.call("DsrGetDcNameEx", Flags=0)
    s.call("DsrGetDcName", Flags=0)
    s.raw("NetrGetDCName", ServerName=f"\\\\{host}", DomainName="LAB")
    s.raw("NetrGetAnyDCName", DomainName="LAB")
    s.call("DsrGetSiteName")
    s.call("DsrGetDcSiteCoverageW")
    s.call("DsrEnumerateDomainTrusts", Flags=0x3F)
    s.call("DsrAddressToSiteNamesW", SocketAddresses=[])
    s.call("DsrAddressToSiteNamesExW", SocketAddresses=[])
    return {"dc": dc["DomainControllerName"], "site": dc["DcSiteName"]}
