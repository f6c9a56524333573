"""Carries frames between two TAP devices, each later by a delay and some of them never.

usage: relay.py TAP TAP DELAY_MS LOSS_PERCENT PIDFILE
Stands in for the kernel's netem where there is none.
"""

import collections
import fcntl
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
TUNSETOFFLOAD = 0x400454D0
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x0002, 0x1000, 0x4000
OFFLOAD_CSUM_TSO4_TSO6_ECN = 0x01 | 0x02 | 0x04 | 0x08
LONGEST_FRAME = 65536 + 64
LONGEST_QUEUE = 20000


def open_tap(name, whole):
    """Opens a TAP; whole: unsplit segments with a header pass, which is many times faster."""
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    flags = IFF_TAP | IFF_NO_PI | (IFF_VNET_HDR if whole else 0)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), flags))
    if whole:
        fcntl.ioctl(tap, TUNSETOFFLOAD, OFFLOAD_CSUM_TSO4_TSO6_ECN)
    return tap


def take(tap, queue, delay, loss):
    """Reads what has arrived and notes when each frame is due."""
    for _ in range(64):
        try:
            frame = os.read(tap, LONGEST_FRAME)
        except BlockingIOError:
            return
        if random.random() >= loss and len(queue) < LONGEST_QUEUE:
            queue.append((time.monotonic() + delay, frame))


def give(tap, queue):
    """Writes the frames that are due; what the other side does not take is lost, as on a wire."""
    now = time.monotonic()
    while queue and queue[0][0] <= now:
        try:
            os.write(tap, queue.popleft()[1])
        except OSError:
            pass


def machine_pid():
    """This process as the machine knows it, with its start time: /proc here is the machine's."""
    with open("/proc/self/stat", encoding="ascii") as stat:
        line = stat.read()
    return line.split()[0], line.rpartition(")")[2].split()[19]


def main(first, second, delay_ms, loss_percent, pid_file):
    delay, loss = float(delay_ms) / 1000, float(loss_percent) / 100
    # Lost is a frame as the wire has it, so segments are split when some are to be lost.
    taps = [open_tap(name, loss == 0) for name in (first, second)]
    queues = {taps[0]: collections.deque(), taps[1]: collections.deque()}
    other = {taps[0]: taps[1], taps[1]: taps[0]}
    with open(pid_file + ".new", "w", encoding="ascii") as file:
        print(*machine_pid(), file=file)
    os.rename(pid_file + ".new", pid_file)
    while True:
        due = min((queue[0][0] for queue in queues.values() if queue), default=None)
        wait = None if due is None else max(0, due - time.monotonic())
        for tap in select.select(taps, [], [], wait)[0]:
            take(tap, queues[tap], delay, loss)
        for tap, queue in queues.items():
            give(other[tap], queue)


main(*sys.argv[1:])
