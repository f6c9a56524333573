"""Doors from this machine into the network of the lab's hosts.

usage: door.py HOSTS-TOOL ADDRESS:PORT...

Listens on a port of 127.0.0.1 for every address, prints the ports in that order, and joins every
connection with that port of the address. Ends with its standard input.
"""

import os
import socket
import sys
import threading


def open_doors(tool, addresses):
    doors = []
    for _ in addresses:
        door = socket.create_server(("127.0.0.1", 0))
        door.set_inheritable(True)
        doors.append(door)
    print(*(door.getsockname()[1] for door in doors), flush=True)
    # A socket stays in the network it was made in: what is left is to enter the other one.
    pairs = [f"{door.fileno()}={address}" for door, address in zip(doors, addresses)]
    os.execv(tool, [tool, "exec", sys.executable, __file__, *pairs])


def copy(source, target):
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
    except OSError:
        pass
    for side in (source, target):
        try:
            side.shutdown(socket.SHUT_RDWR if side is source else socket.SHUT_WR)
        except OSError:
            pass


def serve(door, address):
    host, port = address.split(":")
    while True:
        near, _ = door.accept()
        try:
            far = socket.create_connection((host, int(port)), 10)
        except OSError:
            near.close()
            continue
        far.settimeout(None)
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=copy, args=(one, other), daemon=True).start()


if "=" not in sys.argv[-1]:
    open_doors(sys.argv[1], sys.argv[2:])
for pair in sys.argv[1:]:
    number, address = pair.split("=")
    listening = socket.socket(fileno=int(number))
    threading.Thread(target=serve, args=(listening, address), daemon=True).start()
sys.stdin.read()
os._exit(0)
