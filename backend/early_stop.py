"""Imported first by the entry point: until the program can stop in order, Ctrl-C ends it without a traceback."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)
