# Zhidian (支点): `make run` and `make test` do everything on a machine with Rust and Node; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run page report test oracles bench budget pictures sample need-cargo

DOSSIERS := dossiers/quzhou dossiers/laibin dossiers/xinxiang

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: need-cargo page ## build the page and the release, and serve the three dossiers; the address is printed
	@cargo build --release --locked --package zhidian
	@exec "$$(tools/target-dir)/release/zhidian" serve $(DOSSIERS)

page: ## build the page into web/dist, from where the program takes it
	@tools/page build

report: need-cargo ## build the release and assess the three dossiers; the report goes to out/
	@cargo build --release --locked --package zhidian
	@"$$(tools/target-dir)/release/zhidian" assess $(DOSSIERS) --out out
	@echo "open in a browser: $$(pwd)/out/report.zh.html or report.en.html" >&2

test: need-cargo ## the page, format, lints, licences, tests, documentation, the dossiers under Frictionless
	@tools/test

oracles: need-cargo ## the long comparisons with reference programs and gold annotations (ZHIDIAN_ORACLES, default ../shared/oracles)
	@tools/oracles

bench: need-cargo ## measure the commands, beside the peers that can be installed; results go to bench/results/
	@tools/need python3 "Python 3.9 or newer from your system's packages or https://www.python.org/downloads/"
	@cargo build --release --locked --package zhidian
	@python3 bench/run.py --zhidian "$$(tools/target-dir)/release/zhidian"

budget: need-cargo ## seconds of a clean release build and bytes of the binary
	@cargo xtask budget

pictures: page ## take the pictures of README and docs from the page as it is
	@cargo build --release --locked --package zhidian
	@cd web && ZHIDIAN_BIN="$$(../tools/target-dir)/release/zhidian" node tools/pictures.mjs

sample: need-cargo ## put what the program prints today into both READMEs
	@tools/need python3 "Python 3.9 or newer from your system's packages or https://www.python.org/downloads/"
	@cargo build --release --locked --package zhidian
	@python3 tools/readme-sample "$$(tools/target-dir)/release/zhidian"

need-cargo:
	@tools/need cargo "Rust 1.95 or newer from https://rustup.rs: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
