#!/usr/bin/env bash
# build.sh OUTPUT: the Rust handler as a component.
#
# Where rustc has the target wasm32-wasip2 it is a plain cargo build. Debian has no wasm std package for its newer Rust;
# there the standard library is built from rust-web-src for wasm32-wasip1 and jco's adapter makes the component:
#   apt-get install rustc-web cargo-web rust-web-src lld-22 wasi-libc
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../examples/hello/componentize.sh"
output=$1
build=$here/../target/rust

if [ -d "$(rustc --print target-libdir --target wasm32-wasip2 2>/dev/null)" ]; then
    cargo build --manifest-path "$here/Cargo.toml" --release --target wasm32-wasip2 --target-dir "$build"
    cp "$build/wasm32-wasip2/release/rust_http.wasm" "$output"
    exit
fi

[ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src/rust/library ] && [ -f /usr/lib/wasm32-wasi/libc.a ] \
    || stop "No Rust for wasm32: rustup target add wasm32-wasip2, or on Debian apt-get install rustc-web cargo-web rust-web-src lld-22 wasi-libc." 69
llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
linker=$(first_of "wasm-ld-$llvm" wasm-ld) || stop "No wasm-ld for LLVM $llvm: apt-get install lld-$llvm." 69
find_jco
export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
export CARGO_TARGET_WASM32_WASIP1_LINKER=$(command -v "$linker")
export CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS="-Clinker-flavor=wasm-ld -Clink-self-contained=no -L/usr/lib/wasm32-wasi"
/usr/bin/cargo build --manifest-path "$here/Cargo.toml" --release --target wasm32-wasip1 --target-dir "$build" \
    -Zbuild-std=std,panic_abort
node "$JCO_PACKAGE/../../.bin/jco" new "$build/wasm32-wasip1/release/rust_http.wasm" --wasi-reactor -o "$output"
