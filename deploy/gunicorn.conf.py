"""gunicorn as the web process runs under it: `python -m backend web --gunicorn`, which sets address and workers.

The only file that knows of gevent. Its worker puts green threads in the place of real ones, in that process alone: each
worker opens the program for itself after that (no preload), and nothing that holds keys or trades runs in it.
"""

import signal
from pathlib import Path

wsgi_app = "backend.wsgi:application()"
chdir = str(Path(__file__).resolve().parent.parent)
preload_app = False
bind = "127.0.0.1:5000"
workers = 1

# gevent: streams cost a green thread each. gthread, by WEB_WORKER=gthread: real threads, one for each open stream.
worker_class = "gevent"
worker_connections = 1000
# For gthread: as many streams as are allowed at once (200), and requests beside them.
threads = 224

# Streams are told to end at once; whoever has not ended by then is cut off, and nothing of his is half done.
graceful_timeout = 2
timeout = 60
keepalive = 5
# How often a worker that is still importing says that it lives. Of itself it does so only once it serves: on a machine
# with much else to do it would be ended for its silence, and so would the next one, for ever.
BEAT_S = 5.0
# Heartbeats of workers need a file: in memory, since the root of the image is read-only.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
control_socket_disable = True

# As with waitress: no header of a proxy says who asks or by which scheme. ALLOWED_ORIGINS names the origin instead.
forwarded_allow_ips = ""
secure_scheme_headers = {}
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "info"


def post_fork(server, worker):
    # A timer and no thread: green threads take the place of threads only after this.
    signal.signal(signal.SIGALRM, lambda *_: worker.notify())
    signal.setitimer(signal.ITIMER_REAL, BEAT_S, BEAT_S)


def post_worker_init(worker):
    # From here on the worker says so itself: one that hangs is ended.
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    worker.wsgi.watch(lambda: worker.alive)
    if worker.cfg.worker_class_str == "gevent":
        import gevent

        # Threads of the system: while a password is hashed there, green threads go on.
        worker.wsgi.compute_by(gevent.get_hub().threadpool.apply)


def worker_exit(server, worker):
    # A worker that did not get to its application has none to close.
    application = getattr(worker, "wsgi", None)
    if application is not None:
        application.close()
