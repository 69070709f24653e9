# SPDX-License-Identifier: GPL-2.0-or-later
"""Methods that a Samba file server serves: srvsvc, winreg, netdfs and, over
pipes only, svcctl, eventlog, spoolss.  Each function returns facts."""

from caller import Refused, text

MAXIMUM = 0x02000000
EVERYTHING = 0xFFFFFFFF
NO_MORE_ITEMS = 259     # Win32, as the following
ACCESS_DENIED, NOT_SUPPORTED, INVALID_PARAMETER = 5, 50, 87
UNKNOWN_LEVEL, MORE_DATA, SMALL_BUFFER = 124, 234, 122


def answered(s, method, **args):
    """A call whose fault, too, is an answer of the server's own code."""
    try:
        return s.raw(method, **args)
    except Refused as error:
        if "nca_" in str(error) or "0x0" in str(error):
            return None
        raise


def wide(value):
    """An RRP_UNICODE_STRING: its NUL is part of it."""
    return {"Buffer": [ord(c) for c in value + "\0"]}


def narrow(units):
    return "".join(map(chr, units)).rstrip("\0")


def srvsvc_lists(s):
    every = {"PreferedMaximumLength": EVERYTHING}
    s.call("NetrSessionEnum", returns=(0, ACCESS_DENIED), **every, InfoStruct={
        "Level": 0, "SessionInfo": {"Level0": {}}})
    s.call("NetrConnectionEnum", returns=(0, ACCESS_DENIED),
           Qualifier="IPC$", **every,
           InfoStruct={"Level": 1, "ConnectInfo": {"Level1": {}}})
    s.call("NetrFileEnum", returns=(0, ACCESS_DENIED), **every, InfoStruct={
        "Level": 3, "FileInfo": {"Level3": {}}})
    s.call("NetrServerDiskEnum", returns=(0, ACCESS_DENIED), Level=0, DiskInfoStruct={},
           ResumeHandle=0, **every)
    shares = {"Level": 1, "ShareInfo": {"Level1": {}}}
    s.call("NetrShareEnumSticky", InfoStruct=shares, **every)
    found = s.call("NetrShareEnum", InfoStruct=shares, **every)
    return sorted(entry["shi1_netname"] for entry in
                  found["InfoStruct"]["ShareInfo"]["Level1"]["Buffer"])


def srvsvc(s):
    info = s.call("NetrServerGetInfo", Level=101)["InfoStruct"]
    facts = {"comment": info["ServerInfo101"]["sv101_comment"],
             "version": info["ServerInfo101"]["sv101_version_major"],
             "shares": srvsvc_lists(s)}
    share = s.call("NetrShareGetInfo", NetName="IPC$", Level=1)
    facts["ipc"] = share["InfoStruct"]["ShareInfo1"]["shi1_remark"]
    tod = s.call("NetrRemoteTOD")["BufferPtr"]
    assert tod["tod_year"] > 2000, tod
    s.call("NetprNameValidate", Name="share", NameType=9, Flags=0)
    return facts


def winreg_key(s, key):
    made = s.call("BaseRegCreateKey", hKey=key, lpSubKey=wide("unc-test"),
                  lpClass={}, dwOptions=0, samDesired=MAXIMUM,
                  lpdwDisposition=0)["phkResult"]
    s.call("BaseRegSetValue", hKey=made, lpValueName=wide("one"), dwType=4,
           lpData="01000000")
    value = s.call("BaseRegQueryValue", hKey=made, lpValueName=wide("one"),
                   lpType=0, lpData="00" * 64, lpcbData=64, lpcbLen=0)
    s.call("BaseRegQueryInfoKey", hKey=made, lpClassIn={})
    s.call("BaseRegEnumValue", hKey=made, dwIndex=0,
           lpValueNameIn={"MaximumLength": 512, "Buffer": []}, lpType=0,
           lpData="00" * 64, lpcbData=64, lpcbLen=0)
    s.call("BaseRegDeleteValue", hKey=made, lpValueName=wide("one"))
    s.call("BaseRegCloseKey", hKey=made)
    s.call("BaseRegDeleteKey", hKey=key, lpSubKey=wide("unc-test"))
    return value


