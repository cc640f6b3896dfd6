"""Errors of the land register: one tree, stable codes, facts for the person who has to mend it.

    GisError
    ├── InvalidValue        the question is malformed: a date, a stage, a box, a code
    ├── NotFound            a well-formed name of something that the register does not hold
    ├── RuleBroken          well formed, but breaks a rule of geometry, place or law
    │   ├── GeometryProblem
    │   └── CrsProblem
    ├── Conflict            contradicts what the register already holds
    │   ├── StaleVersion    somebody else changed the record meanwhile
    │   └── RequestRepeated the same request was carried out before
    ├── NotAllowed          nobody is signed in, or not somebody who may
    └── StoreProblem        the register itself can't be opened, read or written
        └── StoreBusy       another writer holds it: try again in a moment

Every error has a ``code`` that never changes once released and ``facts`` that say what, where
and how to mend it. The sentences, in both languages, are in `gis.error_texts`.
Nothing here knows HTTP: `api.errors` maps these classes to status codes.
"""

from collections.abc import Mapping
from typing import Any

from gis.error_texts import RIGHT_TERMS, TEXTS, Language


class GisError(Exception):
    """An error that a person can act on.

    ``code`` must be listed in `gis.error_texts.TEXTS`; ``facts`` fill the places in its sentences
    and go, as they are, into the machine-readable answer. Facts hold plain JSON values only.
    """

    def __init__(self, code: str, /, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """Say what is wrong and how to mend it, in ``language`` ("vi" or "en")."""
        return sentence(self.code, self.facts, language)


def sentence(code: str, facts: Mapping[str, Any], language: Language = "vi") -> str:
    """Say what a code means, its places filled from facts, in ``language`` ("vi" or "en")."""
    text = TEXTS[code]
    return (text.vi if language == "vi" else text.en).format_map(_Facts(facts))


class _Facts(dict[str, Any]):
    """Facts for a sentence; a fact that was not given shows as "?" and never hides the error."""

    def __missing__(self, key: str) -> str:
        return "?"


class _Terms:
    """The terms of rights in one language; one that was not given shows as "?"."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __getitem__(self, key: str) -> str:
        term = RIGHT_TERMS.get(key)
        return "?" if term is None else getattr(term, self._language)


class InvalidValue(GisError):
    """A value of the question is malformed: a date, a stage, a bounding box, a code."""


class NotFound(GisError):
    """A well-formed name of something that the register does not hold."""


class RuleBroken(GisError):
    """Well formed, but breaks a rule of geometry, place or law."""


class GeometryProblem(RuleBroken):
    """A shape that can't stand for land; ``at`` gives a place as [x, y] where one is known."""


class CrsProblem(RuleBroken):
    """Coordinates in a reference system that does not fit them or the operation."""


class Conflict(GisError):
    """Contradicts what the register already holds."""


class StaleVersion(Conflict):
    """The record is no longer the one that was seen: look at it again before changing it."""


class RequestRepeated(Conflict):
    """A request with this key was carried out before; its result is among the facts."""


class NotAllowed(GisError):
    """Nobody is signed in, or not somebody who may; the facts name the action and the roles.

    ``cluster`` is there where the account's clusters are the reason, "*" for all of them.
    """

    def sentence(self, language: Language = "vi") -> str:
        """Say who may, with the action and the roles in words."""
        words = _Terms(language)
        cluster = self.facts.get("cluster")
        place = "place.none" if cluster is None else f"place.{'all' if cluster == '*' else 'one'}"
        facts = {
            **self.facts,
            "action": words[f"action.{self.facts.get('action')}"],
            "roles": ", ".join(words[f"role.{role}"] for role in self.facts.get("roles", ())),
            "place": words[place].format(cluster=cluster),
        }
        text = TEXTS[self.code]
        return (text.vi if language == "vi" else text.en).format_map(_Facts(facts))


class StoreProblem(GisError):
    """The register can't be opened, read or written."""


class StoreBusy(StoreProblem):
    """Another writer holds the register; the same request may succeed in a moment."""
