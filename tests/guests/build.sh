#!/usr/bin/env bash
# Builds the test guests that the installed toolchains allow into target/*.wasm and says which were skipped and why.
#
#   ./build.sh [all|c|rust|js|go|zig|assemblyscript|python]...
#   ./build.sh --check     builds the C guests and compares them with the checked-in c/*.wasm
#
# Exit code 0 also when guests were skipped: the tests that need them are then skipped too, with the same words.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../examples/hello/componentize.sh"
target=$here/target
mkdir -p "$target"

built() { printf 'built    %-22s %9d bytes\n' "$(basename "$1")" "$(stat -c %s "$1")"; }
skipped() { printf 'skipped  %-22s %s\n' "$1" "$2"; }

# attempt NAME COMMAND...: runs in a shell of its own; its last words are the reason when it fails.
attempt() {
    local name=$1 log
    shift
    log=$target/${name%.wasm}.log
    if (set -e; "$@") >"$log" 2>&1; then
        built "$target/$name"
    else
        rm -f "$target/$name"
        skipped "$name" "$(grep -v '^ *$' "$log" | tail -n 1) (all of it: $log)"
    fi
}

trouble() {
    find_tools
    compile_c "$here/c/trouble.c" "$target/trouble-core.wasm"
    componentize "$target/trouble-core.wasm" "$here/c/trouble.wit" trouble "$target/trouble.wasm" \
        "$here/c/logging.wit" "$here/c/config.wit"
    rm "$target/trouble-core.wasm"
}

preview1_command() {
    find_tools
    compile_c "$here/c/command.c" "$target/command.wasm"
}

# The same program as a WASI 0.2 component, by the public adapter.
command_component() {
    find_tools
    node "$JCO_PACKAGE/../../.bin/jco" new "$target/command.wasm" --wasi-command -o "$target/command-component.wasm"
}

build_c() {
    attempt trouble.wasm trouble
    attempt command.wasm preview1_command
    attempt command-component.wasm command_component
}

build_rust() {
    attempt rust-http.wasm "$here/rust/build.sh" "$target/rust-http.wasm"
}

build_js() {
    attempt js-spidermonkey.wasm "$here/js/build.sh" spidermonkey "$target/js-spidermonkey.wasm"
    attempt js-quickjs.wasm "$here/js/build.sh" quickjs "$target/js-quickjs.wasm"
}

build_go() { attempt go-command.wasm "$here/go/build.sh" "$target/go-command.wasm"; }
build_zig() { attempt zig-command.wasm "$here/zig/build.sh" "$target/zig-command.wasm"; }
build_assemblyscript() {
    attempt assemblyscript-command.wasm "$here/assemblyscript/build.sh" "$target/assemblyscript-command.wasm"
}
build_python() { attempt python-command.wasm "$here/python/build.sh" "$target/python-command.wasm"; }

[ $# -gt 0 ] || set -- all
for which in "$@"; do
    case "$which" in
        all) build_c; build_rust; build_js; build_go; build_zig; build_assemblyscript; build_python ;;
        c) build_c ;;
        rust) build_rust ;;
        js) build_js ;;
        go) build_go ;;
        zig) build_zig ;;
        assemblyscript) build_assemblyscript ;;
        python) build_python ;;
        --check)
            build_c
            for name in trouble command; do
                [ -f "$target/$name.wasm" ] || stop "c/$name.wasm cannot be checked: it was not built."
                cmp "$target/$name.wasm" "$here/c/$name.wasm" \
                    || stop "c/$name.c builds to other bytes than the checked-in c/$name.wasm: commit target/$name.wasm, or use clang 19."
            done ;;
        *) stop "Unknown guest $which; known are all, c, rust, js, go, zig, assemblyscript, python and --check." 2 ;;
    esac
done
