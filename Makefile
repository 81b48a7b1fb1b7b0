# SPDX-License-Identifier: MIT
# make · make check · make install PREFIX=/usr DESTDIR=/tmp/root · V=1 shows the commands.
VERSION := 0.1.0

BUILD ?= build
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
LOCALEDIR ?= $(DATADIR)/locale
SYSCONFDIR ?= /etc
SCHEMADIR ?= $(DATADIR)/cccd-tools
BASHDIR ?= $(DATADIR)/bash-completion/completions
ZSHDIR ?= $(DATADIR)/zsh/site-functions
FISHDIR ?= $(DATADIR)/fish/vendor_completions.d
INSTALL ?= install
PKG_CONFIG ?= pkg-config
CLANG ?= clang
GCOV ?= gcov
CFLAGS ?= -O2 -g
HARDENING ?= yes
LTO ?= $(if $(findstring clang,$(shell $(CC) --version)),no,yes)
COMPLETIONS ?= yes# printed by the programs themselves; a cross build sets this empty
FUZZ_SECONDS ?= 600
COVERAGE_ROOMS ?= payload text person wire image qr tlv lds chip

# ---- what there is: every room, every program (one file or one folder), every test ----
SOURCES := $(sort $(wildcard lib/*/*.c))
HEADERS := $(sort $(wildcard lib/*/*.h))
COMMANDS := $(sort $(wildcard cmd/*.c cmd/*/*.c))
PROGRAMS := $(sort $(foreach c,$(COMMANDS:cmd/%.c=%),$(firstword $(subst /, ,$(c)))))
UNITS := $(sort $(wildcard tests/unit/test_*.c))
FUZZERS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
C_FILES := $(SOURCES) $(HEADERS) $(COMMANDS) $(wildcard cmd/*.h cmd/*/*.h tests/*/*.[ch])
PAGES := $(sort $(wildcard man/*.[1-9]))
LANGUAGES := $(notdir $(basename $(wildcard lib/cli/po/*.po)))
SCHEMAS := $(wildcard lib/wire/*.schema.json)
LINTS := format tidy cppcheck shell man headers rooms banned po

# ---- how it is compiled ----
Q := $(if $(V),,@)
note = $(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),,@echo '  $(1)  $(2)';)
# Those of the given flags that the compiler takes without a word.
try = $(shell for flag in $(1); do $(CC) -Werror -O2 -U_FORTIFY_SOURCE $$flag -include stdio.h \
	-x c -c -o /dev/null /dev/null 2>/dev/null && echo $$flag; done)
LIBRARIES := zbar libutf8proc jansson libjpeg libpng zlib
EAC := $(shell $(PKG_CONFIG) --silence-errors --libs libeac)# a second opinion for tests, where it is
SHARED := libpcsclite libcrypto# never from an archive: their repairs come with the system's updates
ARCHIVES ?= $(shell $(PKG_CONFIG) --variable=libdir zbar)# start sooner than shared libraries; or no
LOADED := libtiff-4 libwebp libheif poppler-glib fontconfig libqrencode# with dlopen(), when needed
OUTSIDE := $(patsubst -I%,-isystem%,$(shell $(PKG_CONFIG) --cflags $(LIBRARIES) $(SHARED) $(LOADED)))
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	-Wwrite-strings -Wundef -Wvla -Wformat=2 -Wno-format-nonliteral
DEFINES := -D_GNU_SOURCE -DCCCD_VERSION='"$(VERSION)"' -DCCCD_LOCALEDIR='"$(LOCALEDIR)"' -Ilib
LINK_FLAGS := -Wl,--as-needed -Wl,--gc-sections
TESTING := $(or $(SANITIZE),$(COVERAGE),$(FUZZ))
ifdef FUZZ
MODE := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK_FLAGS += -fsanitize=fuzzer
else ifdef SANITIZE
MODE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
else ifdef COVERAGE
MODE := -O0 -g --coverage
else
MODE := -ffile-prefix-map=$(CURDIR)=. $(CFLAGS)
ifeq ($(HARDENING),yes)
MODE += -fPIE -fstack-protector-strong -U_FORTIFY_SOURCE $(or $(call try,-D_FORTIFY_SOURCE=3),-D_FORTIFY_SOURCE=2) \
	$(call try,-fcf-protection -fstack-clash-protection)
LINK_FLAGS += -pie -Wl,-z,relro,-z,now,-z,noexecstack$(shell test "$$(printf __GLIBC_MINOR__ | $(CC) \
	-include features.h -E -P -x c - | tail -n 1)" -ge 36 2>/dev/null && echo ,-z,pack-relative-relocs)
endif
ifeq ($(LTO),yes)
MODE += $(call try,-flto -ffat-lto-objects)
PROGRAM_FLAGS := $(call try,-flto=auto)
endif
endif
COMPILE := $(CC) -std=gnu11 $(WARNINGS) $(DEFINES) -include lib/base/banned.h -ffunction-sections -fno-math-errno \
	-fdata-sections $(MODE) $(OUTSIDE) $(CPPFLAGS)
LINK := $(CC) $(filter-out -flto,$(MODE)) $(LINK_FLAGS) $(LDFLAGS)
LINK_LIBRARIES = $(foreach l,$(shell $(PKG_CONFIG) --libs $(LIBRARIES)), \
	$(or $(wildcard $(ARCHIVES)/lib$(l:-l%=%).a),$(l))) $(LIBRARY) $(shell $(PKG_CONFIG) --libs $(SHARED)) -lm
ifneq ($(file <$(BUILD)/flags),$(COMPILE) $(LINK))
$(shell mkdir -p $(BUILD))$(file >$(BUILD)/flags,$(COMPILE) $(LINK))
endif

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIBRARY := $(BUILD)/libcccd.a
# For the tests: main() of cmd/cccd-parse.c is the function cccd_parse_main() here.
CALLABLE := $(BUILD)/libprograms.a
CATALOGUES := $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/cccd-tools.mo)
COMPLETED := $(if $(TESTING),,$(if $(COMPLETIONS),$(foreach shell,bash zsh fish,$(PROGRAMS:%=$(BUILD)/completions/%.$(shell)))))
TESTS := $(UNITS:tests/unit/%.c=$(BUILD)/tests/%) $(FUZZERS:tests/fuzz/fuzz_%.c=$(BUILD)/tests/replay_%) $(BUILD)/tests/card_emulator $(BUILD)/tests/chip_transport $(BUILD)/tests/chip_desk $(BUILD)/tests/ifd_stage.so $(if $(EAC),$(BUILD)/tests/eac_terminal)

.SECONDEXPANSION:
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all tests check lint asan fuzz fuzz-run coverage bench dist clean pot list-lints \
	install uninstall install-system uninstall-system $(LINTS:%=lint-%)

all: $(PROGRAMS:%=$(BUILD)/%) $(CATALOGUES) $(COMPLETED)
tests: $(TESTS)

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	$(call note,CC,$<)mkdir -p $(@D)
	$(Q)$(COMPILE) $(if $(WERROR),-Werror) $(if $(filter tests/%,$<),-Wno-missing-prototypes) -MMD -MP -c -o $@ $<
$(BUILD)/obj/callable/%.o: %.c $(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -Wno-missing-prototypes -MMD -MP -c -o $@ $< \
		-Dmain=$(subst -,_,$(word 2,$(subst /, ,$(basename $<))))_main
$(LIBRARY): $(call object,$(SOURCES))
$(CALLABLE): $(COMMANDS:%.c=$(BUILD)/obj/callable/%.o)
$(LIBRARY) $(CALLABLE): # q, not r: two rooms may have files of the same name
	$(call note,AR,$@)rm -f $@
	$(Q)$(AR) qcsD $@ $^
$(PROGRAMS:%=$(BUILD)/%): $(BUILD)/%: $$(call object,$$(wildcard cmd/$$*.c cmd/$$*/*.c)) $(LIBRARY)
	$(call note,LD,$@)$(LINK) $(PROGRAM_FLAGS) -o $@ $^ $(LINK_LIBRARIES)
