"""The next batch is read, and the last one written, while one is judged: three threads, one batch each."""

from __future__ import annotations

import os
import struct
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rbpk.feeds.batch import Batch

REFUSED, CRASHED, DONE = b"E", b"C", b"D"


class Sender:
    """Writes frames from a thread of its own; each frame may be work that is still to be done there."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._frames: Queue[tuple[bytes, Callable[[], Iterable[bytes]]]] = Queue(maxsize=1)
        self._failed: BaseException | None = None
        Thread(target=self._write, daemon=True).start()

    def send(self, tag: bytes, payload: bytes) -> None:
        """Hand over one frame."""
        self._frames.put((tag, lambda: (payload,)))

    def send_later(self, tag: bytes, work: Callable[[], Iterable[bytes]]) -> None:
        """Hand over frames that the sender's thread makes one by one."""
        # One batch being written is enough to keep both sides busy; more would only fill the memory.
        self.settle()
        self._frames.put((tag, work))

    def settle(self) -> None:
        """Wait until everything is written, and raise what kept a frame from being made."""
        self._frames.join()
        if self._failed is not None:
            raise self._failed

    def close(self) -> None:
        """Wait until everything is written."""
        self._frames.join()

    def _write(self) -> None:
        while True:
            tag, work = self._frames.get()
            # After a frame that could not be made only what is said of it still matters.
            if self._failed is None or tag in (REFUSED, CRASHED, DONE):
                self._put_all(tag, work)
            # The rows it was made of are needed no more, least of all while the other side takes its time.
            del work
            self._frames.task_done()

    def _put_all(self, tag: bytes, work: Callable[[], Iterable[bytes]]) -> None:
        try:
            for payload in work():
                self._put(tag, payload)
        except BaseException as error:  # noqa: BLE001  (raised again where the batch was handed over)
            self._failed = error

    def _put(self, tag: bytes, payload: bytes) -> None:
        try:
            self._out.write(struct.pack(">cI", tag, len(payload)))
            self._out.write(payload)
            self._out.flush()
        except BrokenPipeError:
            # The parent stopped listening: nothing is left to do here.
            os._exit(1)


class Ahead:
    """Reads one batch ahead, in a thread that starts before memory is limited: one that cannot start hangs."""

    def __init__(self) -> None:
        self._given: Queue[Iterator[Batch]] = Queue()
        self._read: Queue[Batch | BaseException | None] = Queue(maxsize=1)
        Thread(target=self._work, daemon=True).start()

    def of(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Give the batches of an iterator that is advanced in the other thread."""
        self._given.put(batches)
        while (batch := self._read.get()) is not None:
            if isinstance(batch, BaseException):
                raise batch
            self._read.task_done()
            yield batch
            del batch
        self._read.task_done()

    def _work(self) -> None:
        try:
            while True:
                batches = self._given.get()
                while (batch := next(batches, None)) is not None:
                    self._read.put(batch)
                    del batch
                    # The next one is not begun before this one is taken: it would only fill the memory.
                    self._read.join()
                self._read.put(None)
                del batches
        except BaseException as error:  # noqa: BLE001  (raised again where the batch is awaited)
            self._read.put(error)
