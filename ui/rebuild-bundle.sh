#!/usr/bin/env bash
# Makes src/main/bundles/prod.bundle anew. Needed after a change in src/main/frontend, after a new Vaadin component or npm
# package, and after another Vaadin version; every other build takes the committed bundle and needs no Node.
#
# Node is the one inside Playwright's driver (an ordinary Maven artifact); npm is taken from the system.
set -euo pipefail
cd "$(dirname "$0")/.."

. build/env.sh
find_jdk
find_maven

playwright=$(sed -n 's:.*<playwright.version>\(.*\)</playwright.version>.*:\1:p' pom.xml)
node_home=$WARPGRID_CACHE/node-of-playwright-$playwright
if [ ! -x "$node_home/node" ]; then
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) platform=linux ;;
        Linux-aarch64) platform=linux-arm64 ;;
        Darwin-arm64) platform=mac-arm64 ;;
        Darwin-x86_64) platform=mac ;;
        *) die "The dashboard's bundle is made with the Node inside Playwright, which has none for $(uname -sm): use Linux or macOS." 69 ;;
    esac
    npm_home=$(npm root -g 2>/dev/null)/npm
    [ -f "$npm_home/bin/npm-cli.js" ] || die "npm was not found beside the system's Node: install npm." 69
    scratch=$(mktemp -d)
    "$MVN" -q -N dependency:copy -Dartifact="com.microsoft.playwright:driver-bundle:$playwright" -DoutputDirectory="$scratch"
    mkdir -p "$node_home/lib/node_modules"
    (cd "$scratch" && "$JAVA_HOME/bin/jar" -xf "driver-bundle-$playwright.jar" "driver/$platform/node")
    install -m 755 "$scratch/driver/$platform/node" "$node_home/node"
    ln -sfn "$npm_home" "$node_home/lib/node_modules/npm"
    rm -rf "$scratch"
fi

# Lock files must not name the registry they were made with.
export npm_config_omit_lockfile_registry_resolved=true
# What an earlier build left in target would be packed again.
rm -rf ui/target/classes/META-INF/VAADIN ui/src/main/bundles ui/node_modules ui/package.json ui/package-lock.json ui/vite.generated.ts ui/vite.config.ts
"$MVN" -pl ui -am package -Dmaven.test.skip=true -Dvaadin.node.folder="$node_home" -Dvaadin.force.production.build=true
rm -rf ui/node_modules
ls -l ui/src/main/bundles/prod.bundle
