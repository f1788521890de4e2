# Ugoda: make help lists what there is to say here.
# The tags belong to every go command: full text search in SQLite, and Fyne's
# present rules of threads.
TAGS    := sqlite_fts5,migrated_fynedo
VERSION := $(shell scripts/version)
LDFLAGS := -X main.version=$(VERSION)
TOOLS   := build/bin
GOLANGCI_LINT := v2.15.0
GOFUMPT := v0.12.0
# Packages where goroutines meet and no window is built: they run once more
# under the race detector.
RACE    := ./mail/... ./store/... ./service/...
# How long each fuzz target runs, and each benchmark.
FUZZTIME  ?= 30s
BENCHTIME ?= 1s

export CGO_ENABLED := 1

.PHONY: help run build test lint bench fuzz package screenshots format clean needs needs-test needs-package

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

run: build ## install what is missing, build, and open the window (without a display: draw the tour)
	@scripts/run

build: needs ## build build/ugoda
	@mkdir -p build
	go build -tags $(TAGS) -ldflags "$(LDFLAGS)" -o build/ugoda .

needs: ## install what building needs
	@scripts/need build

needs-test: ## install what the tests need
	@scripts/need build test

needs-package: ## install what packaging needs
	@scripts/need build package

test: needs-test ## install what the tests need, vet, and run every test on both engines
	go vet -tags $(TAGS) ./...
	go test -tags $(TAGS) ./...
	go test -tags $(TAGS) -race $(RACE)

lint: needs $(TOOLS)/golangci-lint-$(GOLANGCI_LINT) $(TOOLS)/gofumpt-$(GOFUMPT) ## look at the code: gofumpt, golangci-lint
	@unformed=$$($(TOOLS)/gofumpt-$(GOFUMPT) -l .); \
	  if [ -n "$$unformed" ]; then echo "not in gofumpt's form (make format):"; echo "$$unformed"; exit 1; fi
	$(TOOLS)/golangci-lint-$(GOLANGCI_LINT) run --build-tags $(TAGS) ./...
	@if command -v shellcheck >/dev/null; then shellcheck -s sh scripts/need scripts/run scripts/screenshots scripts/bench scripts/fuzz scripts/package scripts/version .ci/run packaging/linux/install.sh; fi

format: $(TOOLS)/gofumpt-$(GOFUMPT) ## bring the code into gofumpt's form
	$(TOOLS)/gofumpt-$(GOFUMPT) -w .

$(TOOLS)/golangci-lint-$(GOLANGCI_LINT):
	GOBIN="$(CURDIR)/$(TOOLS)" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT)
	mv $(TOOLS)/golangci-lint $@

$(TOOLS)/gofumpt-$(GOFUMPT):
	GOBIN="$(CURDIR)/$(TOOLS)" go install mvdan.cc/gofumpt@$(GOFUMPT)
	mv $(TOOLS)/gofumpt $@

bench: needs-test ## measure, and print the figures beside those of the bare engine
	@TAGS=$(TAGS) BENCHTIME=$(BENCHTIME) FIGURES=$(FIGURES) scripts/bench

fuzz: needs ## fuzz every parser for a while (FUZZTIME=30s each)
	@TAGS=$(TAGS) FUZZTIME=$(FUZZTIME) scripts/fuzz

package: needs-package ## Linux .tar.xz and .deb, Windows .exe, in build/dist
	@TAGS=$(TAGS) VERSION=$(VERSION) scripts/package

screenshots: build ## draw the screens again into docs/pictures
	scripts/screenshots

clean: ## remove build
	rm -rf build
