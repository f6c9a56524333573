#!/usr/bin/python3
"""A login shell that runs bash with a controlling terminal but leaves its streams as they are, so
that sudo's use_pty takes effect although no terminal was asked for: older sudos do so always."""

import os
import sys

master, slave = os.openpty()
child = os.fork()
if child == 0:
    os.close(master)
    os.setsid()
    # The first terminal that a session leader opens becomes the session's.
    os.close(os.open(os.ttyname(slave), os.O_RDWR))
    os.close(slave)
    os.execv("/bin/bash", ["bash", *sys.argv[1:]])
os.close(slave)
status = os.waitpid(child, 0)[1]
os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
