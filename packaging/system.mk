# What differs by the system that the libraries are for: linux, freebsd or darwin, which is
# macOS. Included by the Makefile.

SYSTEM := $(or $(firstword $(foreach system,linux freebsd darwin,$(if $(findstring $(system),$(or \
    $(CARGO_TARGET),$(shell uname -s | tr '[:upper:]' '[:lower:]'))),$(system)))),linux)

SONAME := $(shell cat packaging/soname)
CLASSIC_SONAME := $(subst .so,_classic.so,$(SONAME))
# What -ltally finds.
LINK_NAME := libtally.so
LINK_SCRIPT := tools/link.sh
# Where a program is itself, for its path to the library.
ORIGIN := $$ORIGIN
STRIP_DEBUG ?= $(OBJCOPY) --strip-debug
STRIP ?= $(OBJCOPY) --strip-unneeded
# Relocations are read-only when a program starts, and all functions are found by then.
HARDENING := -Wl,-z,relro -Wl,-z,now
# What rustc names for its static libraries, without the compiler's own.
LIBS_PRIVATE := -lutil -lrt -lpthread -lm -ldl -lc

ifeq ($(SYSTEM),freebsd)
LIBS_PRIVATE := -lexecinfo -lpthread -lc -lm -lrt -lutil -lkvm -lmemstat -lprocstat -ldevstat
endif

ifeq ($(SYSTEM),darwin)
SONAME := libtally.$(lastword $(subst ., ,$(SONAME))).dylib
CLASSIC_SONAME :=
LINK_NAME := libtally.dylib
LINK_SCRIPT := tools/link_darwin.sh
ORIGIN := @loader_path
STRIP_DEBUG := strip -S
STRIP := strip -x
HARDENING :=
LIBS_PRIVATE := -lSystem -lc -lm
# The library's own name begins with @rpath.
INSTALLED_NAME := @rpath/$(SONAME)
RPATH_LIBS := -Wl,-rpath,$${libdir}
endif
