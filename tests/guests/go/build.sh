#!/usr/bin/env bash
# build.sh OUTPUT: the Go program as a preview 1 module.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../examples/hello/componentize.sh"
command -v go >/dev/null || stop "No go found: apt-get install golang, or see the Go project for 1.24 or newer." 69
cd "$here"
GOOS=wasip1 GOARCH=wasm go build -trimpath -ldflags=-s -o "$1" .
