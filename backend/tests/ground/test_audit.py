"""What the tools that know weaknesses answered, made up in their form: clean is only what was really asked about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.version import Version

from scripts import audit
from scripts.audit import (
    CLEAN,
    NOT_ASKED,
    WEAK,
    WEAK_NPM,
    WEAK_NPM_PLACE,
    WEAK_PYTHON,
    Accepted,
    Answer,
    Finding,
    Output,
    Pin,
    layers,
    python_pins,
    read_accepted,
    read_npm_audit,
    read_pip_audit,
    verdict,
    with_a_weak_one,
)

FLASK: Final = Pin("flask", "3.1.2")
CERTIFI: Final = Pin("certifi", "2026.10.18")
PINS: Final = [CERTIFI, FLASK]
BAD: Final = {
    "id": "PYSEC-2030-7",
    "fix_versions": ["3.1.9", "3.2.0"],
    "aliases": ["GHSA-aaaa-bbbb-cccc", "CVE-2030-7"],
}
OLD: Final = {"id": "PYSEC-2019-1", "fix_versions": ["2.2.2"], "aliases": []}
NO_MIRROR: Final = "Dependency not found on PyPI and could not be audited"
ROOT: Final = Path(__file__).resolve().parents[3]


def pip_audit(*told: Mapping[str, object], weak_one: bool = True) -> Output:
    probe = {"name": WEAK_PYTHON.name, "version": WEAK_PYTHON.version, "vulns": [OLD] if weak_one else []}
    return Output(json.dumps({"dependencies": [*told, probe], "fixes": []}))


def dependency(pin: Pin, *vulns: Mapping[str, object]) -> dict[str, object]:
    return {"name": pin.name, "version": pin.version, "vulns": list(vulns)}


def lock() -> dict[str, Any]:
    return {
        "lockfileVersion": 3,
        "packages": {
            "": {"dependencies": {"vue": "3.5.45"}},
            "node_modules/vue": {"version": "3.5.45"},
            "node_modules/vue/node_modules/@scope/inner": {"version": "1.0.0"},
            "node_modules/other": {"name": "really", "version": "2.0.0"},
        },
    }


def npm_audit(total: int = 4, weak_one: bool = True, more: Mapping[str, object] | None = None) -> Output:
    """In the form of npm 10: `total` counts the package that is known to be weak, too."""
    known = entry("https://github.com/advisories/GHSA-xvch-5gv4-984h", WEAK_NPM_PLACE)
    weak = dict(more or {}) | ({WEAK_NPM.name: known} if weak_one else {})
    metadata = {"dependencies": {"total": total}}
    return Output(json.dumps({"auditReportVersion": 2, "vulnerabilities": weak, "metadata": metadata}))


def entry(url: str, *nodes: str, fix: object = False) -> dict[str, object]:
    via = [{"source": 1, "title": "made up", "url": url, "severity": "low", "range": "<9"}, "a package that needs it"]
    return {"via": via, "nodes": list(nodes), "range": "*", "fixAvailable": fix}


# --- Python -----------------------------------------------------------------------------------------------------------


def test_pins_are_read_whatever_system_they_are_for() -> None:
    text = 'Flask==3.1.2 \\\n    --hash=sha256:ab\npysqlite3==0.6.0 ; sys_platform == "linux" \\\nu_v[a]==1.0\n'
    assert python_pins([text, "flask==3.1.2\n"]) == [FLASK, Pin("pysqlite3", "0.6.0"), Pin("u-v", "1.0")]


def test_every_pin_of_this_project_is_spelled_as_the_tool_spells_it() -> None:
    pins = python_pins(path.read_text(encoding="utf-8") for path in ROOT.glob("requirements*.txt"))
    assert Pin("pip-audit", "2.10.1") in pins
    assert len(pins) > 100
    assert [pin for pin in pins if str(Version(pin.version)) != pin.version] == []


def test_two_versions_of_a_package_are_asked_about_apart() -> None:
    old = Pin("flask", "1.0")
    assert layers([CERTIFI, old, FLASK]) == [[CERTIFI, old], [FLASK]]


def test_packages_that_were_all_asked_about_are_clean() -> None:
    assert read_pip_audit(pip_audit(dependency(FLASK), dependency(CERTIFI)), PINS) == Answer()


def test_a_weakness_is_told_with_version_ids_and_what_mends_it() -> None:
    answer = read_pip_audit(pip_audit(dependency(FLASK, BAD), dependency(CERTIFI)), PINS)
    ids = ("PYSEC-2030-7", "CVE-2030-7", "GHSA-aaaa-bbbb-cccc")
    assert answer == Answer((Finding(FLASK, ids, "mended in 3.1.9, 3.2.0"),))
    told = "Weak: flask 3.1.2: PYSEC-2030-7 (CVE-2030-7, GHSA-aaaa-bbbb-cccc), mended in 3.1.9, 3.2.0"
    assert verdict(answer, []) == (WEAK, [told, "Weaknesses that docs/security.md does not accept: 1."])


def test_a_package_that_was_skipped_was_not_asked_about() -> None:
    skipped = {"name": "flask", "skip_reason": f"{NO_MIRROR}: flask (3.1.2)"}
    answer = read_pip_audit(pip_audit(skipped, dependency(CERTIFI)), PINS)
    assert answer.unasked == (f"pip-audit: 1 of 2 packages, flask 3.1.2 the first: {NO_MIRROR}: flask (3.1.2)",)
    assert verdict(answer, [])[0] == NOT_ASKED


@pytest.mark.parametrize("told", [[dependency(CERTIFI)], [dependency(CERTIFI), dependency(Pin("flask", "3.1.1"))]])
def test_a_package_of_which_nothing_is_said_was_not_asked_about(told: list[dict[str, object]]) -> None:
    answer = read_pip_audit(pip_audit(*told), PINS)
    assert answer.unasked == ("pip-audit: 1 of 2 packages, flask 3.1.2 the first: it is not in the answer",)


def test_a_service_that_knows_no_weakness_of_the_weak_one_was_not_asked() -> None:
    answer = read_pip_audit(pip_audit(dependency(FLASK), dependency(CERTIFI), weak_one=False), PINS)
    assert answer.unasked == ("pip-audit: nothing is said of django 2.2, which is known to be weak",)
    assert verdict(answer, [])[0] == NOT_ASKED


@pytest.mark.parametrize("text", ["", "<html>", "[]", '{"dependencies": [{"name": "flask"}]}'])
def test_an_answer_of_another_form_is_no_answer(text: str) -> None:
    answer = read_pip_audit(Output(text, "Traceback\nConnectionError: no way\n"), PINS)
    assert answer == Answer(unasked=("pip-audit: ConnectionError: no way",))


# --- the dashboard ----------------------------------------------------------------------------------------------------


def test_npm_is_asked_about_the_lock_and_the_weak_one() -> None:
    package, asked = with_a_weak_one({"name": "dashboard", "dependencies": {"vue": "3.5.45"}}, lock())
    wanted = {"vue": "3.5.45", "known-to-be-weak": "npm:minimist@0.0.8"}
    assert package == {"name": "dashboard", "dependencies": wanted}
    assert asked["packages"][""]["dependencies"] == wanted
    assert asked["packages"][WEAK_NPM_PLACE] == {"name": "minimist", "version": "0.0.8"}
    assert lock()["packages"].keys() < asked["packages"].keys()


def test_npm_packages_that_were_all_asked_about_are_clean() -> None:
    assert read_npm_audit(npm_audit(), lock()) == Answer()


@pytest.mark.parametrize(
    ("fix", "words"),
    [
        (False, "not mended yet"),
        (True, "mended by a newer version within the ranges (npm audit fix)"),
        ({"name": "vue", "version": "3.6.0", "isSemVerMajor": False}, "mended with vue 3.6.0"),
    ],
)
def test_a_weakness_of_an_npm_package_is_told_at_its_real_name_and_version(fix: object, words: str) -> None:
    inner = entry("https://github.com/advisories/GHSA-1", "node_modules/vue/node_modules/@scope/inner", fix=fix)
    answer = read_npm_audit(npm_audit(more={"@scope/inner": inner}), lock())
    assert answer == Answer((Finding(Pin("@scope/inner", "1.0.0"), ("GHSA-1",), f"weak are <9, {words}"),))


def test_a_weakness_of_an_alias_is_told_by_the_package_behind_it() -> None:
    answer = read_npm_audit(npm_audit(more={"really": entry("https://x/GHSA-2", "node_modules/other")}), lock())
    assert [finding.pin for finding in answer.findings] == [Pin("really", "2.0.0")]


def test_npm_that_left_packages_out_did_not_ask_about_them() -> None:
    assert read_npm_audit(npm_audit(total=2), lock()).unasked == ("npm audit: 2 of 3 packages",)


def test_npm_that_asked_nobody_knows_nothing_of_the_weak_one() -> None:
    answer = read_npm_audit(npm_audit(weak_one=False), lock())
    assert answer.unasked == ("npm audit: nothing is said of minimist 0.0.8, which is known to be weak",)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (Output('{"message": "405 Method Not Allowed - POST https://x", "error": {"summary": ""}}'), "405 Method"),
        (Output('{"error": {"summary": "audit endpoint returned an error", "detail": ""}}'), "audit endpoint"),
        (Output("", "npm error code ENOTFOUND\nnpm error no way\n"), "npm error no way"),
        (Output(""), "it wrote nothing"),
        (npm_audit(more={"gone": entry("https://x/GHSA-3", "node_modules/gone")}), "it is about packages that"),
    ],
)
def test_npm_that_was_refused_did_not_ask(output: Output, words: str) -> None:
    answer = read_npm_audit(output, lock())
    assert answer.findings == ()
    assert answer.unasked[0].startswith(f"npm audit: {words}")


# --- both -------------------------------------------------------------------------------------------------------------

FOUND: Final = Answer((Finding(FLASK, ("PYSEC-2030-7", "CVE-2030-7"), "mended in 3.2.0"),))
TABLE: Final = """# Security

