#!/usr/bin/env bash
# Runs the prebuilt preview 1 programs of the wasi-testsuite (WebAssembly/wasi-testsuite, branch prod/testsuite-base) and
# prints a table. WARPGRID_WASI_TESTSUITE names the folder; exit code 0 and one line where it is not set.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/.." && pwd)
. "$ROOT/build/env.sh"

if [ ! -d "${WARPGRID_WASI_TESTSUITE:-}" ]; then
    say "skipped: WARPGRID_WASI_TESTSUITE names no folder of the wasi-testsuite."
    exit 0
fi
find_jdk
find_maven
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
"$MVN" -B -ntp -f "$ROOT/pom.xml" -pl runtime/wasi -am test -Dtest=WasiTestsuiteTest \
    -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1 || status=$?
cat "$ROOT/runtime/wasi/target/wasi-testsuite.md" 2>/dev/null || tail -n 30 "$log"
exit "$status"
