"""Writes a container image as a docker archive to standard output: image.py NAME=PROGRAM[,PROGRAM…] BIN.

A program that is linked to libraries gets them, with its loader. A folder is an installed npm package: what it links in
`node_modules/.bin` can be started, and everything runs as a user who is not root.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile

APPLETS = """sh ls cat sleep mkdir cp mv rm ps wget nc ping tail head grep env true false id tar kill date test ln touch
chmod chown sed awk find sort wc printf echo dirname basename hostname nslookup timeout""".split()
FOLDERS = """tmp bin lib lib64 etc etc/ssl etc/ssl/certs usr usr/bin usr/local usr/local/bin usr/local/lib data""".split()
USER = "65532:65532"
# Pods of Argo Events mount Secrets below a folder of that name.
NOT_AT_ROOT = ("argo-events",)
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


def full_name(name):
    """Names without a registry are those of the default one."""
    first = name.split("/")[0]
    if "/" in name and "." in first:
        return name
    return "docker.io/" + (name if "/" in name else "library/" + name)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Layer:
    def __init__(self):
        self.buffer = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.buffer, mode="w")

    def folder(self, path):
        entry = tarfile.TarInfo(path)
        entry.type, entry.mode = tarfile.DIRTYPE, 0o1777 if path == "tmp" else 0o755
        self.tar.addfile(entry)

    def file(self, path, data, mode=0o755):
        entry = tarfile.TarInfo(path)
        entry.size, entry.mode = len(data), mode
        self.tar.addfile(entry, io.BytesIO(data))

    def link(self, path, target):
        entry = tarfile.TarInfo(path)
        entry.type, entry.linkname = tarfile.SYMTYPE, target
        self.tar.addfile(entry)

    def tree(self, path, source):
        self.tar.add(source, path, filter=owned_by_root)

    def bytes(self):
        self.tar.close()
        return self.buffer.getvalue()


def owned_by_root(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def libraries(program):
    """The files a program is linked to, its loader among them; none for a static one."""
    run = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)
    return sorted(set(re.findall(r"(/\S+) \(0x", run.stdout))) if run.returncode == 0 else []


def add_package(layer, source):
    name = os.path.basename(source)
    layer.tree(f"usr/local/lib/{name}", source)
    for command in sorted(os.listdir(f"{source}/node_modules/.bin")):
        layer.link(f"usr/local/bin/{command}", f"../lib/{name}/node_modules/.bin/{command}")


def add_program(layer, source, linked):
    name = os.path.basename(source)
    layer.file(f"usr/local/bin/{name}", read(source))
    if name not in NOT_AT_ROOT:
        layer.link(name, f"usr/local/bin/{name}")
    for library in libraries(source):
        if library not in linked:
            linked.add(library)
            layer.file(library[1:], read(library))


def layer_of(programs, folder):
    layer = Layer()
    for path in FOLDERS:
        layer.folder(path)
    if programs == ["pause"]:
        layer.file("pause", read(f"{folder}/pause"))
        return layer.bytes(), ["/pause"]
    layer.file("bin/busybox", read("/bin/busybox"))
    for applet in APPLETS:
        layer.link(f"bin/{applet}", "busybox")
    layer.file("entrypoint.sh", b'#!/bin/sh\nexec "$@"\n')
    layer.file("etc/passwd", b"root:x:0:0:root:/:/bin/sh\nnats:x:1000:1000::/:/bin/sh\n", 0o644)
    layer.file("etc/group", b"root:x:0:\nnats:x:1000:\n", 0o644)
    if os.path.exists(AUTHORITIES):
        layer.file(AUTHORITIES[1:], read(AUTHORITIES), 0o644)
    layer.link("usr/bin/env", "/bin/busybox")
    linked = set()
    for program in programs:
        source = program if "/" in program else f"{folder}/{program}"
        if program == "sh":
            continue
        if os.path.isdir(source):
            add_package(layer, source)
        else:
            add_program(layer, source, linked)
    return layer.bytes(), [os.path.basename(programs[0])]


def main():
    name, programs = sys.argv[1].split("=")
    programs = programs.split(",")
    layer, entry = layer_of(programs, sys.argv[2])
    user = {"User": USER} if any(map(os.path.isdir, programs)) else {}
    config = json.dumps({
        "architecture": "amd64",
        "os": "linux",
        "config": {"Entrypoint": entry, "Env": ["PATH=/usr/local/bin:/bin"], **user},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
    }).encode()
    config_name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = json.dumps([{"Config": config_name, "RepoTags": [full_name(name)], "Layers": ["layer.tar"]}]).encode()
    with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as out:
        for path, data in ((config_name, config), ("layer.tar", layer), ("manifest.json", manifest)):
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            out.addfile(entry, io.BytesIO(data))


main()
