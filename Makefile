# Tally. `make help` lists what can be made; everything goes to ./build.

# To GNU make this is a rule that nothing uses, to BSD make the end.
.error : this Makefile needs GNU make, which BSD systems call gmake

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
BINDIR ?= $(PREFIX)/bin
DESTDIR ?=

BUILD ?= build
CARGO ?= cargo
CC ?= cc
CXX ?= c++
CFLAGS ?= -O2 -g -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
export BUILD CARGO CC CXX LDFLAGS

# For another machine: rustc's name for it; CC is its compiler then, which knows the
# other programs unless they are given.
CARGO_TARGET ?= $(CARGO_BUILD_TARGET)
ifneq ($(CARGO_TARGET),)
program_of_cc = $(if $(filter command environment,$(origin $(1))),$($(1)),$(shell \
    $(CC) -print-prog-name=$(2)))
OBJCOPY := $(call program_of_cc,OBJCOPY,objcopy)
LD := $(call program_of_cc,LD,ld)
AR := $(call program_of_cc,AR,ar)
export OBJCOPY LD AR
RELEASE := $(CARGO_TARGET)/release
else
# Not exported: a make within for another machine would take it for the user's.
OBJCOPY ?= objcopy
RELEASE := release
endif
# What cargo compiles may be shared by builds for several machines.
TARGET_DIR ?= $(BUILD)/target
ARCHIVE := $(TARGET_DIR)/$(RELEASE)/libtally.a
TEST_ARCHIVE := $(TARGET_DIR)-testbuild/$(RELEASE)/libtally.a
COMMA := ,
# The same bytes in whatever folder, and whoever's cargo it is.
CARGO_HOME_USED := $(or $(CARGO_HOME),$(HOME)/.cargo)
REMAP := --remap-path-prefix=$(CURDIR)=. $(patsubst %,--remap-path-prefix=%=cargo,$(sort \
    $(CARGO_HOME_USED) $(realpath $(CARGO_HOME_USED))))
PREFIX_MAP := $(shell $(CC) -ffile-prefix-map=a=b -xc -fsyntax-only /dev/null 2>/dev/null && \
    echo '-ffile-prefix-map=$(CURDIR)=.')
