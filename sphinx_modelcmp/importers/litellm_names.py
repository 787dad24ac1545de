"""The keys of LiteLLM: which provider, which region, and what the model is called there."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GROUPS = (
    ("vertex_ai", "vertex_ai-"),
    ("bedrock", "bedrock_converse"),
    ("openai", "text-completion-openai"),
    ("codestral", "text-completion-codestral"),
    ("inception", "text-completion-inception"),
    ("cohere", "cohere_chat"),
    ("azure", "azure_text"),
    ("fireworks_ai", "fireworks_ai-embedding-models"),
)
"""Provider to how its other names begin: of one service LiteLLM makes several, by the way they are called.

``bedrock_mantle`` stays apart: there the same models have prices of their own.
"""
_BEDROCKS = ("bedrock", "bedrock_mantle")
_REGION = re.compile(r"(?:us|eu|apac|ap|au|jp|ca|uk|sa|me|af|il|mx|in)(?:-gov)?(?:-[a-z]+-\d+)?|global(?:-standard)?")
_GEOGRAPHY = re.compile(r"(?P<region>us-gov|us|eu|apac|au|jp|ca|in|global)\.(?P<rest>.+)")
_BEDROCK = re.compile(r"(?:[a-z0-9]+\.)?(?P<model>.+?)(?:-v\d+)?(?::\d+(?::[\w]+)?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key stands for a model."""

    provider: str
    id: str
    """What the model is called there."""
    model: str
    """What it is called without what belongs to the place."""
    region: str = ""


def place_of(key: str, provider: str) -> Place:
    """Take a key apart.

    >>> place_of("azure/eu/gpt-4o-2024-08-06", "azure")
    Place(provider='azure', id='gpt-4o-2024-08-06', model='gpt-4o-2024-08-06', region='eu')
    >>> place_of("eu.anthropic.claude-opus-4-v1:0", "bedrock_converse")
    Place(provider='bedrock', id='eu.anthropic.claude-opus-4-v1:0', model='claude-opus-4', region='eu')
    """
    service = next((name for name, begins in _GROUPS if provider.startswith(begins)), provider)
    parts = key.split("/")
    if len(parts) > 1 and parts[0] in {provider, service}:
        parts = parts[1:]
    region = parts.pop(0) if len(parts) > 1 and _REGION.fullmatch(parts[0]) else ""
    name = "/".join(parts)
    if service not in _BEDROCKS:
        return Place(service, name, name, region)
    if found := _GEOGRAPHY.fullmatch(name):
        return Place(service, name, _bedrock_model(found["rest"]), region or found["region"])
    return Place(service, name, _bedrock_model(name), region)


def _bedrock_model(name: str) -> str:
    """A name of Bedrock without the vendor in front of it and the version of the way it is called behind it."""
    last = name.rpartition("/")[2]
    found = _BEDROCK.fullmatch(last)
    return found["model"] if found else last
