# docket: `make demo` shows it at work, `make test` runs every test. See CONTRIBUTING.md.

SWIFT ?= swift
PREFIX ?= /usr/local
DEMO ?= demo-repository
UNAME := $(shell uname -s)

# One self-contained program that starts like git, where Debian's static libraries are.
ifeq ($(UNAME),Linux)
RELEASE = DOCKET_STATIC=1 $(SWIFT) build -c release --product docket -Xswiftc -static-executable
else
RELEASE = $(SWIFT) build -c release --product docket
endif
PROGRAM = .build/release/docket

.PHONY: all build test demo bench install lint format clean dependencies

all: build

build: dependencies
	$(RELEASE)

test: dependencies
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

demo: build
	@rm -rf "$(DEMO)"
	@$(PROGRAM) demo "$(DEMO)"

bench: build
	@Benchmarks/run $(PROGRAM)

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/docket"
	ln -sf docket "$(DESTDIR)$(PREFIX)/bin/git-docket"

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Plugins Sources Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Plugins Sources Tests

dependencies:
	@./scripts/dependencies

clean:
	$(SWIFT) package clean
	rm -rf "$(DEMO)"
