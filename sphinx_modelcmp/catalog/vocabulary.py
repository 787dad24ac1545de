"""The closed lists of words that a catalog may use."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, StrEnum
from typing import NamedTuple


class State(Enum):
    """What is known of a fact. Only ``KNOWN`` has a value; nothing is ever said from the other three."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNDISCLOSED = "undisclosed"
    NOT_APPLICABLE = "n/a"


STATE_WORDS = {state.value: state for state in State if state is not State.KNOWN}


class Support(StrEnum):
    """What a flag says. The absence of a flag is a state, never ``NO``."""

    YES = "true"
    NO = "false"
    PARTIAL = "partial"


class Modality(StrEnum):
    """Kinds of content, in the order in which a page names them."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    PDF = "pdf"


class Openness(StrEnum):
    """How open a model is, from the most to the least."""

    OPEN_SOURCE = "open-source"
    OPEN_WEIGHTS = "open-weights"
    PROPRIETARY = "proprietary"


class CommercialUse(StrEnum):
    """What the license says of commercial use."""

    ALLOWED = "allowed"
    CONDITIONS = "conditions"
    NOT_ALLOWED = "not-allowed"


class SourceKind(StrEnum):
    """Who speaks in a source, the most trusted first: where sources disagree, the first kind is shown."""

    VENDOR = "vendor"
    PROVIDER = "provider"
    AGGREGATOR = "aggregator"
    COMMUNITY = "community"
    OWN = "own"


RANKS = {kind: rank for rank, kind in enumerate(SourceKind)}
"""Kind of a source to its rank, 0 for the most trusted."""


class Reporter(StrEnum):
    """Who measured a benchmark result."""

    SELF = "self"
    INDEPENDENT = "independent"
    COMMUNITY = "community"
    VERIFIED = "verified"


class Status(StrEnum):
    """Where a model stands in its life."""

    PREVIEW = "preview"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    SHUTDOWN = "shutdown"


class Charges(StrEnum):
    """How much of what a route charges its price list says."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


class Better(StrEnum):
    """Which end of a scale is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class Scale(StrEnum):
    """What a benchmark's scores are counted in."""

    PERCENT = "percent"
    FRACTION = "fraction"
    ELO = "elo"
    INDEX = "index"
    POINTS = "points"
    USD = "usd"
    SECONDS = "seconds"


SCALE_RANGES: dict[Scale, tuple[Decimal, Decimal]] = {
    Scale.PERCENT: (Decimal(0), Decimal(100)),
    Scale.FRACTION: (Decimal(0), Decimal(1)),
    Scale.USD: (Decimal(0), Decimal("1e9")),
    Scale.SECONDS: (Decimal(0), Decimal("1e9")),
}


class Service(StrEnum):
    """The service tier of a request. A price without one is the standard price."""

    BATCH = "batch"
    FLEX = "flex"
    PRIORITY = "priority"
    FAST = "fast"


class Scope(StrEnum):
    """What a price above a request size covers: the whole request, or only the tokens above."""

    REQUEST = "request"
    MARGINAL = "marginal"


class FieldType(StrEnum):
    """The type of a house's own row."""

    FLAG = "flag"
    QUANTITY = "quantity"
    TEXT = "text"
    DATE = "date"


class FieldGroup(StrEnum):
    """The section that shows a house's own row."""

    SPECS = "specs"
    CAPABILITIES = "capabilities"


FACT_GROUPS = ("texts", "specs", "capabilities", "routes", "prices", "results", "lifecycle")
"""The groups of facts that a house may ask the sources of."""

COMPUTED_ROWS = ("cheapest_input", "cheapest_output", "providers", "shared_benchmarks")
"""Rows of a page that no author writes. A house's own row cannot have one of these names."""

CAPABILITIES = (
    "vision",
    "multimodal",
    "reasoning",
    "function_calling",
    "tool_use",
    "structured_outputs",
    "code_execution",
    "ide_integration",
    "computer_use",
    "parallel_agents",
)


