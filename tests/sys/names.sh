#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names that servers refuse, that are long, or beyond Unicode's first plane.
. "$(dirname "$0")/lib.sh"
test_dir

# Characters that are mapped (mapposix, the default), there and back
run python3 - "$dir" "$server_dir" << 'END'
import os, sys
here, there = (os.fsencode(p) for p in sys.argv[1:])
private = {c: chr(0xf020 + i) for i, c in enumerate('"*:<>?\\|')}

def served(name):
    """The name as the server must have it."""
    end = {" ": "\uf028", ".": "\uf029"}.get(name[-1], name[-1])
    name = name[:-1] + end
    return "".join(private.get(c, chr(0xf000 + ord(c)) if c < " " else c)
                   for c in name)

names = ["a" + c + "b" for c in private] + ["x" + c for c in private] + [
    "tab\there", "line\nfeed", "dot.", "space ", "dots...", " . ", "a:b:$DATA",
    "back\\slash\\", "\U0001f389", "\U00010348" * 63, "\u00fc" * 127,
    "\u20ac" * 85, "x" * 255, "C:"]
for name in names:
    raw = name.encode()
    with open(here + b"/" + raw, "w") as f:
        f.write(name)
    on_server = served(name).encode()
    assert os.path.exists(there + b"/" + on_server), ("not there", name)
got = {n.decode() for n in os.listdir(here)}
assert got == set(names), got ^ set(names)
for name in names:
    with open(here + b"/" + name.encode()) as f:
        assert f.read() == name, name
    os.rename(here + b"/" + name.encode(), here + b"/new")
    os.rename(here + b"/new", here + b"/" + name.encode())
    os.mkdir(here + b"/dir")
    os.rename(here + b"/" + name.encode(), here + b"/dir/" + name.encode())
    os.unlink(here + b"/dir/" + name.encode())
    os.rmdir(here + b"/dir")

def errno_of(call, *args):
    try:
        call(*args)
    except OSError as e:
        return os.strerror(e.errno)
    return "none"

# What stands for another character would come back as that
assert errno_of(os.mkdir, here + "/a\uf022b".encode()) == os.strerror(22)
assert errno_of(os.stat, here + "/a\uf022b".encode()) == os.strerror(2)
# Too long: 256 units of UTF-16, however many bytes
for long in ("x" * 256, "\u20ac" * 256, "\U0001f389" * 128):
    assert errno_of(os.mkdir, here + b"/" + long.encode()) == \
        os.strerror(36), long
# What is no UTF-8 cannot be a name
assert errno_of(os.mkdir, here + b"/\xff\xfe") == os.strerror(84)
assert errno_of(os.stat, here + b"/\xff\xfe") == os.strerror(2)

# Names that directories have, with what is in them
os.makedirs(here + b"/d:1/e?2./f*3 ")
with open(here + b"/d:1/e?2./f*3 /g|4", "w") as f:
    f.write("deep")
with open(there + served("d:1").encode().join([b"/", b"/"]) +
          served("e?2.").encode() + b"/" + served("f*3 ").encode() + b"/" +
          served("g|4").encode()) as f:
    assert f.read() == "deep"

# A long path: 11 names of 200 bytes.  Samba does not say anything about files
# with longer ones (STATUS_ILLEGAL_CHARACTER).
os.chdir(here)
for i in range(11):
    os.mkdir("n" * 200)
    os.chdir("n" * 200)
with open("end", "w") as f:
    f.write("far")
assert os.path.getsize("end") == 3
assert len(os.getcwd()) > 2200
END
[ -e "$dir/d:1/e?2./f*3 /g|4" ] || fail "not found by the shell"
