# Sourced by ./warp and ./verify: finds a JDK 25 and the Maven the build needs, and says plainly what is missing.
# Sets JAVA_HOME and MVN.

MAVEN_VERSION=3.9.14
WARPGRID_CACHE=${WARPGRID_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/warpgrid}

say() { printf '%s\n' "$*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

# By the file that every JDK has, because starting javac to ask it would cost more than the command itself.
is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

find_jdk() {
    local candidate
    if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
        export JAVA_HOME
        return
    fi
    candidate=$(readlink -f "$(command -v javac)" 2>/dev/null) || true
    for candidate in "${candidate%/bin/javac}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if is_jdk_25 "$candidate"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    die "WarpGrid needs a JDK 25, and neither JAVA_HOME (${JAVA_HOME:-not set}) nor /usr/lib/jvm has one: install a JDK 25 and set JAVA_HOME to it." 69
}

maven_version() { "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1; }

# The plugins need Maven 3.9; an older one on the path is good enough to fetch it as an ordinary artifact.
find_maven() {
    local home=$WARPGRID_CACHE/apache-maven-$MAVEN_VERSION system version
    MVN=$home/bin/mvn
    [ -x "$MVN" ] && return
    system=$(command -v mvn) || die "WarpGrid is built with Maven, and there is no mvn on the PATH: install Maven 3.8 or newer." 69
    version=$(maven_version "$system")
    case "$version" in
        3.9.1[4-9]|3.9.[2-9][0-9]) MVN=$system; return ;;
        3.[89]*|4.*) ;;
        *) die "WarpGrid is built with Maven, and $system is version ${version:-unknown}: install Maven 3.8 or newer." 69 ;;
    esac
    say "Fetching Maven $MAVEN_VERSION ..."
    mkdir -p "$WARPGRID_CACHE"
    local scratch
    scratch=$(mktemp -d "$WARPGRID_CACHE/maven.XXXXXX")
    # What an older Maven has to say about a newer JDK is worth reading only when it fails.
    (cd "$scratch" && "$system" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get \
        -Dartifact="org.apache.maven:apache-maven:$MAVEN_VERSION:zip:bin" -Dtransitive=false \
     && "$system" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
        -Dartifact="org.apache.maven:apache-maven:$MAVEN_VERSION:zip:bin" -DoutputDirectory="$scratch") >"$scratch/fetch.log" 2>&1 \
        || { grep '^\[ERROR\] .' "$scratch/fetch.log" | head -n 3 >&2; rm -rf "$scratch"; die "Maven $MAVEN_VERSION could not be fetched with $system: check that Maven reaches a repository (~/.m2/settings.xml)." 69; }
    chmod +x "$scratch/apache-maven-$MAVEN_VERSION/bin/mvn"
    # Two builds may race here; the first to rename wins and both then use the same files.
    mv -T "$scratch/apache-maven-$MAVEN_VERSION" "$home" 2>/dev/null || true
    rm -rf "$scratch"
    [ -x "$MVN" ] || die "Maven $MAVEN_VERSION could not be unpacked to $home: check that the folder can be written." 69
}
