#!/usr/bin/env bash
# build.sh spidermonkey|quickjs OUTPUT: the JavaScript handler with the engine inside, as a component.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../examples/hello/componentize.sh"
find_jco
node "$here/componentize.mjs" "$JCO_PACKAGE" "$1" "$here/handler.js" "$here/handler.wit" handler "$2"
