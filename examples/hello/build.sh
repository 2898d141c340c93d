#!/usr/bin/env bash
# Builds hello.wasm, a WASI 0.2 component, from hello.c.
#
#   ./build.sh           builds, writes hello.wasm and prints its SHA-256
#   ./build.sh --check   builds and fails unless the bytes equal those of the checked-in hello.wasm
#
# Needs clang and lld 19 (Debian: apt-get install clang-19 lld-19) and jco (npm: @bytecodealliance/jco 1.35.0). Any clang
# with the wasm32 target builds a component that works; only version 19 gives the same bytes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/componentize.sh"

check=no
case "${1:-}" in
    --check) check=yes ;;
    '') ;;
    *) stop "Unknown argument $1; the only one known is --check." 2 ;;
esac

find_tools
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
compile_c "$here/hello.c" "$scratch/core.wasm"
componentize "$scratch/core.wasm" "$here/world.wit" hello "$scratch/hello.wasm"

if [ "$check" = yes ]; then
    cmp "$scratch/hello.wasm" "$here/hello.wasm" \
        || stop "The build gives other bytes than the checked-in hello.wasm: commit what ./build.sh writes, or use clang 19 ($CLANG is $("$CLANG" -dumpversion))."
    echo "hello.wasm is what hello.c builds to."
else
    mv "$scratch/hello.wasm" "$here/hello.wasm"
    chmod 644 "$here/hello.wasm"
fi
(cd "$here" && sha256sum hello.wasm && wc -c hello.wasm)