$(BUILD)/tests/test_%: $(BUILD)/obj/tests/unit/test_%.o $(CALLABLE) $(LIBRARY)
	$(call note,LD,$@)mkdir -p $(@D); $(LINK) $(if $(PROGRAM_FLAGS),-fno-lto) -o $@ $^ $$($(PKG_CONFIG) --libs cmocka) $(EAC) $(LINK_LIBRARIES)
$(BUILD)/tests/replay_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/replay.o $(CALLABLE) $(LIBRARY)
	$(call note,LD,$@)mkdir -p $(@D); $(LINK) $(if $(PROGRAM_FLAGS),-fno-lto) -o $@ $^ $(LINK_LIBRARIES)
$(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(CALLABLE) $(LIBRARY)
	$(call note,LD,$@)$(LINK) -o $@ $^ $(LINK_LIBRARIES)
$(BUILD)/tests/chip_%: $(BUILD)/obj/tests/tools/chip_%.o $(LIBRARY)
	$(call note,LD,$@)mkdir -p $(@D); $(LINK) $(if $(PROGRAM_FLAGS),-fno-lto) -o $@ $^ $(LINK_LIBRARIES)
$(BUILD)/tests/card_emulator: $(call object,$(wildcard tests/emulator/*.c))
$(BUILD)/tests/eac_terminal: $(call object,$(wildcard tests/emulator/strangers/*.c))
$(BUILD)/tests/card_emulator $(BUILD)/tests/eac_terminal:
	$(call note,LD,$@)mkdir -p $(@D); $(LINK) $(if $(PROGRAM_FLAGS),-fno-lto) -o $@ $^ $(EAC) $$($(PKG_CONFIG) --libs libcrypto)
$(BUILD)/tests/%.so: tests/tools/%.c $(BUILD)/flags # for pcscd, which is never sanitized
	$(call note,LD,$@)mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 $(WARNINGS) -Wno-missing-prototypes $(DEFINES) $(OUTSIDE) -include lib/base/banned.h -O1 -g -fPIC -shared -o $@ $<
-include $(patsubst %.c,$(BUILD)/obj/%.d,$(SOURCES) $(COMMANDS) $(COMMANDS:%=callable/%) $(wildcard tests/*/*.c))

# ---- what people read ----
$(BUILD)/locale/%/LC_MESSAGES/cccd-tools.mo: lib/cli/po/%.po
	$(call note,PO,$<)mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<
$(BUILD)/completions/%: $(BUILD)/$$(basename $$*)
	$(call note,GEN,$@)mkdir -p $(@D)
	$(Q)$< --completion $(patsubst .%,%,$(suffix $@)) >$@
$(BUILD)/cccd-tools.pot: $(SOURCES) $(HEADERS) $(COMMANDS)
	$(Q)xgettext --from-code=UTF-8 --language=C --force-po --add-location=file --sort-by-file \
		--keyword=N_ --keyword=_ --keyword=say --package-name=cccd-tools -o $@ $^
pot: $(BUILD)/cccd-tools.pot
	$(Q)for po in $(wildcard lib/cli/po/*.po); do msgmerge -q -U --backup=none --no-fuzzy-matching $$po $<; done

# ---- tests ----
check: all tests
	$(Q)tests/run --build $(BUILD) --no-lint
asan:; $(Q)+$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SANITIZE=1 check
coverage:
	$(Q)+$(MAKE) --no-print-directory BUILD=$(BUILD)/coverage COVERAGE=1 all tests
	$(Q)find $(BUILD)/coverage -name '*.gcda' -delete
	$(Q)tests/run --build $(BUILD)/coverage --no-lint; status=$$?; \
		GCOV=$(GCOV) scripts/coverage-table $(BUILD)/coverage $(COVERAGE_ROOMS) && exit $$status
fuzz:; $(Q)+$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=$(CLANG) FUZZ=1 fuzz-run
fuzz-run: $(FUZZERS:tests/fuzz/%.c=$(BUILD)/%)
	$(Q)scripts/fuzz $(BUILD) $(FUZZ_SECONDS) $(or $(FUZZ_TARGETS),$(FUZZERS:tests/fuzz/fuzz_%.c=%))
bench: all
	$(Q)for bench in $(wildcard scripts/bench-*); do BUILD=$(abspath $(BUILD)) $$bench || exit 1; done
	$(Q)/usr/bin/python3 tests/tools/damage_bench.py --program $(BUILD)/cccd-parse

# ---- lint: each part counts as a test ----
lint: $(LINTS:%=lint-%)
list-lints:; @echo $(LINTS)
lint-format:; $(Q)clang-format --dry-run -Werror --ferror-limit=2 $(C_FILES)
lint-tidy: $(patsubst %.c,$(BUILD)/lint/%.tidy,$(SOURCES) $(COMMANDS) $(FUZZERS))
$(BUILD)/lint/%.tidy: %.c $(HEADERS) .clang-tidy
	$(call note,TIDY,$<)mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- -std=gnu11 $(WARNINGS) $(DEFINES) $(OUTSIDE) -include lib/base/banned.h \
		>$@ 2>&1 || { cat $@; exit 1; }
lint-cppcheck:
	$(Q)cppcheck --quiet --enable=warning,performance,portability --inline-suppr --std=c11 \
		--error-exitcode=1 $(DEFINES) $(SOURCES) $(COMMANDS)
lint-shell:
	$(Q)shellcheck -x $(shell grep -d skip -lE '^(#!.*sh$$|# shellcheck shell)' scripts/* .ci/run)
lint-man:; $(Q)$(if $(PAGES),mandoc -T lint -W warning $(PAGES))
lint-headers:
	$(Q)for header in $(HEADERS); do $(CC) -std=gnu11 -Wall -Wextra -Werror $(DEFINES) $(OUTSIDE) -fsyntax-only \
		-include "$$header" -x c /dev/null || exit 1; done
lint-rooms lint-banned: lint-%:
	$(Q)CC='$(CC)' scripts/check-$*
lint-po: $(BUILD)/cccd-tools.pot
	$(Q)for po in $(wildcard lib/cli/po/*.po); do msgcmp $$po $< || exit 1; done

# ---- hand it on ----
# As MODE:FILE:INSTALLED-NAME.
INSTALLED = $(foreach p,$(PROGRAMS),755:$(BUILD)/$(p):$(BINDIR)/$(p)) \
	$(if $(COMPLETED),$(foreach p,$(PROGRAMS),644:$(BUILD)/completions/$(p).bash:$(BASHDIR)/$(p) \
	644:$(BUILD)/completions/$(p).zsh:$(ZSHDIR)/_$(p) 644:$(BUILD)/completions/$(p).fish:$(FISHDIR)/$(p).fish)) \
	$(foreach p,$(PAGES),644:$(p):$(MANDIR)/$(patsubst .%,man%,$(suffix $(p)))/$(notdir $(p))) \
	$(foreach s,$(SCHEMAS),644:$(s):$(SCHEMADIR)/$(notdir $(s))) \
	$(foreach l,$(LANGUAGES:%=%/LC_MESSAGES/cccd-tools.mo),644:$(BUILD)/locale/$(l):$(LOCALEDIR)/$(l))
SYSTEM = $(foreach f,udev/rules.d/93-cccd-readers.rules modprobe.d/cccd-no-nfc.conf polkit-1/rules.d/50-cccd-readers.rules,644:scripts/system/$(notdir $(f)):$(SYSCONFDIR)/$(f))
files = $(if $(filter %-system,$@),$(SYSTEM),$(INSTALLED))
install install-system: $$(if $$(filter install,$$@),all) # the second is what readers need of the machine; nothing of it is built
	$(Q)IFS=:; for line in $(files); do set -- $$line; $(INSTALL) -D -m $$1 "$$2" "$(DESTDIR)$$3" || exit 1; done
uninstall uninstall-system:; $(Q)for line in $(files); do rm -f "$(DESTDIR)$${line##*:}"; done
dist:; $(Q)mkdir -p dist; git archive --prefix=cccd-tools-$(VERSION)/ HEAD | gzip -9n >dist/cccd-tools-$(VERSION).tar.gz
clean:; $(Q)rm -rf $(BUILD)
