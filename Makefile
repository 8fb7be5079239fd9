# Each target sets up what it needs: a .venv from the lock file, the package itself in it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint score bench llama train train-check errors classes places lock clean

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "attache needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

demo: $(VENV)/.ready
	@$(BIN)/attache brief --lang en samples/07-agency-saudi-iran.txt samples/18-site-saudi-iran-copy.html samples/01-selfmedia-geneva.txt samples/24-site-call-denied.html
	@echo
	@echo "That was a brief over four of the sample pages in samples/. Try next:"
	@echo "  $(BIN)/attache read samples/03-selfmedia-alaska.txt          one page, taken apart for a person"
	@echo "  $(BIN)/attache brief --lang zh samples/                      the brief over all samples, in Chinese"
	@echo "  $(BIN)/attache read --json samples/ | head -c 2000           the records, one a line, for machines"

test: $(VENV)/.ready
	$(BIN)/python -m pytest

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(VENV)/.ready
	$(BIN)/python tests/score_gate.py

check: lint $(VENV)/.ready
	$(BIN)/attache lexicon check
	$(MAKE) --no-print-directory test
	$(MAKE) --no-print-directory score

bench: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/parties.py
	$(BIN)/python bench/times.py
	$(BIN)/python bench/amounts.py
	$(BIN)/python bench/voices.py
	$(BIN)/python bench/second_reader.py
	$(BIN)/python bench/same.py
	$(BIN)/python bench/ledger.py
	$(BIN)/python bench/search.py

# llama.cpp's server for tests/second/test_llama.py, built from source in an environment of its own
llama: $(VENV)/llama/.ready

$(VENV)/llama/.ready: tests/second/llama.lock
	$(PYTHON) -m venv $(VENV)/llama
	CMAKE_ARGS="-DGGML_NATIVE=OFF" $(VENV)/llama/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/second/llama.lock
	touch $@

lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet pip-tools
	$(VENV)/lock/bin/pip-compile --quiet --extra dev --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml
	$(VENV)/lock/bin/pip-compile --quiet --extra bench --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe -o bench/requirements.lock pyproject.toml
	$(VENV)/lock/bin/pip-compile --quiet --extra train --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o training/requirements.lock pyproject.toml
	$(VENV)/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o tests/second/llama.lock tests/second/llama.in

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

$(VENV)/.training: $(VENV)/.ready training/requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r training/requirements.lock
	touch $@

train: $(VENV)/.training
	$(BIN)/python training/train.py

places: $(VENV)/.training
	$(BIN)/python training/geonames.py

train-check: $(VENV)/.training
	$(BIN)/python training/train.py --check

errors: $(VENV)/.training
	$(BIN)/python training/errors.py

classes: $(VENV)/.training
	$(BIN)/python training/classes.py