class Component(NamedTuple):
    """A component of a price: its unit, and the lowest and the highest price above zero that is believed."""

    unit: str
    per: int
    lowest: Decimal
    highest: Decimal

    @property
    def quantity(self) -> str:
        """How much a price is for: ``1,000,000 tokens``, ``1 image``."""
        return f"{self.per:,} {self.unit}" if self.per > 1 else f"1 {self.unit.removesuffix('s')}"


# The dearest tokens that are priced so in truth are those of o1-pro (150 and 600) and spoken ones of
# gpt-4o-realtime-preview (110 and 220); the cheapest that any chat model writes are those of LFM 7B and Llama 3.2 1B
# (0.01), and the cheapest cache reads those of qwen3.5-flash (0.001). Of 13,100 prices of an input 30 are below 0.01:
# placeholders of image models, prices for a minute of speech, and some 14 real ones, mostly of embeddings (0.003).
_INPUT_TOKENS = Component("tokens", 1_000_000, Decimal("0.01"), Decimal(200))
_CACHED_TOKENS = Component("tokens", 1_000_000, Decimal("0.001"), Decimal(200))
_OUTPUT_TOKENS = Component("tokens", 1_000_000, Decimal("0.01"), Decimal(1000))

PRICE_COMPONENTS: dict[str, Component] = {
    "input": _INPUT_TOKENS,
    "output": _OUTPUT_TOKENS,
    "cache_read": _CACHED_TOKENS,
    "cache_write": _INPUT_TOKENS,
    "cache_write_1h": _INPUT_TOKENS,
    "reasoning": _OUTPUT_TOKENS,
    "image_input": _INPUT_TOKENS,
    "image_output": _OUTPUT_TOKENS,
    "audio_input": _INPUT_TOKENS,
    "audio_output": _OUTPUT_TOKENS,
    "audio_cache_read": _CACHED_TOKENS,
    "video_input": _INPUT_TOKENS,
    "image_each": Component("images", 1, Decimal("0.00001"), Decimal(1)),
    "image_output_each": Component("images", 1, Decimal("0.0005"), Decimal(10)),
    "audio_minute": Component("minutes", 1, Decimal("0.0001"), Decimal(10)),
    "audio_hour": Component("hours", 1, Decimal("0.01"), Decimal(600)),
    "video_second": Component("seconds", 1, Decimal("0.00001"), Decimal(10)),
    "character": Component("characters", 1_000_000, Decimal("0.01"), Decimal(1000)),
    "character_output": Component("characters", 1_000_000, Decimal("0.01"), Decimal(1000)),
    "page": Component("pages", 1_000, Decimal("0.01"), Decimal(1000)),
    "page_annotated": Component("pages", 1_000, Decimal("0.01"), Decimal(1000)),
    "pixel": Component("pixels", 1_000_000, Decimal("0.0001"), Decimal(10)),
    "text_message": Component("messages", 1, Decimal("0.00001"), Decimal(1)),
    "request": Component("requests", 1, Decimal("0.00001"), Decimal(10)),
    "web_search": Component("searches", 1_000, Decimal("0.1"), Decimal(1000)),
}
"""Component name to its fixed unit, as vendors print their price lists."""

PIECES = frozenset(
    name for name, component in PRICE_COMPONENTS.items() if component.unit not in {"tokens", "requests", "searches"}
)
"""The components that count something else than tokens, requests and searches."""

NEAR_A_DOLLAR = frozenset(("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"))
"""Currencies of which one has been worth 0.5 to 2 US dollars for years, so that one pair of bounds serves them all."""

_COUNTRIES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VED VES VND VUV WST YER ZAR ZMW ZWG"
)
CURRENCIES = tuple(_COUNTRIES.split())
"""The codes of ISO 4217 (list one, of 2025) that countries pay in. Those that begin with X are open to anybody."""

WITHOUT_TEXT = frozenset(
    ("embedding-model", "reranking-model", "moderation-model", "image-model", "video-model", "speech-model")
)
"""Kinds of model that write no text."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
