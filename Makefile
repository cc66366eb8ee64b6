# docket: `make demo` shows it at work, `make test` runs every test. See CONTRIBUTING.md.

SWIFT ?= swift
PREFIX ?= /usr/local
MANDIR ?= $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DEMO ?= demo-repository
UNAME := $(shell uname -s)

# One self-contained program that starts like git, where Debian's static libraries are.
ifeq ($(UNAME),Linux)
RELEASE = DOCKET_STATIC=1 $(SWIFT) build -c release --product docket -Xswiftc -static-executable
else
RELEASE = $(SWIFT) build -c release --product docket
endif
PROGRAM = .build/release/docket

.PHONY: all build test demo fault-test bench install lint format clean dependencies

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
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/docket"
	ln -sf docket "$(DESTDIR)$(PREFIX)/bin/git-docket"
	$(PROGRAM) manual "$(DESTDIR)$(MANDIR)"
	install -d "$(DESTDIR)$(BASHDIR)" "$(DESTDIR)$(ZSHDIR)" "$(DESTDIR)$(FISHDIR)"
	$(PROGRAM) completions bash > "$(DESTDIR)$(BASHDIR)/docket"
	$(PROGRAM) completions zsh > "$(DESTDIR)$(ZSHDIR)/_docket"
	$(PROGRAM) completions fish > "$(DESTDIR)$(FISHDIR)/docket.fish"

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
