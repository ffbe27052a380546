# Every command prepares what it needs itself (scripts/bootstrap.py), so each also works as the first one typed.

# The first interpreter on the PATH that is new enough. An old `python3` may stand in front of a newer `python3.11`.
CANDIDATES := python3 python3.11 python3.12 python3.13 python3.14 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for name in $(CANDIDATES); do "$$name" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo "$$name"; break; }; done)
endif
ARGS ?=

# `exec` lets Ctrl-C and SIGTERM reach the program itself: no shell stays in between.
define run
@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found on the PATH." >&2; exit 2; }
@exec $(PYTHON) scripts/bootstrap.py
endef

.DEFAULT_GOAL := help
.PHONY: help start dev simulator test test-postgresql lint bench soak images audit openapi lock reset-db screenshots

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

start: ## Install, build and run: http://localhost:5000 (without keys: a demo account)
	$(run) start $(ARGS)

dev: ## Run for development: reload on both sides, ports 5000 and 5173
	$(run) dev $(ARGS)

simulator: ## Run the built-in exchange alone, for any bot: http://127.0.0.1:8765 (docs/simulator.md)
	$(run) simulator $(ARGS)

test: ## Run every check and every test
	$(run) test

test-postgresql: ## Run every Python test on PostgreSQL (of the machine, or TEST_POSTGRESQL_URL; ARGS=... for a part)
	$(run) test-postgresql $(ARGS)

lint: ## Run the checks that only read the code
	$(run) lint

bench: ## Print the speed and size ratios beside their goals
	$(run) bench $(ARGS)

soak: ## Run a promise's full count, in slices that can be stopped (ARGS=filters; without: the list)
	$(run) soak $(ARGS)

images: ## Build the container images without an engine and start them (root, buildah, debootstrap)
	$(run) images

audit: ## Ask whether a pinned package has a known weakness (1: yes; 2: could not be asked)
	$(run) audit

openapi: ## Write docs/openapi.json and the dashboard's types anew
	$(run) openapi

screenshots: ## Take the pictures of docs/images anew, from a fresh demo (needs Chromium)
	$(run) screenshots $(ARGS)

lock: ## Write the hashed requirements anew (newer versions: make lock ARGS=--upgrade)
	$(run) lock $(ARGS)

reset-db: ## Delete the local database, after asking (FORCE=1: without asking)
	$(run) reset-db
