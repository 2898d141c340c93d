# Sourced by ./warp: what is built, whether it is older than its sources, and how to build it.
# Needs ROOT and build/env.sh. Sets STATE, CLI_CLASSES and CLI_CACHE.

STATE=$ROOT/target/warp
CLI_LIBRARIES=$ROOT/cli/target/dist/lib
CLI_CACHE=$STATE/cli.aot

# The order of the class path is part of the cache's key.
cli_class_path() {
    local LC_ALL=C jars=("$CLI_LIBRARIES"/*.jar) IFS=:
    CLI_CLASSES="${jars[*]}"
}
cli_class_path

# What each output is made from, and a file of each that must be there.
sources() {
    case "$1" in
        cli) printf '%s\n' pom.xml cli core/model core/api runtime/component tests/testkit/pom.xml ;;
        tool) printf '%s\n' pom.xml runtime ;;
        grid) printf '%s\n' pom.xml core runtime agent server ui db-migrations ;;
    esac
}

products() {
    case "$1" in
        cli) printf '%s\n' cli/target/dist/lib cli/target/dist/postgresql target/warp/cli.aot ;;
        tool) printf '%s\n' runtime/tool/target/dist/lib runtime/tool/target/dist/compiler ;;
        grid) printf '%s\n' agent/target/dist/lib server/target/dist/wlp server/target/dist/apps ;;
    esac
}

# Prints missing, stale or fresh.
state() {
    local path paths=()
    for path in $(products "$1") "target/warp/$1.stamp"; do
        if [ ! -e "$ROOT/$path" ]; then echo missing; return; fi
    done
    for path in $(sources "$1"); do
        [ -e "$ROOT/$path" ] && paths+=("$ROOT/$path")
    done
    # A source folder is newer when a file in it has come or gone. Test sources are no part of any product, and what a
    # build writes beside the sources (Vaadin into the folder frontend) is no source.
    if [ -n "$(find "${paths[@]}" \( -name target -o -name test -o -name node_modules -o -name generated \) -prune \
            -o \( -name pom.xml -o -path '*/src/*' ! -name frontend \) -newer "$STATE/$1.stamp" -print -quit)" ]; then
        echo stale
    else
        echo fresh
    fi
}

fresh() { [ "$(state "$1")" = fresh ]; }

modules() {
    case "$1" in
        cli) echo cli ;;
        tool) echo cli,runtime/tool ;;
        grid) echo cli,server,agent ;;
    esac
}

# Leaving test sources uncompiled is quicker, but a module of the grid needs another's tests as a jar.
without_tests() {
    case "$1" in
        cli) echo -Dmaven.test.skip=true ;;
        tool|grid) echo -DskipTests ;;
    esac
}

# Turns Maven's log into one line for each module, with the time since the build began.
show_progress() {
    local line start=$SECONDS
    while IFS= read -r line; do
        if [[ $line =~ Building\ WarpGrid\ ::\ (.*)\ [0-9][^\ ]*\ +\[([0-9]+)/([0-9]+)\] ]]; then
            say "  [${BASH_REMATCH[2]}/${BASH_REMATCH[3]}] ${BASH_REMATCH[1]}  ($((SECONDS - start)) s)"
        fi
    done
}

# The JVM's own cache of loaded and linked classes; one that does not fit is ignored, so it is made last.
make_cache() {
    rm -f "$CLI_CACHE"
    cli_class_path
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput="$CLI_CACHE.new" \
        --enable-native-access=ALL-UNNAMED -cp "$CLI_CLASSES" dev.warpgrid.cli.training.TrainingRun >"$STATE/cache.log" 2>&1 \
        && mv "$CLI_CACHE.new" "$CLI_CACHE" \
        || { say "The start-up cache could not be made (see $STATE/cache.log); warp works without it, a little slower."; : >"$CLI_CACHE"; }
}

# One Maven call, one build at a time; whoever waited for another's build may find the work done.
build() {
    local output=$1 log=$STATE/build-$1.log started=$SECONDS
    mkdir -p "$STATE"
    exec 9>"$STATE/lock"
    if ! flock -n 9; then
        say "Another build is running; waiting for it ..."
        flock 9
    fi
    if ! fresh "$output"; then
        find_maven
        case "$output" in
            cli) say "Building the command line ..." ;;
            tool) say "Building the runtime ..." ;;
            grid) say "Building the server and the agent (the first time takes a few minutes) ..." ;;
        esac
        # The WAR plugin keeps classes whose sources are gone, and the server would not start with them.
        [ "$output" = cli ] || rm -rf "$ROOT/server/target/warpgrid"
        # Before Maven reads anything: what changes during the build is newer than this.
        touch "$STATE/$output.stamp.new"
        if ! "$MVN" -B -ntp -f "$ROOT/pom.xml" -pl "$(modules "$output")" -am "$(without_tests "$output")" -Dspotless.apply.skip=true package \
                </dev/null 2>&1 9>&- | tee "$log" | show_progress; then
            grep '^\[ERROR\]' "$log" | head -n 5 >&2 || true
            die "The build failed; $log says why." 1
        fi
        make_cache
        # The command line is a part of every build.
        touch -r "$STATE/$output.stamp.new" "$STATE/cli.stamp"
        mv "$STATE/$output.stamp.new" "$STATE/$output.stamp"
        say "Built in $((SECONDS - started)) s."
    fi
    exec 9>&-
}
