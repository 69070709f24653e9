# SPDX-License-Identifier: GPL-2.0-only
# uncfs on this machine: the module against the running kernel, and user space.
# The lab (scripts/lab) has its own way of building, see Documentation/testing.rst.

KDIR	?= /lib/modules/$(shell uname -r)/build
BUILD	?= build/user-native
DESTDIR	?=

all: module user

module:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

user:
	test -d $(BUILD) || meson setup $(BUILD) userspace --prefix=/usr
	meson compile -C $(BUILD)

install: all
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules_install
	DESTDIR=$(DESTDIR) meson install -C $(BUILD) --no-rebuild
	depmod -a

clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean
	rm -rf $(BUILD)

.PHONY: all module user install clean