## Weaknesses that are accepted

| id | package | why |
| --- | --- | --- |
| `CVE-2030-7` | `flask` | the function | that is weak is not used |
| GHSA-9 | vue | |

## What it cannot do

| id | package | why |
| --- | --- | --- |
| CVE-1 | none | of this table |
"""


def test_the_table_of_what_is_accepted_is_read() -> None:
    rows = [(row.id, row.package, row.why) for row in read_accepted(TABLE)]
    assert rows == [("CVE-2030-7", "flask", "the function | that is weak is not used"), ("GHSA-9", "vue", "")]


def test_the_document_has_the_table() -> None:
    text = (ROOT / audit.REASONS).read_text(encoding="utf-8")
    assert f"\n{audit.HEADING}\n" in text
    assert [row for row in read_accepted(text) if not row.why] == []


def test_what_is_accepted_does_not_fail_and_is_told() -> None:
    code, lines = verdict(FOUND, [Accepted("CVE-2030-7", "flask", "not used")])
    assert code == CLEAN
    assert lines[0] == "Accepted (docs/security.md): flask 3.1.2: PYSEC-2030-7 (CVE-2030-7), mended in 3.2.0"


@pytest.mark.parametrize(
    "row",
    [Accepted("CVE-2030-7", "vue", "other"), Accepted("CVE-2030-8", "flask", "x"), Accepted("CVE-2030-7", "flask", "")],
)
def test_a_row_about_something_else_or_without_a_reason_accepts_nothing(row: Accepted) -> None:
    code, lines = verdict(FOUND, [row])
    assert code == WEAK
    assert f"No longer found, or without a reason in docs/security.md: {row.id} of {row.package}" in lines


def test_a_row_is_called_old_only_when_everything_was_asked() -> None:
    rows = [Accepted("CVE-2030-7", "flask", "not used")]
    assert verdict(Answer(unasked=("npm audit: no",)), rows)[1] == [
        "Not asked: npm audit: no",
        "Whether the packages have known weaknesses could not be found out.",
    ]


def test_a_weakness_counts_more_than_what_was_not_asked() -> None:
    assert verdict(Answer(FOUND.findings, ("npm audit: no",)), [])[0] == WEAK


def test_both_tools_are_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        audit, "ask_python", lambda pins, python: Answer(unasked=(f"{pins[0].name} {python.parts[-3]}",))
    )
    monkeypatch.setattr(audit, "ask_npm", lambda frontend: Answer(unasked=(frontend.name,)))
    assert audit.main() == NOT_ASKED
    assert "Not asked: aiohappyeyeballs .venv-audit\nNot asked: frontend\n" in capsys.readouterr().out


def test_a_tool_that_is_not_there_was_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No such file" in audit.ask_python(PINS, tmp_path / "python").unasked[0]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert audit.ask_npm(tmp_path).unasked == ("npm audit: npm was not found on the PATH",)
