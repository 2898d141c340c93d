# Sourced by build scripts: tools from PyPI in an environment of their own. Sets PYTHON_TOOLS.
PYTHON_TOOLS=${PYTHON_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/target/python-tools}

# python_tool NAME VERSION
python_tool() {
    command -v python3 >/dev/null || stop "No python3 found: apt-get install python3 python3-venv." 69
    [ -x "$PYTHON_TOOLS/bin/python" ] || python3 -m venv "$PYTHON_TOOLS" \
        || stop "No Python environment could be made: apt-get install python3-venv." 69
    "$PYTHON_TOOLS/bin/pip" show -q "$1" 2>/dev/null || "$PYTHON_TOOLS/bin/pip" install -q "$1==$2" \
        || stop "$1 $2 could not be installed from PyPI." 69
}
