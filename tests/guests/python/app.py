"""A WASI 0.2 command as componentize-py makes it, with CPython inside."""

import json
import os
import sys

from wit_world import exports


class Run(exports.Run):
    def run(self) -> None:
        verb = sys.argv[1] if len(sys.argv) > 1 else ""
        if verb == "json":
            print(json.dumps({"who": os.environ.get("WHO"), "squares": [n * n for n in range(4)]}))
        elif verb == "files":
            with open("/file", "w") as file:
                file.write("written by python")
            with open("/file") as file:
                print(file.read(), sorted(os.listdir("/")))
        else:
            sys.exit(64)
