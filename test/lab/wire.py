"""A wire between two interfaces that takes its time, for kernels without sch_netem.

usage: wire.py A B DELAY_MS DIRECTORY

Every frame that comes in on one interface leaves by the other DELAY_MS later. Ends when its standard input closes, that
is, with the process that started it. DIRECTORY only says in the process list whose wire this is.
"""

import heapq
import os
import select
import socket
import sys
import time

EVERY_PROTOCOL = 3


def open_end(interface: str) -> socket.socket:
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
    end.bind((interface, 0))
    end.setblocking(False)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    return end


def frames_of(end: socket.socket):
    while True:
        try:
            frame, origin = end.recvfrom(65535)
        except BlockingIOError:
            return
        # What we send ourselves is shown to us as well.
        if origin[2] != socket.PACKET_OUTGOING:
            yield frame


def main() -> None:
    first, second = open_end(sys.argv[1]), open_end(sys.argv[2])
    delay = float(sys.argv[3]) / 1000
    travelling = []  # (due, serial number, where to, frame)
    serial = 0
    print("ready", flush=True)
    while True:
        patience = max(0.0, travelling[0][0] - time.monotonic()) if travelling else None
        readable, _, _ = select.select([first, second, sys.stdin], [], [], patience)
        if sys.stdin in readable and not os.read(sys.stdin.fileno(), 1):
            return
        for end in readable:
            if end is sys.stdin:
                continue
            for frame in frames_of(end):
                serial += 1
                heapq.heappush(travelling, (time.monotonic() + delay, serial, second if end is first else first, frame))
        while travelling and travelling[0][0] <= time.monotonic():
            _, _, other, frame = heapq.heappop(travelling)
            try:
                other.send(frame)
            except OSError:
                pass  # The cable is unplugged: the frame is lost, as it would be.


main()
