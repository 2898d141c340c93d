# Sourced by ./verify: what the checks need, how they run and how they are summed up. Needs ROOT and build/env.sh.

may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# The dashboard's tests drive a real browser.
need_browser() {
    [ -d "$ROOT/tests/system" ] || return 0
    local name
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null && return 0
    done
    if ! may_install; then
        die "The system tests drive a browser, and there is no chromium on the PATH: install the package chromium, or run ./verify --fast." 69
    fi
    say "Installing chromium ..."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null \
        || die "Chromium could not be installed with apt-get: install the package chromium, or run ./verify --fast." 69
}

# Guests that are compiled from source here; those that are checked in need nothing.
build_guests() {
    local script=$ROOT/tests/guests/build.sh
    [ -x "$script" ] || return 0
    say "Building the test guests ..."
    "$script" </dev/null >"$ROOT/target/guests.log" 2>&1 \
        || say "Some test guests could not be built (target/guests.log says which); their tests say so too."
}

# The reference tests of the Component Model, where they are to be had.
convert_conformance() {
    "$ROOT/build/conformance.sh" convert </dev/null >&2 \
        || say "The conformance tests could not be converted; they are skipped or say so."
}

# A report of an earlier run must not be counted.
remove_old_reports() {
    find "$ROOT" -path '*/node_modules' -prune -o \( -path '*/target/surefire-reports' -o -path '*/target/failsafe-reports' \) \
        -type d -prune -exec rm -rf {} +
}

# Runs a command as the leader of a session, shows the lines worth reading, and ends the whole session when this script ends.
run_in_session() {
    local log=$1
    shift
    : >"$log"
    setsid "$@" </dev/null >"$log" 2>&1 &
    session=$!
    trap 'end_session; exit 130' INT TERM
    trap end_session EXIT
    tail -n +1 --pid="$session" -f "$log" 2>/dev/null | show_checks &
    local reader=$! status=0
    wait "$session" || status=$?
    wait "$reader" || true
    return "$status"
}

session=
end_session() {
    [ -n "$session" ] || return 0
    # Only processes of the session that this script made: its id was the first process's.
    local pids
    pids=$(ps -e -o pid= -o sess= 2>/dev/null | awk -v s="$session" '$2 == s { print $1 }')
    [ -z "$pids" ] || kill -TERM $pids 2>/dev/null || true
    session=
}

show_checks() {
    grep --line-buffered -E '^\[INFO\] Building WarpGrid|Tests run:.*(in |-- )|^\[(ERROR|WARNING)\].*(Test|IT)[.:]|COMPILATION|violations|BUILD (SUCCESS|FAILURE)' \
        | sed -u -E 's/^\[(INFO|ERROR|WARNING)\] //; s/^Building /\n/' || true
}

# Adds up the test reports, names what failed, and ends with one line that says it all.
summary() {
    local log=$1 maven_failed=$2 elapsed=$3 reports total failed skipped
    reports=$(find "$ROOT" -path '*/node_modules' -prune -o -path '*/target/*-reports/TEST-*.xml' -print)
    read -r total failed skipped < <(printf '%s\n' "$reports" | while IFS= read -r file; do
        [ -n "$file" ] && tr '\n' ' ' <"$file" | grep -o '<testsuite [^>]*>' | head -n 1
    done | awk '
        function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
        { tests += value("tests"); failed += value("errors") + value("failures"); skipped += value("skipped") }
        END { print tests + 0, failed + 0, skipped + 0 }')
    if [ -n "$maven_failed" ]; then
        say ""
        say "What went wrong ($log has it all):"
        grep -E '^\[ERROR\] ' "$log" | grep -vE 'Help 1|re-run Maven|full stack trace|For more information|After correcting|mvn <args>' \
            | awk '!seen[$0]++' | head -n 30 >&2 || true
        # A check that is no test, such as the format or the compiler, counts too.
        [ "$failed" -gt 0 ] || failed=1
    fi
    if [ "$total" = 0 ] && [ -z "$maven_failed" ]; then
        say "No test ran, which is no success: check the module names."
        failed=1
    fi
    echo
    echo "Checked in $((elapsed / 60)) min $((elapsed % 60)) s."
    local passed=$((total - skipped - failed))
    echo "$((passed < 0 ? 0 : passed)) passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}
