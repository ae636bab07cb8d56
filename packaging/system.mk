# What differs by the system that the libraries are for: linux, freebsd, windows, or darwin,
# which is macOS. Included by the Makefile.

# The shells of Windows name themselves.
SYSTEM_NAME := $(or $(CARGO_TARGET),$(patsubst mingw%,windows,$(patsubst msys%,windows,$(shell \
    uname -s | tr '[:upper:]' '[:lower:]'))))
SYSTEM := $(or $(firstword $(foreach system,linux freebsd darwin windows,$(if $(findstring \
    $(system),$(SYSTEM_NAME)),$(system)))),linux)

SONAME := $(shell cat packaging/soname)
CLASSIC_SONAME := $(subst .so,_classic.so,$(SONAME))
# What -ltally finds.
LINK_NAME := libtally.so
LINK_SCRIPT := tools/link.sh
# Where the shared libraries are installed, and which other files go to LIBDIR.
SHAREDDIR = $(LIBDIR)
LINK_FILES :=
# The end of a program's name.
EXE :=
TOOL_LIBS := -lm
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

ifeq ($(SYSTEM),windows)
# A program finds its libraries where it is itself, and in PATH.
SONAME := libtally-$(lastword $(subst ., ,$(SONAME))).dll
CLASSIC_SONAME :=
LINK_NAME := libtally.dll.a
LINK_SCRIPT := tools/link_windows.sh
LINK_FILES := tally.def
SHAREDDIR = $(BINDIR)
EXE := .exe
TOOL_RPATH :=
HARDENING := -Wl,--dynamicbase,--nxcompat,--high-entropy-va,--no-insert-timestamp
TOOL_RESOURCES := $(BUILD)/tally-resource.o
# That it keeps the time of the link, which is none.
STRIP := $(OBJCOPY) -p --strip-unneeded
# printf() of ISO C, not of msvcrt.dll; the compiler's libraries as a part of the tool.
TOOL_FLAGS := -D__USE_MINGW_ANSI_STDIO=1
TOOL_LIBS := -Wl,-Bstatic -static-libgcc -lm
LIBS_PRIVATE := -luserenv -lws2_32 -ldbghelp -ladvapi32 -lntdll -lkernel32
endif
