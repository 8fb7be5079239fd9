"""Settings of the second reader: a TOML file of the user's, the environment, the command line; keys by name only."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
import platformdirs

from attache.record import Trust

ADDRESS, KEY, FILE = "ATTACHE_SECOND", "ATTACHE_SECOND_KEY", "ATTACHE_SECOND_SETTINGS"
RANGES = {
    "concurrency": (1, 256), "tries": (1, 100), "timeout": (0.001, 86_400), "backoff": (0, 3600),
    "max_tokens": (1, 10**7), "tokens": (1, 10**12), "money": (0, 10**9),
    "price_in": (0, 10**6), "price_out": (0, 10**6),
}  # fmt: skip
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,60}")


class SettingsError(ValueError):
    """Settings that cannot be used; the message names the place and the cause, and no key."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``second.toml``. Prices are per million tokens, in the currency of ``money``; times in seconds.

    ``key_env``: the environment variable that holds the key. ``tokens`` and ``money``: what a run may spend at most.
    """

    url: str | None = None
    key_env: str = KEY
    trust: Trust = "second"
    concurrency: int = 4
    timeout: float = 300.0
    tries: int = 4
    backoff: float = 1.0
    max_tokens: int = 8000
    tokens: int | None = None
    money: float | None = None
    price_in: float = 0.0
    price_out: float = 0.0


class Address(NamedTuple):
    """Where a server answers: base address without a slash at its end, and the model, if one is named."""

    base: str
    model: str | None


def load(environment: dict[str, str] | None = None) -> Settings:
    """The settings of the user's file, if there is one.

    Raises:
        SettingsError: naming file and place.
    """
    env = dict(os.environ) if environment is None else environment
    given = env.get(FILE)
    path = Path(given) if given else platformdirs.user_config_path("attache") / "second.toml"
    try:
        data = path.read_bytes()
    except OSError as error:
        if given:
            raise SettingsError(f"{path}: {error.strerror}") from None
        data = b""
    try:
        settings = msgspec.toml.decode(data, type=Settings)
    except (msgspec.DecodeError, ValueError) as error:
        hint = "; a key belongs in the environment, under the name that key_env tells" if "`key`" in str(error) else ""
        raise SettingsError(f"{path}: {error}{hint}") from None
    _in_range(settings, path)
    return msgspec.structs.replace(settings, url=env.get(ADDRESS) or settings.url)


def _in_range(settings: Settings, path: Path) -> None:
    for name, (low, high) in RANGES.items():
        value = getattr(settings, name)
        if value is not None and not low <= value <= high:  # no number (nan) is in no range
            raise SettingsError(f"{path}: {name} = {value}, not between {low:g} and {high:g}")
    if not _NAME.fullmatch(settings.key_env):
        raise SettingsError(f"{path}: key_env is no name of an environment variable")


def address(given: str) -> Address:
    """A server by ``URL[#MODEL]``; an address without a path stands for its ``/v1``.

    Raises:
        SettingsError: if it is no address of HTTP, or holds a password.
    """
    wrong = f"{given.rsplit('@', maxsplit=1)[-1].split('?', maxsplit=1)[0]}: no address of a server, http://HOST:PORT/v1#MODEL"
    try:
        parts = urlsplit(given)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.query
    except ValueError:
        raise SettingsError(wrong) from None
    if not good:
        raise SettingsError(wrong)
    if parts.username or parts.password:
        raise SettingsError(f"{parts.hostname}: a password in an address is seen by all; put it into {KEY}")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return Address(f"{parts.scheme}://{parts.netloc}{path}", parts.fragment or None)


def key(settings: Settings, base: str, environment: dict[str, str] | None = None) -> str | None:
    """The key for a server, if the environment has one.

    Raises:
        SettingsError: if it would go over an open line, or holds what no header may.
    """
    found = (dict(os.environ) if environment is None else environment).get(settings.key_env, "").strip()
    if not found:
        return None
    if not (found.isascii() and found.isprintable()):
        raise SettingsError(f"{settings.key_env}: what it holds is no key that can be sent")
    parts = urlsplit(base)
    if parts.scheme == "http" and not _near(parts.hostname or ""):
        raise SettingsError(f"{base}: a key is not sent over http, but to a machine of this network; use https")
    return found


def _near(host: str) -> bool:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".internal"))
    return found.is_loopback or found.is_private
