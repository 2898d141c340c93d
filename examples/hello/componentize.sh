# Sourced by build scripts: C source to core module to WASI 0.2 component. Sets CLANG, LLD and JCO_PACKAGE.
here_of_tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
guest_tools=$(cd "$here_of_tools/../../tests/guests" 2>/dev/null && pwd || true)

stop() { printf '%s\n' "$1" >&2; exit "${2:-1}"; }

first_of() {
    local candidate
    for candidate in "$@"; do
        command -v "$candidate" && return
    done
    return 1
}

find_tools() {
    CLANG=${CLANG:-$(first_of clang-19 clang)} || stop "No clang found: apt-get install clang-19 lld-19, or set CLANG." 69
    LLD=${LLD:-$(first_of "wasm-ld-$("$CLANG" -dumpversion | cut -d. -f1)" wasm-ld)} \
        || stop "No wasm-ld found: apt-get install lld-19, or set LLD." 69
    find_jco
}

find_jco() {
    if [ -z "${JCO:-}" ]; then
        if [ -n "$guest_tools" ] && [ ! -x "$guest_tools/node_modules/.bin/jco" ] && command -v npm >/dev/null; then
            # Not npm ci: it insists on the optional packages of other platforms too, which not every registry has.
            npm install --silent --no-save --prefix "$guest_tools" >&2 || true
        fi
        JCO=$(first_of "$guest_tools/node_modules/.bin/jco" jco) \
            || stop "No jco found: npm install -g @bytecodealliance/jco@1.35.0, or set JCO." 69
    fi
    JCO_PACKAGE=$(cd "$(dirname "$(readlink -f "$JCO")")" && while [ ! -f package.json ] && [ "$PWD" != / ]; do cd ..; done && pwd)
    [ -d "$JCO_PACKAGE/lib/wit/builtin/0.2.12" ] || stop "jco at $JCO has no WIT files of WASI 0.2.12: install version 1.35.0." 69
}

# compile_c SOURCE OUTPUT: a core module without libc, 64 KB of memory, 8 KB of it stack below the data, so that an
# overflow traps at address zero instead of writing over data.
compile_c() {
    "$CLANG" --target=wasm32-unknown-unknown -std=c17 -Os -Wall -Wextra -Werror -nostdlib -ffreestanding -fno-builtin \
        -mno-bulk-memory -fuse-ld="$LLD" -Wl,--no-entry -Wl,--stack-first -Wl,-z,stack-size=8192 -Wl,--strip-all \
        ${CFLAGS_EXTRA:-} -o "$2" "$1"
}

# componentize CORE WORLD_WIT WORLD OUTPUT [WIT_FILE...]
componentize() { node "$here_of_tools/componentize.mjs" "$JCO_PACKAGE" "$@"; }
