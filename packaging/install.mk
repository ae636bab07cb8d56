# What is installed, and where. Included by the Makefile.

MANDIR ?= $(PREFIX)/share/man
DOCDIR ?= $(PREFIX)/share/doc/tally
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
CMAKEDIR = $(LIBDIR)/cmake/tally

# The HTML manual has docs/*.md, and what README.md promises.
DOCUMENTS := CHANGELOG.md LICENSE-MIT LICENSE-APACHE $(wildcard docs/*.py)
SHARED := $(SONAME) $(CLASSIC_SONAME)
EXAMPLES := $(wildcard examples/guide/*) examples/disasters.c
FACE := $(wildcard include/tally/*.hpp)
EMPTY :=
BLANK := $(EMPTY) $(EMPTY)

# A relative folder is nobody's. Rules split their lines at blanks, and the other
# characters mean something to the shell, to sed or to the tool's search path.
FOLDERS := PREFIX LIBDIR INCLUDEDIR BINDIR MANDIR DOCDIR BASHDIR ZSHDIR FISHDIR
STRANGE := ' " ` \ | & ; : , < > ( ) * ? [ ] \# $$
OPEN := (
refuse_blanks = $(if $(filter-out 1,$(words x$($(1))x)),$(error no blanks, please, in $(1): '$($(1))'))
refuse_strange = $(foreach mark,$(STRANGE),$(if $(findstring $(mark),$($(1))),$(error \
    no $(mark) please, in $(1): $($(1)))))
refuse_relative = $(if $(filter /%,$($(1))),,$(error $(1) must begin with /: '$($(1))'))
# make takes /a$$b for /a and what the variable b has, which is nothing.
refuse_dollar = $(if $(findstring $$,$(subst $$$(OPEN),,$(subst $${,,$(value $(1))))),$(error \
    no $$ please, in $(1): $(value $(1))))
.PHONY: check-prefix
check-prefix:
	$(foreach folder,DESTDIR $(FOLDERS),$(call refuse_blanks,$(folder))$(call refuse_strange,$(folder)))
	$(foreach folder,DESTDIR $(FOLDERS),$(call refuse_dollar,$(folder)))
	$(foreach folder,$(FOLDERS),$(call refuse_relative,$(folder)))

# What install makes, and which of these folders were not there before: a list that
# is installed too, so that any clone can uninstall.
INSTALL_FOLDERS = $(INCLUDEDIR)/tally $(LIBDIR)/pkgconfig $(CMAKEDIR) \
    $(BINDIR) $(MANDIR)/man1 $(MANDIR)/man3 $(BASHDIR) $(ZSHDIR) $(FISHDIR) $(DOCDIR)/html $(DOCDIR)/examples \
    $(DOCDIR)
FOLDERS_MADE = $(DOCDIR)/installed-folders.txt

# What is made in its place.
INSTALL_WRITTEN = $(LIBDIR)/pkgconfig/tally.pc $(CMAKEDIR)/tallyConfig.cmake \
    $(CMAKEDIR)/tallyConfigVersion.cmake $(BINDIR)/tally$(EXE)

# From the tool's folder to the library's; the tool is compiled anew if that is
# not the way which it was built with.
TO_LIBRARY = $(shell packaging/relative.sh $(BINDIR) $(LIBDIR))
install_tool = $(if $(subst $(BUILT_RPATH),,$(TOOL_RPATH)),$(compile_tool),install -m 755 $(BUILD)/bin/tally$(EXE) $(1))

# Nothing is written to $(BUILD), which need not be that of who installs.
.PHONY: install
install: check-prefix all
	packaging/folders.sh make '$(DESTDIR)' $(FOLDERS_MADE) $(INSTALL_FOLDERS)
	install -m 644 include/tally.h include/tally.hpp $(DESTDIR)$(INCLUDEDIR)/
	$(if $(FACE),install -m 644 $(FACE) $(DESTDIR)$(INCLUDEDIR)/tally/)
	install -m 644 $(BUILD)/lib/libtally.a $(DESTDIR)$(LIBDIR)/libtally.a
	install -m 755 $(addprefix $(BUILD)/lib/,$(SHARED)) $(DESTDIR)$(SHAREDDIR)/
	$(if $(LINK_FILES),install -m 644 $(addprefix $(BUILD)/lib/,$(LINK_FILES)) $(DESTDIR)$(LIBDIR)/)
	$(STRIP_DEBUG) $(DESTDIR)$(LIBDIR)/libtally.a
	for library in $(SHARED); do $(STRIP) $(DESTDIR)$(SHAREDDIR)/$$library || exit 1; done
	$(if $(INSTALLED_NAME),ln -sf $(SONAME),install -m 644 $(BUILD)/lib/$(LINK_NAME)) \
	    $(DESTDIR)$(LIBDIR)/$(LINK_NAME)
	rm -f $(addprefix $(DESTDIR),$(INSTALL_WRITTEN))
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@LIBDIR@|$(patsubst $(PREFIX)/%,$${prefix}/%,$(LIBDIR))|' \
	    -e 's|@INCLUDEDIR@|$(patsubst $(PREFIX)/%,$${prefix}/%,$(INCLUDEDIR))|' \
	    -e 's|@RPATH_LIBS@|$(RPATH_LIBS:%= %)|' -e 's|@LIBS_PRIVATE@|$(LIBS_PRIVATE)|' \
	    packaging/tally.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/tally.pc
	for file in tallyConfig tallyConfigVersion; do \
	    sed -e 's|@VERSION@|$(VERSION)|' -e 's|@SONAME@|$(SONAME)|' \
	        -e 's|@CLASSIC@|$(CLASSIC_SONAME)|' -e 's|@LINK_NAME@|$(LINK_NAME)|' \
	        -e 's|@INSTALLED_NAME@|$(or $(INSTALLED_NAME),$(SONAME))|' \
	        -e "s|@LIB@|$$(packaging/relative.sh $(CMAKEDIR) $(LIBDIR))|" \
	        -e "s|@SHARED@|$$(packaging/relative.sh $(CMAKEDIR) $(SHAREDDIR))|" \
	        -e "s|@INCLUDE@|$$(packaging/relative.sh $(CMAKEDIR) $(INCLUDEDIR))|" \
	        -e 's|@LIBS_PRIVATE@|$(subst $(BLANK),;,$(LIBS_PRIVATE:-l%=%))|' \
	        -e "s|@POINTER_SIZE@|$$(($$($(CC) -E -dM -xc /dev/null | sed -n 's/.*__SIZEOF_POINTER__ //p')))|" \
	        packaging/$$file.cmake.in >$(DESTDIR)$(CMAKEDIR)/$$file.cmake || exit 1; done
	$(call install_tool,$(DESTDIR)$(BINDIR)/tally$(EXE))
	chmod 644 $(addprefix $(DESTDIR),$(filter-out %/tally$(EXE),$(INSTALL_WRITTEN)))
	chmod 755 $(DESTDIR)$(BINDIR)/tally$(EXE)
	$(STRIP) $(DESTDIR)$(BINDIR)/tally$(EXE)
	install -m 644 $(BUILD)/share/man/man1/tally.1 $(DESTDIR)$(MANDIR)/man1/
	install -m 644 $(BUILD)/share/man/man3/*.3 $(DESTDIR)$(MANDIR)/man3/
	install -m 644 $(BUILD)/share/bash-completion/completions/tally $(DESTDIR)$(BASHDIR)/
	install -m 644 $(BUILD)/share/zsh/site-functions/_tally $(DESTDIR)$(ZSHDIR)/
	install -m 644 $(BUILD)/share/fish/vendor_completions.d/tally.fish $(DESTDIR)$(FISHDIR)/
	install -m 644 $(DOCUMENTS) $(DESTDIR)$(DOCDIR)
	install -m 644 $(EXAMPLES) $(DESTDIR)$(DOCDIR)/examples/
	install -m 644 $(BUILD)/share/html/* $(DESTDIR)$(DOCDIR)/html/

.PHONY: uninstall
uninstall: check-prefix
	rm -f $(addprefix $(DESTDIR),$(INCLUDEDIR)/tally.h $(INCLUDEDIR)/tally.hpp \
	    $(LIBDIR)/libtally.a $(addprefix $(LIBDIR)/,$(LINK_NAME) $(LINK_FILES)) $(addprefix $(SHAREDDIR)/,$(SHARED)) \
	    $(LIBDIR)/pkgconfig/tally.pc $(BINDIR)/tally$(EXE) $(MANDIR)/man1/tally.1 \
	    $(BASHDIR)/tally $(ZSHDIR)/_tally $(FISHDIR)/tally.fish)
	for page in $$(tools/pages.sh man); do rm -f $(DESTDIR)$(MANDIR)/man3/$$page.3; done
	rm -f $(addprefix $(DESTDIR)$(INCLUDEDIR)/tally/,$(notdir $(FACE))) \
	    $(addprefix $(DESTDIR)$(CMAKEDIR)/,tallyConfig.cmake tallyConfigVersion.cmake) \
	    $(addprefix $(DESTDIR)$(DOCDIR)/,$(notdir $(DOCUMENTS))) \
	    $(addprefix $(DESTDIR)$(DOCDIR)/examples/,$(notdir $(EXAMPLES)))
	for page in $$(tools/pages.sh html); do rm -f $(DESTDIR)$(DOCDIR)/html/$$page; done
	packaging/folders.sh remove '$(DESTDIR)' $(FOLDERS_MADE) $(INSTALL_FOLDERS)
