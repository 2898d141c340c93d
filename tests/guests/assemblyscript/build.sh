#!/usr/bin/env bash
# build.sh OUTPUT: the AssemblyScript program as a preview 1 module.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../examples/hello/componentize.sh"
guests=$(cd "$here/.." && pwd)
modules=${ASSEMBLYSCRIPT:-$guests/node_modules}
if [ ! -x "$modules/.bin/asc" ]; then
    command -v npm >/dev/null || stop "No npm found: apt-get install npm." 69
    npm install --silent --no-save --prefix "$guests" >&2 || true
fi
[ -x "$modules/.bin/asc" ] || stop "No AssemblyScript found: npm install assemblyscript @assemblyscript/wasi-shim." 69
# The compiler takes its files by paths below the folder it runs in.
cd "$(dirname "$modules")"
cp "$here/main.ts" guest-main.ts
trap 'rm -f guest-main.ts' EXIT
"$modules/.bin/asc" guest-main.ts --config "./$(basename "$modules")/@assemblyscript/wasi-shim/asconfig.json" \
    --optimize --outFile "$1"
