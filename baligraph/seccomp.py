"""A seccomp filter for a process that may read files and nothing else: no socket, no other program, no opening for writing.

Where a store lies on disk, the engine opens its files as it needs them, so that taking all descriptors away is no way to confine it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 22, 38
_SECCOMP_MODE_FILTER = 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06  # BPF: ld [k]; jeq k; jset k; ret k
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# (AUDIT_ARCH, calls refused, {call that opens: which argument holds its flags}) by machine, from the kernel's tables of system calls
_CALLS = {
    "x86_64": (
        0xC000003E,
        # socket connect bind execve execveat ptrace creat truncate rename renameat renameat2 unlink unlinkat io_uring_setup openat2
        (41, 42, 49, 59, 322, 101, 85, 76, 82, 264, 316, 87, 263, 425, 437),
        {2: 1, 257: 2},
    ),
    "aarch64": (
        0xC00000B7,
        # socket connect bind execve execveat ptrace truncate renameat renameat2 unlinkat io_uring_setup openat2
        (198, 203, 200, 221, 281, 117, 45, 38, 276, 35, 425, 437),
        {56: 2},
    ),
}
_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def only_read() -> None:
    """Install the filter for this thread and those that it starts, for good. Raises OSError where the kernel has none."""
    if platform.machine() not in _CALLS:
        raise OSError(f"no seccomp filter is written for {platform.machine()}; serve from memory")
    architecture, refused, openings = _CALLS[platform.machine()]
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, _NUMBER)]
    # the second table of calls of x86-64 (x32) has this bit set, and would pass by the numbers of the first
    steps += [(_ANY_BIT, 0, 1, 0x40000000), (_RETURN, 0, 0, _REFUSE)]
    for call in refused:
        steps += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE)]
    for call, flags in openings.items():
        look = [(_LOAD, 0, 0, _ARGUMENTS + 8 * flags), (_ANY_BIT, 0, 1, _WRITING), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
        steps += [(_EQUAL, 0, len(look), call), *look]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refuses a seccomp filter, without which a store on disk is not served")
