#!/usr/bin/env bash
# The Component Model's reference tests (.wast files).
#
#   build/conformance.sh convert   turns the files of ../shared/conformance, and of the folders that WARPGRID_CONFORMANCE
#                                  names (separated by colons), into target/conformance/scripts for the tests
#   build/conformance.sh table     writes docs/conformance.md from the results that the tests left
#
# Exit code 0 also when there is nothing to convert, which is said; converting needs node and the npm package jco.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/examples/hello/componentize.sh"
work=$here/target/conformance

convert() {
    local folders=() folder name
    [ ! -d "$here/../shared/conformance" ] || folders+=("$here/../shared/conformance")
    if [ -n "${WARPGRID_CONFORMANCE:-}" ]; then
        IFS=: read -ra more <<<"$WARPGRID_CONFORMANCE"
        folders+=("${more[@]}")
    fi
    rm -rf "$work/scripts"
    if [ ${#folders[@]} -eq 0 ]; then
        echo "Conformance tests skipped: there is no folder ../shared/conformance and WARPGRID_CONFORMANCE names none."
        return
    fi
    if ! command -v node >/dev/null; then
        echo "Conformance tests skipped: converting .wast files needs node."
        return
    fi
    find_jco
    for folder in "${folders[@]}"; do
        [ -d "$folder" ] || stop "The folder $folder that WARPGRID_CONFORMANCE names is not there."
        # The folder beside the checkout holds suites, each under its own name; any other folder is a suite.
        [ -d "$folder/component-model/test" ] && name=component-model folder=$folder/component-model/test \
            || name=$(basename "$folder")
        mkdir -p "$work/scripts/$name"
        node "$here/runtime/component/src/test/conformance/convert.mjs" "$JCO_PACKAGE" "$folder" "$work/scripts/$name" >/dev/null
        echo "Converted $(find "$work/scripts/$name" -name '*.json' | wc -l) .wast files of $name."
    done
}

# The results of one engine for the reference suite: file, passed, failed, remarks.
results() { sed -n "s|^component-model/||p" "$work/results-$1.tsv"; }

table() {
    local engines=() each out=$here/docs/conformance.md
    for each in graalwasm endive wasmtime; do
        [ ! -s "$work/results-$each.tsv" ] || engines+=("$each")
    done
    [ ${#engines[@]} -gt 0 ] || stop "There are no results: run the tests of runtime/engine-graalwasm first, as ./verify does."
    {
        cat <<'HEAD'
# Conformance

What the Component Model's own tests (`test/**/*.wast` of its repository, state of 21 August 2026) say of this host.
`./verify` runs them on every engine where the files are beside the checkout in `../shared/conformance`, and those of any
folder that `WARPGRID_CONFORMANCE` names; `build/conformance.sh table` writes this page from what they left.

A command is a component that must be valid, or one of `assert_return`, `assert_trap`, `assert_invalid`,
`assert_malformed`. An entry is the number of commands that passed; what follows was not run or failed, and why. Parts
of the async extension are decoded, checked and refused by name when a component is linked: commands about running them
are *not yet*. Text that no binary form can hold concerns parsers of the text format, which this host has none of.

HEAD
        printf '| file |'; printf ' %s |' "${engines[@]}"; echo
        printf '|---|'; printf -- '---|%.0s' "${engines[@]}"; echo
        for each in "${engines[@]}"; do results "$each" | sed "s/^/$each\t/"; done | awk -F'\t' -v names="${engines[*]}" '
            BEGIN { count = split(names, engine, " ") }
            {
                if (!($2 in seen)) { seen[$2] = 1; order[++files] = $2 }
                text = $3
                if ($4 > 0) text = text "; " $4 " failed"
                sub(/; $/, "", $5); if ($5 != "") text = text ($4 > 0 ? ": " : "; ") $5
                cell[$2, $1] = text
                passed[$1] += $3; failed[$1] += $4
            }
            END {
                for (i = 1; i <= files; i++) {
                    printf "| `%s` |", order[i]
                    for (j = 1; j <= count; j++) printf " %s |", cell[order[i], engine[j]]
                    print ""
                }
                printf "| **passed** |"
                for (j = 1; j <= count; j++) printf " **%d** |", passed[engine[j]]
                print ""
            }'
    } >"$out"
    echo "Wrote $out."
}

case "${1:-}" in
    convert) convert ;;
    table) table ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
