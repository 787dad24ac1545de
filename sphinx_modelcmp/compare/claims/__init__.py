"""What can be said of a comparison, each claim with the facts it rests on.

Claims carry no words: the sections put them into sentences. A claim exists only while every fact of its evidence has a
value, so a sentence goes when its fact goes. The other way round, no claim is chosen by a fact that it does not name.
"""

from sphinx_modelcmp.compare.claims.capabilities import Alone, Parted, alone, common, disagreements
from sphinx_modelcmp.compare.claims.coverage import Coverage, coverage
from sphinx_modelcmp.compare.claims.evidence import Evidence, evidence_for, once
from sphinx_modelcmp.compare.claims.moves import Move, moves
from sphinx_modelcmp.compare.claims.ranks import (
    Contrast,
    Gap,
    Leads,
    Same,
    contrasts,
    first_lead,
    gaps,
    house_leads,
    leads,
    same,
)
from sphinx_modelcmp.compare.claims.scores import Close, Ties, Wins, close_calls, ties, wins
from sphinx_modelcmp.compare.claims.totals import CheaperMonth, cheaper_month, months

__all__ = [
    "Alone",
    "CheaperMonth",
    "Close",
    "Contrast",
    "Coverage",
    "Evidence",
    "Gap",
    "Leads",
    "Move",
    "Parted",
    "Same",
    "Ties",
    "Wins",
    "alone",
    "cheaper_month",
    "close_calls",
    "common",
    "contrasts",
    "coverage",
    "disagreements",
    "evidence_for",
    "first_lead",
    "gaps",
    "house_leads",
    "leads",
    "months",
    "moves",
    "once",
    "same",
    "ties",
    "wins",
]
