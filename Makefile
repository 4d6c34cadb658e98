# The Latent Library in a handful of words: run, test, coverage, check, reference, browser, bench, train, pictures, clean.
# VENV and PYTHON may be set on the command line: make test PYTHON=python3.12 VENV=/somewhere/else

PYTHON ?= python3
VENV   ?= .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip install --quiet --no-compile --disable-pip-version-check

# compiled files are kept: the app and its tests start in half the time
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test coverage check reference browser bench train pictures clean
.DEFAULT_GOAL := run

run: $(VENV)/run.ok            ## install what the app needs and open it in the browser
	$(PY) -m streamlit run Home.py

test: $(VENV)/test.ok          ## install what the tests need and pass all of them; a skipped test is a failed one
	$(PY) -m tests.browser.chromium
	$(PY) -m pytest --no-skips --numprocesses 2 --dist loadfile $(ARGS)

coverage: $(VENV)/test.ok      ## lines of lab/ that the tests run, those in the browser left out; less than 95 % fails
	$(PY) -m pytest --no-skips --numprocesses 2 --dist loadfile --ignore tests/browser \
	  --cov --cov-report term --cov-fail-under 95 $(ARGS)

check: $(VENV)/test.ok         ## layout, lint and types, nothing is changed
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

reference: $(VENV)/test.ok     ## the reference of the contract, made from the docstrings, in out/reference
	$(PY) -m tests.reference out/reference

browser: $(VENV)/test.ok       ## only the tests in the real browser
	$(PY) -m tests.browser.chromium
	$(PY) -m pytest --no-skips tests/browser $(ARGS)

bench: $(VENV)/test.ok         ## every benchmark, each beside a peer measured in the same run
	@for script in benchmarks/*.py; do \
	  word=$$(basename $$script .py); case $$word in _*) continue;; esac; \
	  echo "== $$word"; $(PY) -m benchmarks.$$word || exit 1; \
	done

train: $(VENV)/test.ok         ## train babel again, or go on with a training that was stopped
	$(PY) -m lab.babel.train $(ARGS)

pictures: $(VENV)/test.ok      ## the pictures of README.md, taken with the browser
	$(PY) -m tests.browser.chromium
	$(PY) -m tests.browser.pictures

clean:                         ## remove the environment and every cache
	rm -rf $(VENV) .ruff_cache .mypy_cache .hypothesis .coverage* htmlcov out

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name one that is: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.ok: requirements.txt constraints.txt | $(PY)
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test.ok: requirements-dev.txt requirements.txt constraints.txt | $(PY)
	$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/run.ok
