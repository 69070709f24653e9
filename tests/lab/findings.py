# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel complained about while the command ran."""

import re

# Each is the first line of a report, or close to it.
COMPLAINTS = re.compile("|".join((
    r"\bWARNING:", r"\bBUG:", r"\bOops\b", r"kernel BUG at", r"\bKASAN:",
    r"\bUBSAN:", r"\bKFENCE:", r"possible (recursive|circular|irq)",
    r"INFO: task .* blocked for more than", r"INFO: rcu\w* .*(stall|detected)",
    r"suspicious RCU usage", r"inconsistent lock state", r"bad unlock balance",
    r"held lock freed", r"lock held when returning", r"still has locks held",
    r"DEBUG_LOCKS_WARN_ON", r"refcount_t: ", r"soft lockup", r"ODEBUG:",
    r"general protection fault", r"unable to handle", r"Call Trace:",
    r"Objects remaining in", r"kmem_cache_destroy", r"scheduling while atomic",
    r"sleeping function called from", r"new suspected memory leaks",
    r"page dumped because", r"Unbalanced", r"unregister_netdevice: waiting",
)))

# Lines that look like a report and are none of uncfs's doing.
HARMLESS = re.compile("|".join((
    r"loading out-of-tree module taints kernel",
    r"Spectre|mitigations|RETBleed",
)))


def dmesg(text):
    """The reports in a kernel log, each with the lines around it."""
    lines = text.splitlines()
    found, shown = [], -1
    for number, line in enumerate(lines):
        if COMPLAINTS.search(line) and not HARMLESS.search(line) and \
                number > shown:
            shown = number + 40
            found.append("\n".join(lines[max(0, number - 3):shown]))
    return found
