"""Handles on the processes of the embedded engine: the loader, and the workers it forks for us."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, cast

from baligraph.errors import EngineError
from baligraph.store.channel import Channel

_BEHIND = 15  # niceness: about a thirtieth of what others get


class Worker:
    """A process that answers one query at a time, the channel to it, and what it says when it dies."""

    def __init__(self, pid: int, channel: Channel, errors: BinaryIO) -> None:
        self.pid = pid
        self.channel = channel
        self._errors = errors
        self._clock = (~pid << 3) | 2  # how Linux names the clock of another process: clock_getcpuclockid(3), which Python lacks

    def used(self) -> float:
        """Seconds of a processor that the process has used so far; 0 when it is gone."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def step_back(self) -> None:
        """Let all other processes go first, for good: what few cores there are belong to those who ask for little."""
        with contextlib.suppress(OSError):  # it has just ended
            for thread in Path(f"/proc/{self.pid}/task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), _BEHIND)

    def last_words(self) -> str:
        """What the engine wrote to stderr, at most one page of it: a panic, or an allocation that failed."""
        return (self._errors.read(4096) or b"").decode(errors="replace") if not self._errors.closed else ""

    def close(self) -> None:
        """Let go of all descriptors."""
        self.channel.close()
        self._errors.close()


class Loader:
    """The process that holds the dataset. Its workers die with it, and it with the gateway."""

    def __init__(self, control: socket.socket, process: asyncio.subprocess.Process) -> None:
        self._control = control
        self._process = process
        self._lock = asyncio.Lock()

    @classmethod
    async def start(cls, path: Path, memory: int, stack: int, folder: Path | None = None) -> Loader:
        """Start a loader and wait until it holds the dataset. `memory` and `stack` (bytes) are what each worker may take besides;
        `folder` is where the dataset lies on disk, if it shall not be in memory.

        Raises EngineError if the file can't be loaded.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        # -P: a folder from which somebody starts the service must not be able to replace modules
        command = [sys.executable, "-P", "-m", "baligraph.store.loader", str(theirs.fileno()), str(path), str(memory), str(stack)]
        command += [str(folder)] if folder is not None else []
        # the backtrace of a panic would need files, which a worker can't open
        environment = {**os.environ, "RUST_BACKTRACE": "0"}
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=environment
            )
        loader = cls(ours, process)
        try:
            hello = await loader._reply()
            if "error" in hello:
                raise EngineError(hello["error"])
        except BaseException:
            await loader.close()
            raise
        return loader

    async def fork(self) -> Worker:
        """A new worker. Raises EngineError if the loader is gone."""
        ours, theirs = socket.socketpair()
        errors, out = os.pipe()
        os.set_blocking(errors, False)
        try:
            with theirs:
                reply = await self._call({"fork": True}, [theirs.fileno(), out])
        except BaseException:
            ours.close()
            os.close(errors)
            raise
        finally:
            os.close(out)
        channel = await Channel.open(ours)
        return Worker(reply["pid"], channel, cast(BinaryIO, os.fdopen(errors, "rb", buffering=0)))

    async def end(self, pid: int) -> int:
        """End a worker at once. Returns how it ended: negative is the signal, and it may have been quicker than ours."""
        reply = await self._call({"end": pid})
        return int(reply["status"])

    async def close(self) -> None:
        """End the loader and with it all workers."""
        self._control.close()
        try:
            async with asyncio.timeout(5):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _call(self, message: dict[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        async with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(message).encode() + b"\n"], descriptors or [])
            except OSError as error:
                raise EngineError(f"the loader process is gone ({error.strerror})") from None
            return await self._reply()

    async def _reply(self) -> dict[str, Any]:
        line = b""
        try:
            while not line.endswith(b"\n"):
                part = await asyncio.get_running_loop().sock_recv(self._control, 4096)
                if not part:
                    raise EngineError("the loader process has ended")
                line += part
        except OSError as error:
            raise EngineError(f"the loader process is gone ({error.strerror})") from None
        reply: dict[str, Any] = json.loads(line)
        return reply
