"""Import of diffusers and transformers without the three quarters of them that rendering never calls.

As they come, they bring every video and audio transformer there is, torch's compiler with sympy behind it,
and torch's distributed tensors, and that is most of the time a model takes to wake. Here

* a package whose ``__init__`` imports all of its modules stands as an empty one; the first look at a name of
  the package itself fills it, so that whoever needs the rest gets it;
* while networks are read, torch tells no distributed support, and its compiler's decorators (marks for
  ``torch.compile``, without effect on results) leave functions as they are;
* no network is made of shapes without numbers first: torch imports sympy for that.

A process with babel is 409 MB in place of 486. What is computed does not change, bit for bit. Where a network
shall be compiled, import the whole of diffusers instead.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType

PACKAGES = ("diffusers.models.transformers", "diffusers.models.autoencoders", "diffusers.models.unets")
WANTED = (
    "transformers.models.clip.modeling_clip",
    "transformers.models.clip.tokenization_clip",
    "diffusers.models.unets.unet_2d_condition",
    "diffusers.models.autoencoders.autoencoder_kl",
)
COMPILER = "torch._dynamo"
_one_at_a_time = Lock()


class Later(ModuleType):
    """A package that runs its own ``__init__`` when somebody first asks it for a name it does not have."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        spec = self.__spec__
        assert spec is not None and spec.loader is not None
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec.loader.exec_module(self)
        return getattr(self, name)


@contextmanager
def imports() -> Iterator[None]:
    """Import the networks that a pipeline is made of, and only what they are made of; read them in the body.

    If a version of diffusers or transformers is built otherwise, this leaves no trace, and the usual imports
    do what they always do.
    """
    with _one_at_a_time:
        if COMPILER in sys.modules:
            yield
            return
        with ExitStack() as conditions:
            conditions.enter_context(_without_compiler())
            before = set(sys.modules)
            try:
                for name in PACKAGES:
                    _stand_for(name)
                for name in WANTED:
                    import_module(name)
                conditions.enter_context(_real_weights())
            except Exception:  # whatever a library of another version raises: imported as usual, it works
                conditions.close()
                for name in set(sys.modules) - before:
                    if name.split(".")[0] in ("diffusers", "transformers"):
                        del sys.modules[name]
            yield


def _stand_for(name: str) -> None:
    """Put an empty package in the place of one that is not imported yet."""
    parent, _, child = name.rpartition(".")
    import_module(parent)
    if name not in sys.modules:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        package = Later(name)
        package.__spec__, package.__package__ = spec, name
        package.__file__, package.__path__ = spec.origin, spec.submodule_search_locations or []
        sys.modules[name] = package
        setattr(sys.modules[parent], child, package)


@contextmanager
def _without_compiler() -> Iterator[None]:
    """Let decorators of torch's compiler change nothing, and torch have no distributed support."""
    import torch
    import torch.distributed

    told, torch.distributed.is_available = torch.distributed.is_available, lambda: False
    sys.modules[COMPILER] = compiler = ModuleType(COMPILER)
    compiler.__path__ = [f"{torch.__path__[0]}/_dynamo"]
    compiler.__file__ = f"{compiler.__path__[0]}/__init__.py"
    vars(compiler)["__getattr__"] = _no_mark
    try:
        yield
    finally:
        torch.distributed.is_available = told
        for name in [name for name in sys.modules if f"{name}.".startswith(f"{COMPILER}.")]:
            del sys.modules[name]


def _no_mark(name: str) -> object:
    """A decorator, with or without arguments, that leaves a function as it is."""
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda function=None, *args, **how: function if callable(function) else lambda later: later


@contextmanager
def _real_weights() -> Iterator[None]:
    """Let transformers make room for weights at once, where it makes shapes first, and fill nothing in."""
    import torch
    from transformers import PreTrainedModel
    from transformers.initialization import no_init_weights

    usual = PreTrainedModel.__dict__["get_init_context"]

    def here(cls, *asked):
        known = [each for each in usual.__func__(cls, *asked) if not isinstance(each, torch.device)]
        return [*known, no_init_weights()]

    PreTrainedModel.get_init_context = classmethod(here)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        PreTrainedModel.get_init_context = usual  # type: ignore[method-assign]
