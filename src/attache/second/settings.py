"""Settings of the second reader: a TOML file of the user's, the environment, the command line; keys by name only."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
import platformdirs

from attache.record import Trust

ADDRESS, KEY, FILE = "ATTACHE_SECOND", "ATTACHE_SECOND_KEY", "ATTACHE_SECOND_SETTINGS"


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
        hint = "; a key belongs in the environment, under the name that key_env tells" if b"key" in data else ""
        raise SettingsError(f"{path}: {error}{hint}") from None
    _in_range(settings, path)
    return msgspec.structs.replace(settings, url=env.get(ADDRESS) or settings.url)


def _in_range(settings: Settings, path: Path) -> None:
    least = {
        "concurrency": 1,
        "tries": 1,
        "timeout": 0.001,
        "max_tokens": 1,
        "backoff": 0,
        "price_in": 0,
        "price_out": 0,
    }
    for name, low in least.items():
        if getattr(settings, name) < low:
            raise SettingsError(f"{path}: {name} = {getattr(settings, name)}, at least {low}")
    if settings.concurrency > 256:
        raise SettingsError(f"{path}: concurrency = {settings.concurrency}, at most 256")


def address(given: str) -> Address:
    """A server by ``URL[#MODEL]``; an address without a path stands for its ``/v1``.

    Raises:
        SettingsError: if it is no address of HTTP, or holds a password.
    """
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"{given.rsplit('@', maxsplit=1)[-1]}: no address of a server, http://HOST:PORT/v1#MODEL")
    if parts.username or parts.password:
        raise SettingsError(f"{parts.hostname}: a password in an address is seen by all; put it into {KEY}")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return Address(f"{parts.scheme}://{parts.netloc}{path}", parts.fragment or None)


def key(settings: Settings, base: str, environment: dict[str, str] | None = None) -> str | None:
    """The key for a server, if the environment has one.

    Raises:
        SettingsError: if it would go over an open line.
    """
    found = (dict(os.environ) if environment is None else environment).get(settings.key_env)
    if not found:
        return None
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