# Flags in the environment take the place of those in cargo's configuration.
ARCHIVE_BY_CARGO = $(if $(RUSTFLAGS),RUSTFLAGS='$(RUSTFLAGS) $(REMAP)') $(CARGO) rustc -q --lib \
    --release --crate-type staticlib $(if $(CARGO_TARGET),--target $(CARGO_TARGET)) \
    --config 'build.rustflags=[$(patsubst %,"%"$(COMMA),$(REMAP))]'

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
include packaging/system.mk
RUST_SOURCES := $(shell find core/src src -name '*.rs') Cargo.toml Cargo.lock core/Cargo.toml
TOOL_SOURCES := $(wildcard program/*.c)
TOOL_RPATH ?= -Wl,-rpath,'$(ORIGIN)/$(TO_LIBRARY)'
BUILT_RPATH := -Wl,-rpath,'$(ORIGIN)/../lib'
STAGE := $(abspath $(BUILD))/stage
PARTS := format rust crates header c cpp examples docs promises exports core_dump classic abi version install callers tool suites release

.PHONY: all
all: $(BUILD)/lib/$(SONAME) $(BUILD)/bin/tally$(EXE) $(BUILD)/share/made

# tcc, for one: it can compile programs that use the library.
refuse_compiler = @echo __GNUC__ | $(CC) -E -P -xc - | grep -q '^[0-9]' || { \
    echo "not with $(CC): the libraries are linked by gcc or clang" && exit 1; }

$(ARCHIVE): $(RUST_SOURCES)
	$(refuse_compiler)
	@echo "building libtally"
	@$(ARCHIVE_BY_CARGO) --target-dir $(TARGET_DIR)
	@touch -c $@
	@test -s $@ || { echo "cargo builds for another machine: name it, as CARGO_TARGET=" && exit 1; }

# All libraries are made together.
LINK = CFLAGS='$(CFLAGS) $(PREFIX_MAP)' CPPFLAGS='$(CPPFLAGS)' LIBS='$(LIBS_PRIVATE)' $(LINK_SCRIPT)
LINKED := include/tally.h src/api/classic.c packaging/symbols.txt packaging/soname \
    packaging/system.mk $(LINK_SCRIPT) tools/declarations.sh tools/exports.sh tools/symbols.sh
$(BUILD)/lib/$(SONAME): $(ARCHIVE) $(LINKED)
	$(refuse_compiler)
	@echo "linking $(SONAME)$(CLASSIC_SONAME:%=, %) and libtally.a"
	@$(LINK) $< $(BUILD)/lib

# The tool is built as any user of the library would build it, and finds the
# library from where it is itself: here beside its own folder.
compile_tool = $(CC) -std=c11 -Wall -Wextra $(CFLAGS) $(TOOL_FLAGS) $(PREFIX_MAP) $(CPPFLAGS) \
    -Iinclude -o $(1) $(TOOL_SOURCES) $(TOOL_RESOURCES) $(HARDENING) $(LDFLAGS) \
    -L$(BUILD)/lib -ltally $(TOOL_LIBS) $(TOOL_RPATH)
$(BUILD)/bin/tally$(EXE): TO_LIBRARY = ../lib
$(BUILD)/bin/tally$(EXE): $(TOOL_SOURCES) $(wildcard program/*.h) $(TOOL_RESOURCES) \
    packaging/system.mk $(BUILD)/lib/$(SONAME)
	@echo "compiling tally"
	@mkdir -p $(@D)
	@$(call compile_tool,$@)
	@$(if $(EXE),cp $(BUILD)/lib/$(SONAME) $(@D))

# Of the tool for Windows.
$(BUILD)/tally-resource.o: tools/resource_windows.sh packaging/tally.manifest Cargo.toml
	@mkdir -p $(@D)
	@tools/resource_windows.sh tool $@

# Man pages, the HTML manual and completions, of what is written down already. A
# date that does not change is what SOURCE_DATE_EPOCH is for.
MANUAL ?= env -u CARGO_BUILD_TARGET $(CARGO) run -q -p manual --target-dir $(TARGET_DIR) --
# BSD's date has another option for that.
DATE = $$(date -u $${SOURCE_DATE_EPOCH:+-d @$$SOURCE_DATE_EPOCH} +%F 2>/dev/null || \
    date -u -r $$SOURCE_DATE_EPOCH +%F)
$(BUILD)/share/made: include/tally.h $(TOOL_SOURCES) tools/help.sh README.md $(wildcard docs/*) \
    $(wildcard examples/guide/*) $(wildcard tools/manual/src/*)
	@echo "writing the manual"
	@rm -rf $(@D)
	@tools/help.sh >$(BUILD)/help.txt
	@$(MANUAL) man $(@D)/man/man3 $(DATE)
	@$(MANUAL) tool $(BUILD)/help.txt $(@D) $(DATE)
	@$(MANUAL) html $(BUILD)/help.txt $(@D)/html $(DATE)
	@touch $@

# The library with what only tests may have: exported panics, failure injection.
$(TEST_ARCHIVE): $(RUST_SOURCES)
	$(ARCHIVE_BY_CARGO) --features test-support --target-dir $(TARGET_DIR)-testbuild
	@touch $@

$(BUILD)/testbuild/$(SONAME): $(TEST_ARCHIVE) $(LINKED)
	$(LINK) $< $(BUILD)/testbuild \
	    $$(nm --defined-only -g $< 2>/dev/null | sed -n 's/.* T _*\(tally_test_.*\)/\1/p')

.PHONY: testbuild
testbuild: $(BUILD)/testbuild/$(SONAME)

## The two commands.

.PHONY: demo
demo: $(BUILD)/bin/tally
	@examples/demo.sh $(BUILD)/bin/tally

.PHONY: check
check:
	@tools/check.sh $(PARTS)

# Other processors.
MACHINES := i686 older_x86 aarch64 s390x riscv64 arm
.PHONY: check-targets
check-targets:
	@tools/check.sh $(MACHINES)

CHECKS := $(addprefix check-,$(sort $(PARTS) tools ports musl windows dist cargo-c reproducible valgrind sanitizers deb miri tsan \
    python dask spark sql mpi fuzz wasm $(MACHINES)))
.PHONY: $(CHECKS)
$(CHECKS): check-%:
	@tools/check.sh $*

# Everything that there is, and how long each took: hours. JOBS=2 for two at a time.
.PHONY: check-all
check-all:
	@tools/all.sh $(PARTS)

# Where targets run side by side, it is there already, and in use.
STAGE_FIRST := $(if $(STAGED),,stage)

# 10^9 misuses of handles and blocks from four threads, and as many forged values.
MISUSES ?= 1000000000
.PHONY: check-misuse-long
check-misuse-long: $(STAGE_FIRST)
	$(CC) -std=c11 -O2 -pthread -I$(STAGE)/include -o $(BUILD)/misuse_threads \
	    c_tests/misuse/misuse_threads.c -L$(STAGE)/lib -ltally -Wl,-rpath,$(STAGE)/lib
	TALLY_MISUSE_OPERATIONS=$(MISUSES) $(BUILD)/misuse_threads
	$(CC) -std=c11 -O2 -I$(STAGE)/include -o $(BUILD)/forged_handles \
	    c_tests/misuse/forged_handles.c -L$(STAGE)/lib -ltally -Wl,-rpath,$(STAGE)/lib
	$(BUILD)/forged_handles $$(($(MISUSES) / 18))

# Each function with a signal after every one of its instructions: some minutes.
.PHONY: check-matrix-long
check-matrix-long: $(STAGE_FIRST)
	sh c_tests/inclusions.sh $(BUILD)/matrix
	$(CC) -std=c11 -O2 -pthread -I$(BUILD)/matrix -I$(STAGE)/include -o $(BUILD)/matrix/signals \
	    c_tests/c/signals.c -L$(STAGE)/lib -ltally -lm -Wl,-rpath,$(STAGE)/lib
	TALLY_EVERY_STEP=1 $(BUILD)/matrix/signals

# Not a part of check: long. Removes the guards of the arithmetic and the boundary one by
# one, in a copy, and sees a named test fail for each.
.PHONY: check-mutants
check-mutants:
	@tools/mutate.sh

# What threads can do to the table of handles, in every order: models that must
# pass, and changes to the sources that the models must catch. Some minutes.
.PHONY: check-loom
check-loom:
	$(CARGO) test -p models --target-dir $(BUILD)/target
	@MUTANTS=tools/mutants/handles.txt tools/mutate.sh

# Each condition of the boundary and of the exported functions set to true and to false, in a
# copy: a program in C must fail. FILES=PART names some. Hours.
.PHONY: check-conditions
check-conditions:
	@tools/conditions.py $(FILES)

# Faults in a copy of the sources, for each of which a harness must stop: an hour.
.PHONY: check-planted
check-planted:
	@MUTANTS=fuzz/planted.txt tools/mutate.sh

# 10^9 doubles on every engine against integers, 5*10^7 words against the standard
# library, and 100,000 inputs of each verb of columns, small accumulators and decimals
# against big integers. A failure prints its round: TALLY_ROUND=n begins there.
.PHONY: check-exact-long
check-exact-long:
	$(CARGO) test -p tally-core --release --target-dir $(BUILD)/target \
	    --test engine --test text --test columns --test states --test decimals \
	    -- --ignored
	$(CARGO) test -p libtally --release --target-dir $(BUILD)/target --test scattered \
	    -- --ignored

# Coverage-guided fuzzing, MINUTES for each of TARGETS; fuzz/README.md has more.
MINUTES ?= 1
TARGETS ?=
.PHONY: fuzz
fuzz:
	@SECONDS_EACH=$$((60 * $(MINUTES))) fuzz/run.sh fuzz $(TARGETS)

# What the checks are run against: an install tree, as a user has it. Made anew each time,
# so that nothing stays in it that is no longer installed.
.PHONY: stage
stage: all
	@rm -rf $(STAGE)
	@$(MAKE) -s install DESTDIR= PREFIX=$(STAGE) LIBDIR=$(STAGE)/lib \
	    INCLUDEDIR=$(STAGE)/include BINDIR=$(STAGE)/bin MANDIR=$(STAGE)/share/man \
	    DOCDIR=$(STAGE)/doc BASHDIR=$(STAGE)/share/bash-completion/completions \
	    ZSHDIR=$(STAGE)/share/zsh/site-functions FISHDIR=$(STAGE)/share/fish/vendor_completions.d

include packaging/install.mk

# On one core; BENCH=--quick for less. All figures also go to bench.json. XSUM=DIR names
# the folder of xsum.c and xsum.h, by Radford Neal, for a peer; PYTHON=PROGRAM a Python
# that has numpy, pandas, Polars, bottleneck or pyarrow.
.PHONY: bench
bench: all
	XSUM='$(abspath $(XSUM))' $(CARGO) run --release -p bench \
	    --target-dir $(BUILD)/target -- --out $(BUILD) $(BENCH)

# Handles against a bare Arc, an atomic count in C, and GObject.
.PHONY: bench-handles
bench-handles: all
	@bench/handles/run.sh $(TURNS)

# The tool against mawk, datamash and Miller; BENCH="--size 1000" for a gigabyte.
.PHONY: bench-tool
bench-tool: all
	@python3 bench/tool.py $(BUILD)/bin/tally $(BUILD)/bench-tool $(BENCH)

# Instructions for each value on emulated processors; MACHINES=aarch64 for one of them.
.PHONY: bench-instructions
bench-instructions:
	@BUILD=$(BUILD) CARGO="$(CARGO)" bench/instructions/run.sh $(MACHINES)

# The Python package against NumPy, pandas and PyArrow, as make check-python installs them.
.PHONY: bench-python
bench-python:
	@test -x $(BUILD)/python-environment/bin/python || { echo "first: make check-python" && exit 1; }
	@$(BUILD)/python-environment/bin/python integrations/python/bench.py $(ROUNDS)

# The same with Dask: VALUES=1e8 of them.
.PHONY: bench-dask
bench-dask:
	@test -x $(BUILD)/python-environment/bin/python || { echo "first: make check-dask" && exit 1; }
	@$(BUILD)/python-environment/bin/python integrations/python/bench_dask.py $(VALUES) $(ROUNDS)

# Reductions over MPI against MPI_SUM, with each MPI library that is here.
.PHONY: bench-mpi
bench-mpi: stage
	@$(MAKE) -s -C integrations/mpi bench BUILD=$(abspath $(BUILD))/mpi \
	    PKG_CONFIG_PATH=$(STAGE)/lib/pkgconfig

# The charts that are committed. They compare with xsum.
.PHONY: bench-chart
bench-chart: $(if $(XSUM),bench)
	@test -n '$(XSUM)' || { echo "name the folder of xsum.c: make bench-chart XSUM=DIR" && exit 1; }
	cp $(BUILD)/map.svg $(BUILD)/throughput.svg bench

.PHONY: docs
docs: $(BUILD)/share/made
	$(CARGO) doc -q --no-deps -p tally-core -p libtally --target-dir $(BUILD)/target
	@echo "for C: $(BUILD)/share/html/index.html, man -M $(BUILD)/share/man tally_sum_f64"
	@echo "for Rust: $(BUILD)/target/doc/tally_core/index.html"

HEADER ?= $(CARGO) run -q -p header --target-dir $(BUILD)/target --
.PHONY: header
header:
	$(HEADER) --write

# The programs in docs/guide.md.
.PHONY: guide
guide:
	$(MANUAL) guide

.PHONY: symbols
symbols:
	tools/symbols.sh update

.PHONY: abi
abi:
	tools/abi.sh update

# Debian packages, into $(BUILD)/deb. DEB_ARCH=arm64 makes them for another machine.
DEB_ARCH ?=
.PHONY: deb
deb:
	DEB_ARCH='$(DEB_ARCH)' tools/deb.sh

# The Python package, into $(BUILD)/wheel.
.PHONY: wheel
wheel:
	@BUILD=$(BUILD) tools/wheel.sh

# The JavaScript package, into $(BUILD)/npm-package.
.PHONY: npm
npm:
	@BUILD=$(BUILD) tools/npm.sh

# What libtally is made of, as SPDX.
.PHONY: sbom
sbom:
	@mkdir -p $(BUILD)
	@tools/sbom.sh >$(BUILD)/libtally-$(VERSION).spdx.json
	@echo "$(BUILD)/libtally-$(VERSION).spdx.json"

# The sources of the last commit with all crates, which build without a network, and
# the bill of materials, into $(BUILD)/dist.
.PHONY: dist
dist:
	@tools/dist.sh $(BUILD)/dist

# VERSION=x.y.z; sets it everywhere. See CONTRIBUTING.md.
.PHONY: release next-version
release:
	@tools/version.sh release $(VERSION)
next-version:
	@tools/version.sh set $(VERSION)

# All of what is committed and made from the sources.
.PHONY: renew
renew:
	@$(MAKE) -s header
	@$(MAKE) -s symbols abi guide

.PHONY: clean
clean:
	rm -rf $(BUILD)

.PHONY: help
help:
	@echo "make            the libraries, the tally tool, the manual, into $(BUILD)"
	@echo "make demo       build, then total real data with the tool"
	@echo "make check      the tests; the last line counts them"
	@echo "make check-X    one part of it: $(PARTS)"
	@echo "                or, with the tools for it: deb, valgrind, sanitizers, targets"
	@echo "                ($(MACHINES)),"
	@echo "                miri, tsan, python, dask, spark, sql, mpi, fuzz, wasm; ports,"
	@echo "                musl, windows, dist, cargo-c, reproducible, tools"
	@echo "make check-suites   the suites of others, in folders that you name: suites/README.md"
	@echo "make check-all  every check-X and those below, and how long each took: hours"
	@echo "make check-mutants  remove guards, of pointers too: for each a test must fail"
	@echo "make check-conditions  each condition of the boundary set to true and to false"
	@echo "make check-loom  models of what threads do to handles, and their mutants"
	@echo "make check-misuse-long   10^9 misuses from four threads"
	@echo "make check-matrix-long   a signal after every instruction of each function"
	@echo "make check-exact-long  10^9 doubles summed by each engine, 5*10^7 words read,"
	@echo "                10^5 inputs of each verb of columns, states and decimals: verified"
	@echo "make fuzz       look for inputs that break it, for MINUTES=1 each; TARGETS=NAME"
	@echo "make check-planted  plant faults that fuzzing must find"
	@echo "make install    DESTDIR= PREFIX=$(PREFIX) LIBDIR= INCLUDEDIR= BINDIR= MANDIR="
	@echo "                DOCDIR= BASHDIR= ZSHDIR= FISHDIR=; make uninstall undoes it"
	@echo "make bench      timings against a plain loop and exact peers; XSUM=DIR: xsum too,"
	@echo "                PYTHON=PROGRAM: numpy, pandas, Polars, bottleneck and pyarrow too"
	@echo "make bench-chart XSUM=DIR  the same, and the charts that are committed"
	@echo "make bench-handles  handles against a bare Arc, a C struct and GObject"
	@echo "make bench-tool   the tool against mawk, datamash and Miller"
	@echo "make bench-instructions  instructions a value on 64-bit ARM and others, by qemu"
	@echo "make bench-python  the Python package against NumPy, pandas and PyArrow"
	@echo "make bench-dask   its reductions against Dask's own, VALUES=1e8"
	@echo "make bench-mpi  sums over MPI against MPI_SUM"
	@echo "make docs       the manual: HTML and man pages; and that of the Rust side"
	@echo "make release    VERSION=x.y.z; sets it everywhere, for a release of today"
	@echo "make next-version VERSION=x.y.z; the same for a version to work on"
	@echo "make deb        Debian packages, into $(BUILD)/deb; DEB_ARCH=arm64: for others"
	@echo "make dist       the sources with all crates, which build offline, and the SBOM"
	@echo "make sbom       what libtally is made of, as SPDX"
	@echo "make wheel      the Python package: a wheel and its sources, into $(BUILD)/wheel"
	@echo "make npm        the JavaScript package, into $(BUILD)/npm-package"
	@echo "make header     write include/tally.h anew from the sources"
	@echo "make symbols    bring packaging/symbols.txt up to the header"
	@echo "make abi        bring packaging/abi.txt up to the header"
	@echo "make guide      write the programs into docs/guide.md"
	@echo "make renew      these four"
	@echo "make clean      remove $(BUILD)"
