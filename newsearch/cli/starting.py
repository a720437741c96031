"""What makes a command start quickly: to be imported before numpy and Whoosh are.

A command is a process of its own, so it may do to Python what a library may not.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

# Containers made before Python looks for garbage: what is imported is none.
_NO_GARBAGE_BELOW = 100_000


class _Postponed(ModuleType):
    """A package whose own file is run when something is asked of it that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or not self.__spec__ or not self.__spec__.loader:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def postpone(package: str, core: str) -> None:
    """Has a package import only one of its modules, `core`, until something is asked of it that is not in there."""
    spec = find_spec(package)
    if spec is None or package in sys.modules:
        return
    module = module_from_spec(spec)
    module.__class__ = _Postponed
    sys.modules[package] = module
    parent, _, name = package.rpartition(".")
    setattr(import_module(parent), name, module)
    names = vars(import_module(core))
    vars(module).update({name: value for name, value in names.items() if not name.startswith("__")})


gc.set_threshold(_NO_GARBAGE_BELOW, *gc.get_threshold()[1:])
# numpy would start a thread for each processor, to multiply matrices: 20 ms, and there are none here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# All that a query tree needs of Whoosh's analyzers is how a token is encoded; stemmers take 30 ms.
postpone("whoosh.analysis", "whoosh.analysis.acore")
