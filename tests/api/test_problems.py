"""The one body of HTTP errors."""

import json

import pytest

from api.problems import REFUSALS, asked_language, problem_response, refusal_bytes
from gis.error_texts import Language

MORE = {"choices": "application/json", "header": "X-CSRF-Token", "reason": "exp"}


MORE = {"choices": "application/json", "header": "X-CSRF-Token", "reason": "exp"}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_speaks_both_languages(code: str, language: Language) -> None:
    """Each refusal fills its sentences and carries the members of the contract (THREATS §2)."""
    problem = json.loads(refusal_bytes(code, "/x", language, limit_mb=10, seconds="30", **MORE))
    assert list(problem) == ["type", "title", "status", "detail", "instance", "code"]
    assert (problem["code"], problem["status"]) == (code, REFUSALS[code].status)
    assert "{" not in problem["title"] + problem["detail"]


def test_a_problem_response_may_carry_more() -> None:
    """An answer is problem+json in UTF-8, is kept by no cache, and takes members of its own."""
    response = problem_response(422, "a.b", "Sai", "Rõ", "/x", errors=[{"row": 3}])
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem = json.loads(bytes(response.body))
    assert (problem["title"], problem["errors"]) == ("Sai", [{"row": 3}])
    assert "Rõ".encode() in bytes(response.body)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "vi"),
        ("en", "en"),
        ("en-GB, vi;q=0.8", "en"),
        ("EN;q=0.5", "en"),
        ("vi, en", "vi"),
        ("de", "vi"),
        (",,;", "vi"),
    ],
)
def test_the_first_language_asked_decides(accept: str, language: Language) -> None:
    """Vietnamese, unless English is asked for first."""
    assert asked_language(accept) == language
