# `make demo` and `make test` need only Python 3.11+ and make; each sets up .venv by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-whoosh-original lint identity strings quality fuzz fuzz-queries hostile-titles power-loss io-errors \
	bit-rot hostile-indexes kill-9 concurrency model orphans coverage bench bench-engines bench-growth bench-million clean

demo: $(READY)
	@echo "== Indexing corpus/ into index/"
	@$(BIN)/newsearch index corpus
	@echo; echo "== newsearch search 乡村振兴"
	@$(BIN)/newsearch search 乡村振兴 --limit 3
	@echo; echo '== newsearch search "人工智能" -茶叶       (an exact string; one word excluded)'
	@$(BIN)/newsearch search '"人工智能"' -茶叶 --limit 2
	@echo; echo "== newsearch search 颱風 漁船 --from 2024    (traditional characters find simplified text)"
	@$(BIN)/newsearch search 颱風 漁船 --from 2024 --limit 2
	@echo; echo "Now try your own:  $(BIN)/newsearch search 高铁"

# Files of tests are shared out among the processors, four at most. One test: .venv/bin/python -m pytest -k NAME
test: $(READY) lint
	@echo "== Tests"
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# The index and search tests with Whoosh 2.7.4, which whoosh3 continues, in an environment of their own.
WHOOSH_ORIGINAL := .venv-whoosh
test-whoosh-original: $(WHOOSH_ORIGINAL)/.original
	@echo "== Index and search tests with the original Whoosh"
	@$(WHOOSH_ORIGINAL)/bin/python -m pytest tests/index tests/evaluation tests/codec \
		tests/test_query.py tests/test_library.py tests/test_ranking.py

lint: $(READY)
	@echo "== Lint and types"
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# Holds the two segmenters to the same words on every run of the news beside the project; up to a minute.
identity: $(READY)
	@$(BIN)/python -m pytest -m long tests/terms/test_identity.py

# Asks ten thousand random strings of that news, held to brute force: none missed, none too many, marks exact.
strings: $(READY)
	@$(BIN)/python -m pytest -m long tests/test_strings.py

# Headlines against bodies: newsearch beside plain BM25, on the news beside the project.
quality: $(READY)
	@$(BIN)/python -m tests.quality

# Measures newsearch alone; bench-engines puts Tantivy, SQLite FTS5 and stock Whoosh beside it (ARTICLES=100000 for more).
# bench-growth does so at three sizes and plots them, bench-million adds a fourth: long, and over 10 GB in build/bench.
ARTICLES ?= 20000
BENCH := $(BIN)/python -m tests.bench
bench: $(READY)
	@$(BENCH) run --articles news --engines newsearch --out build/bench/news

bench-engines: $(VENV)/.bench
	@$(BENCH) run --articles $(ARTICLES)

bench-growth: $(VENV)/.bench
	@$(BENCH) run --articles 20000
	@$(BENCH) run --articles 100000
	@$(BENCH) run --articles 500000
	@$(BENCH) plot

bench-million: $(VENV)/.bench
	@$(BENCH) run --articles 1000000
	@$(BENCH) plot

# Files nobody would write for every parser of files, ten minutes each: SECONDS=60, TARGET=docx, SEED=... (it is printed).
# What broke the promise is put in build/fuzz. atheris guides it, which is made for Linux and some Pythons only.
SECONDS ?= 600
fuzz: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3,<4' 2>/dev/null || true
	@PYTHONPATH=tests:. $(BIN)/python -m fuzz --seconds $(SECONDS) $(if $(TARGET),--target $(TARGET)) $(if $(SEED),--seed $(SEED))

# Queries at random, each to be answered or refused; the seed is printed (SEED=... repeats a run, INDEX=... asks an index
# that is there).
QUERIES ?= 20000
fuzz-queries: $(READY)
	@$(BIN)/python -m tests.query_fuzz --queries $(QUERIES) $(if $(SEED),--seed $(SEED)) $(if $(INDEX),--index $(INDEX))

# Articles, names and queries that try to steer a terminal, shown on one by every command; the seed is printed.
TITLES ?= 100000
hostile-titles: $(READY)
	@$(BIN)/python -m tests.hostile --articles $(TITLES) $(if $(SEED),--seed $(SEED))

# Cuts the power at every moment of an index's life (COUNT=100000 disks), and refuses its calls to the files one by one
# (COUNT=2000 of them); the seed is printed (SEED=...). tests/faults/README.md says what each proves.
power-loss: $(READY)
	@$(BIN)/python -m tests.faults.power_loss $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

io-errors: $(READY)
	@$(BIN)/python -m tests.faults.io_errors $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

# What must never happen, tried: tests/faults/README.md says what each campaign does. COUNT says how often, each prints
# its seed (SEED=... repeats a run).
FAULTS = PYTHONPATH=tests:. $(BIN)/python -m faults
kill-9: $(READY)
	@$(FAULTS).kill $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

concurrency: $(READY)
	@$(FAULTS).concurrency $(if $(COUNT),--opens $(COUNT)) $(if $(SEED),--seed $(SEED))

model: $(READY)
	@$(FAULTS).model $(if $(COUNT),--runs $(COUNT)) $(if $(SEED),--seed $(SEED))

orphans: $(READY)
	@$(FAULTS).orphans $(if $(COUNT),--commits $(COUNT)) $(if $(SEED),--seed $(SEED))

# Every line and every branch of what writes, recovers, checks and repairs an index is tested; worker processes count.
COVERAGE := $(BIN)/python -m coverage
coverage: $(READY)
	@rm -rf build/coverage && mkdir -p build/coverage
	@$(COVERAGE) run -m pytest -q tests/index tests/test_build.py \
		tests/faults/test_repair.py tests/faults/test_salvage.py
	@$(COVERAGE) combine --quiet && $(COVERAGE) report --show-missing --fail-under=100

# Damages small indexes at random, tens of thousands of times: the right answer or an error that names the file.
FLIPS ?= 20000
bit-rot: $(READY)
	@$(BIN)/python -m tests.faults.bit_rot --flips $(FLIPS) $(if $(SEED),--seed $(SEED))

# Indexes made to harm, with checksums that fit: refused in one line, or harmless.
INDEXES ?= 3000
hostile-indexes: $(READY)
	@$(BIN)/python -m tests.faults.hostile --indexes $(INDEXES) $(if $(SEED),--seed $(SEED))

clean:
	rm -rf $(VENV) $(WHOOSH_ORIGINAL) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(WHOOSH_ORIGINAL)/.original: $(WHOOSH_ORIGINAL)/.ready
	@$(WHOOSH_ORIGINAL)/bin/python -m pip uninstall --quiet --yes whoosh3
	@$(WHOOSH_ORIGINAL)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps Whoosh==2.7.4
	@touch $@

# Set up once, and again whenever the dependencies change.
%/.ready: pyproject.toml
	@echo "== Setting up $* (once; needs the network)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsearch needs Python 3.11 or newer; name one with make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $*
	@$*/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/.bench: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
