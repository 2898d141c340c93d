#!/usr/bin/env bash
# build.sh OUTPUT: the Zig program as a preview 1 module. Zig comes from PyPI where the machine has none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../examples/hello/componentize.sh"
. "$here/../python/tools.sh"
if command -v zig >/dev/null; then
    zig=(zig)
else
    python_tool ziglang 0.17.0
    zig=("$PYTHON_TOOLS/bin/python" -m ziglang)
fi
"${zig[@]}" build-exe "$here/main.zig" -target wasm32-wasi -O ReleaseSmall --cache-dir "$here/../target/zig" \
    --global-cache-dir "$here/../target/zig" -femit-bin="$1"
