# Everything a contributor runs. `make` alone lists the verbs; each creates what it needs.

.DEFAULT_GOAL := help
.PHONY: help serve build release check diff test bench lighthouse mutate schema lock clean npm

PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH := .:hooks
export NO_MKDOCS_2_WARNING := 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

help:  ## list these verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

serve: .venv/ready npm  ## build the site and serve it at http://127.0.0.1:8000/, again at each change
	$(BIN)/python -m mkdocs serve

build: .venv/ready npm  ## build the site into site/; a site built earlier stays until the new one is whole
	@rm -rf .site-next
	$(BIN)/python -m mkdocs build --quiet --site-dir .site-next
	@rm -rf site && mv .site-next site && echo "The site is in site/."

release: .venv/ready npm  ## the site as an archive with its checksum in release/; the same input gives the same bytes
	@$(BIN)/python tools/release.py

check: .venv/ready  ## check the registry: every fault, and what to look at again; LINKS=1 also asks every address outside
	@$(BIN)/python -m waymark_site.check $(if $(LINKS),--links) $(if $(LOCAL),--local=$(LOCAL))

diff: .venv/ready  ## say what differs in meaning from BASE=a revision of git, a project's folder or a services.yaml; RECORD=1 keeps it
	@$(BIN)/python -m waymark_site.diff $(if $(RECORD),--record) $(BASE)

test: .venv/test-ready node_modules/ready  ## run every test
	@$(BIN)/python tools/browser.py
	$(BIN)/python -m pytest -n auto --dist loadgroup

bench: .venv/test-ready node_modules/ready  ## measure time and size against a stock site, a stock Pyodide and a table library; NATIONAL=1: at 10,000 services
	@$(BIN)/python tools/browser.py
	$(BIN)/python tools/bench.py $(if $(NATIONAL),--national)
ifndef NATIONAL
	$(BIN)/python tools/bench_engine.py
	$(BIN)/python tools/bench_start.py
	$(BIN)/python tools/bench_compare.py
endif

lighthouse: .venv/test-ready tools/lighthouse/node_modules/ready  ## score a page of every kind with Lighthouse; slow
	@$(BIN)/python tools/browser.py
	$(BIN)/python tools/lighthouse.py

mutate: .venv/test-ready  ## break the engine and the criteria on purpose: do the tests notice?
	PYTHONPATH=$(PYTHONPATH):tests/quiz $(BIN)/python tools/mutate.py --sample 150

schema: .venv/ready  ## derive the JSON Schema of services.yaml from the model
	$(BIN)/python -m waymark_site.schema

lock: .venv/ready  ## pin the newest versions that requirements.in and package.json allow
	$(BIN)/python -m pip install --quiet uv
	for name in requirements requirements-test; do \
		$(BIN)/uv pip compile $$name.in --universal --python-version 3.11 --upgrade --generate-hashes \
			--no-emit-index-url --no-header --quiet --output-file $$name.lock; done
	for folder in . tools/lighthouse; do \
		npm --prefix $$folder install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved; done

clean:  ## remove everything that was made
	rm -rf .venv node_modules tools/lighthouse/node_modules site .site-next release .hypothesis .cache

.venv/ready: requirements.lock tools/venv.sh
	@sh tools/venv.sh "$(PYTHON)" requirements.lock
	@touch $@

.venv/test-ready: requirements-test.lock .venv/ready
	@sh tools/venv.sh "$(PYTHON)" requirements-test.lock
	@touch $@

# Where npm cannot be had, the site is built without the quiz's engine, and says so.
npm: .venv/ready
	@test node_modules/ready -nt package-lock.json || { sh tools/node.sh . && touch node_modules/ready; } 2>/dev/null || true

node_modules/ready: package-lock.json tools/node.sh .venv/ready
	@sh tools/node.sh .
	@touch $@

tools/lighthouse/node_modules/ready: tools/lighthouse/package-lock.json tools/node.sh .venv/ready
	@sh tools/node.sh tools/lighthouse
	@touch $@
