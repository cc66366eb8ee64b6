# docket: `make demo` shows it at work, `make test` runs every test. See CONTRIBUTING.md.

SWIFT ?= swift
PREFIX ?= /usr/local
MANDIR ?= $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DEMO ?= demo-repository
UNAME := $(shell uname -s)

# The folder's own path stays out of the program, and out of hashes in it that only a compiler reads:
# it is the same wherever it is built.
RELEASE = $(SWIFT) build -c release --product docket -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." \
  -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen
ifeq ($(UNAME),Linux)
# One self-contained program that starts like git, where Debian's static libraries are. The linker's
# map says which of them are in it; scripts/sbom reads that.
RELEASE := DOCKET_STATIC=1 $(RELEASE) -Xswiftc -static-executable -Xlinker --build-id=none -Xlinker -Map=.build/docket.map
endif
PROGRAM = .build/release/docket

.PHONY: all build test demo fault-test bench install dist dist-test lint format clean dependencies

all: build

build: dependencies
	$(RELEASE)

test: dependencies
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

demo: build
	@rm -rf "$(DEMO)"
	@$(PROGRAM) demo "$(DEMO)"

# N faults in writes and 15 kills for each hundred of them; SEED=2 takes others.
fault-test: build
	@strip -g -o .build/docket-stripped $(PROGRAM)
	Tests/Faults/fault-test .build/docket-stripped --faults $(or $(N),2000) \
	  --kills $(shell expr $(or $(N),2000) \* 3 / 20) --seed $(or $(SEED),1)
	Tests/Faults/hostile-repository .build/docket-stripped

bench: build
	@Benchmarks/run $(PROGRAM)

install: build
	scripts/install $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(MANDIR)" \
	  "$(DESTDIR)$(BASHDIR)" "$(DESTDIR)$(ZSHDIR)" "$(DESTDIR)$(FISHDIR)"

# What users install, in dist/; docs/release.md.
dist: build
	scripts/dist $(PROGRAM)

# Installs each of them where there is no Swift and no network, and tries it. SMALL=1 leaves out what
# takes minutes.
dist-test: dist
	Tests/Distribution/dist-test $(if $(SMALL),--small)

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Plugins Sources Tests
	scripts/lint-layout
	scripts/lint-text
	scripts/lint-test
	scripts/schema-digests --check

format:
	$(SWIFT) format --in-place --recursive Package.swift Plugins Sources Tests

dependencies:
	@./scripts/dependencies

clean:
	$(SWIFT) package clean
	rm -rf "$(DEMO)"
