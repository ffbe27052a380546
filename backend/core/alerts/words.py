"""What an alert says where no dashboard shows it, in the languages of the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Final

from backend.core.alerts.kinds import TERMS, Unit
from backend.core.model.amounts import plain

if TYPE_CHECKING:
    from backend.core.model.alerts import Language, Severity, Told

Texts = Mapping[str, str]
ENGLISH: Final[Texts] = {
    "loss_1h": "Fell by {value} within an hour (limit {limit})",
    "loss_24h": "Fell by {value} within 24 hours (limit {limit})",
    "loss_peak": "{value} below its highest (limit {limit})",
    "sync_failing": "Could not be read {value} in a row. {detail}",
    "balance_anomaly": "{subject} changed without an event: about {value} are unexplained (limit {limit})",
    "position_share": "{subject} is {value} of the account (limit {limit})",
    "drift_band": "{subject} is {value} off its target (band {limit})",
    "price_above": "{subject} is at {value} (limit {limit})",
    "price_below": "{subject} is at {value} (limit {limit})",
    "depeg": "{subject} is {value} away from one dollar (limit {limit})",
    "key_rights": "The rights of the API key are others than before. {detail}",
    "residual": "A change of value is not explained: {value} {subject} ({reason}), {detail}",
    "run_finished": "Run {run} is complete",
    "run_failed": "Run {run} did not complete ({reason}). {detail}",
    "run_review": "Run {run} needs a person: look at the orders at the exchange. {detail}",
    "benchmark_exhausted": "A withdrawal took more than the benchmark had",
    "audit_broken": "The audit trail is no longer whole: {detail}",
    "test": "This is a test: alerts arrive here",
}
FRENCH: Final[Texts] = {
    "loss_1h": "En baisse de {value} en une heure (limite {limit})",
    "loss_24h": "En baisse de {value} en 24 heures (limite {limit})",
    "loss_peak": "{value} sous son plus haut (limite {limit})",
    "sync_failing": "Lecture impossible {value} de suite. {detail}",
    "balance_anomaly": "{subject} a changé sans mouvement connu : environ {value} inexpliqués (limite {limit})",
    "position_share": "{subject} pèse {value} du compte (limite {limit})",
    "drift_band": "{subject} est à {value} de sa cible (bande {limit})",
    "price_above": "{subject} est à {value} (limite {limit})",
    "price_below": "{subject} est à {value} (limite {limit})",
    "depeg": "{subject} s’écarte de {value} d’un dollar (limite {limit})",
    "key_rights": "Les droits de la clé API ont changé. {detail}",
    "residual": "Une variation de valeur est inexpliquée : {value} {subject} ({reason}), {detail}",
    "run_finished": "L’exécution {run} est terminée",
    "run_failed": "L’exécution {run} n’a pas abouti ({reason}). {detail}",
    "run_review": "L’exécution {run} demande une vérification : regardez les ordres sur la plateforme. {detail}",
    "benchmark_exhausted": "Un retrait a pris plus que la référence ne contenait",
    "audit_broken": "Le journal d’audit n’est plus intact : {detail}",
    "test": "Ceci est un essai : les alertes arrivent ici",
}
TEXTS: Final[Mapping[Language, Texts]] = {"en": ENGLISH, "fr": FRENCH}
SEVERITIES: Final[Mapping[Language, Mapping[Severity, str]]] = {
    "en": {"info": "Note", "warning": "Warning", "critical": "Critical"},
    "fr": {"info": "Info", "warning": "Attention", "critical": "Critique"},
}
CENT: Final = Decimal("0.01")


def title(severity: Severity, account: str, language: Language) -> str:
    """The first line: how urgent, and which account."""
    return f"{SEVERITIES[language][severity]}: {account}" if account else SEVERITIES[language][severity]


def sentence(told: Told | None, language: Language, reporting: str) -> str:
    """What happened; None: a test."""
    if told is None:
        return TEXTS[language]["test"]
    unit = TERMS[told.kind].unit
    return (
        TEXTS[language][told.kind]
        .format(
            subject=told.subject,
            value=_amount(told.value, unit, language, reporting),
            limit=_amount(told.limit, unit, language, reporting),
            reason=told.reason or "",
            detail=told.detail,
            run=told.run_id,
        )
        .replace("  ", " ")
        .strip()
    )


def _amount(value: Decimal | None, unit: Unit | None, language: Language, reporting: str) -> str:
    if value is None:
        return "?"
    if unit == "times":
        return f"{value:.0f} fois" if language == "fr" else f"{value:.0f} times"
    if unit == "price":
        return f"{plain(value)} {reporting}"
    text = plain(value.quantize(CENT, ROUND_HALF_EVEN))
    if unit == "money":
        return f"{text} {reporting}"
    return f"{text} pp" if unit == "points" else f"{text} %"
