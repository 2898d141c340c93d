#!/usr/bin/env bash
# build.sh OUTPUT: the Python program with CPython inside, as a component.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../examples/hello/componentize.sh"
. "$here/tools.sh"
find_jco
python_tool componentize-py 0.25.1
wit=$(mktemp -d)
trap 'rm -rf "$wit"' EXIT
mkdir "$wit/deps"
cp "$here/command.wit" "$wit/"
cp -r "$JCO_PACKAGE"/lib/wit/builtin/0.2.12/* "$wit/deps/"
cd "$here"
"$PYTHON_TOOLS/bin/componentize-py" -d "$wit" -w command componentize app -o "$1"