def winreg(s):
    for opener in ("OpenClassesRoot", "OpenUsers", "OpenPerformanceData"):
        answered(s, opener, samDesired=MAXIMUM)
    root = s.call("OpenLocalMachine", samDesired=MAXIMUM)["phKey"]
    version = s.call("BaseRegGetVersion", hKey=root)["lpdwVersion"]
    s.call("BaseRegQueryInfoKey", hKey=root, lpClassIn={})
    names = []
    while True:
        found = s.call("BaseRegEnumKey", returns=(0, NO_MORE_ITEMS),
                       hKey=root, dwIndex=len(names),
                       lpNameIn={"MaximumLength": 512, "Buffer": []},
                       lpClassIn={}, lpftLastWriteTime={})
        if found["Return"] == NO_MORE_ITEMS:
            break
        names.append(narrow(found["lpNameOut"]["Buffer"]))
    software = s.call("BaseRegOpenKey", hKey=root, lpSubKey=wide("SOFTWARE"),
                      dwOptions=0, samDesired=MAXIMUM)["phkResult"]
    s.call("BaseRegGetKeySecurity", returns=range(0, 1 << 32), hKey=software,
           SecurityInformation=4, pRpcSecurityDescriptorIn={})
    s.call("BaseRegFlushKey", returns=range(0, 1 << 32), hKey=software)
    s.call("BaseRegCloseKey", hKey=software)
    s.call("BaseRegCloseKey", hKey=root)
    return {"version": version, "keys": sorted(names)}


def netdfs(s):
    version = s.raw("NetrDfsManagerGetVersion")["Return"]
    answered(s, "NetrDfsEnum", Level=1, PrefMaxLen=EVERYTHING,
             DfsEnum={"Level": 1, "DfsInfoContainer": {
                 "DfsInfo1Container": {}}}, ResumeHandle=0)
    answered(s, "NetrDfsGetInfo", DfsEntryPath="\\\\x\\y", Level=1)
    return {"version": version}


def wkssvc(s):
    info = s.call("NetrWkstaGetInfo", Level=100)["WkstaInfo"]["WkstaInfo100"]
    s.call("NetrWkstaGetInfo", Level=101)
    return {"domain": info["wki100_langroup"]}


def svcctl(s):
    manager = s.call("ROpenSCManagerW", dwDesiredAccess=MAXIMUM)["lpScHandle"]
    s.call("REnumServicesStatusW", returns=(0, MORE_DATA), hSCManager=manager,
           dwServiceType=0x30, dwServiceState=3, cbBufSize=0x10000,
           lpResumeIndex=0)
    service = s.call("ROpenServiceW", hSCManager=manager,
                     lpServiceName="NETLOGON",
                     dwDesiredAccess=MAXIMUM)["lpServiceHandle"]
    state = s.call("RQueryServiceStatus", hService=service)
    s.call("RQueryServiceConfigW", hService=service, cbBufSize=8192)
    s.call("RQueryServiceObjectSecurity", hService=service,
           dwSecurityInformation=4, cbBufSize=8192)
    s.call("RCloseServiceHandle", hSCObject=service)
    s.call("RCloseServiceHandle", hSCObject=manager)
    return {"state": state["lpServiceStatus"]["dwCurrentState"]}


def eventlog(s):
    opened = answered(s, "ElfrOpenELW", UNCServerName=None,
                      ModuleName=text("Application"), RegModuleName=text(""),
                      MajorVersion=1, MinorVersion=1)
    return {"opened": opened is not None}


def spoolss(s):
    s.call("RpcEnumPrinters", returns=(0, SMALL_BUFFER), Flags=2, Level=1,
           cbBuf=0)
    s.call("RpcEnumPorts", returns=(0, SMALL_BUFFER), Level=1, cbBuf=0)
    s.call("RpcEnumMonitors", returns=(0, SMALL_BUFFER), Level=1, cbBuf=0)
    s.raw("RpcEnumPrinterDrivers", pEnvironment="Windows x64", Level=1,
          cbBuf=0)
    s.raw("RpcGetPrinterDriverDirectory", pEnvironment="Windows x64", Level=1,
          cbBuf=0)
    return {}
