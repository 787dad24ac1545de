"""Who makes the models that foreign catalogs list, where a catalog does not say so itself.

A place counts as a maker's own only where it is known to be theirs and the name of the model is one of theirs: makers
serve the models of others, too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """An organization, how its models' names begin, and the names that foreign catalogs have for its own services."""

    id: str
    name: str
    prefixes: tuple[str, ...]
    places: tuple[str, ...]


MAKERS = (
    Maker("ai21", "AI21 Labs", ("jamba", "j2-"), ("ai21",)),
    Maker(
        "alibaba", "Alibaba Cloud", ("qwen", "qwq", "qvq"), ("alibaba", "alibaba-cn", "dashscope", "qwen_ai_platform")
    ),
    Maker("allenai", "Ai2", ("olmo", "molmo", "tulu"), ()),
    Maker("amazon", "Amazon", ("amazon.", "nova-", "titan-"), ("amazon-bedrock", "amazon_nova", "aws", "bedrock")),
    Maker("anthropic", "Anthropic", ("claude",), ("anthropic",)),
    Maker("baidu", "Baidu", ("ernie",), ("baidu", "qianfan")),
    Maker("bytedance", "ByteDance", ("doubao", "seed-"), ("volcengine",)),
    Maker("cohere", "Cohere", ("command", "c4ai", "embed-", "rerank-"), ("cohere", "cohere_chat")),
    Maker("deepseek", "DeepSeek", ("deepseek",), ("deepseek",)),
    Maker("google", "Google", ("gemini", "gemma", "veo", "imagen"), ("google", "google-vertex", "gemini")),
    Maker("ibm", "IBM", ("granite",), ("watsonx",)),
    Maker("inception", "Inception", ("mercury",), ("inception", "text-completion-inception")),
    Maker("meta", "Meta", ("llama", "muse"), ("llama", "meta", "meta_llama")),
    Maker("microsoft", "Microsoft", ("phi-",), ()),
    Maker("minimax", "MiniMax", ("minimax", "abab"), ("minimax", "minimax-cn")),
    Maker(
        "mistral",
        "Mistral AI",
        ("mistral", "magistral", "ministral", "codestral", "devstral", "pixtral", "voxtral", "open-mi"),
        ("mistral", "codestral", "text-completion-codestral"),
    ),
    Maker("moonshot", "Moonshot AI", ("kimi", "moonshot"), ("moonshot", "moonshotai", "moonshotai-cn")),
    Maker("nvidia", "NVIDIA", ("nemotron", "nvidia-nemotron"), ("nvidia", "nvidia_nim")),
    Maker(
        "openai",
        "OpenAI",
        ("gpt", "o1", "o3", "o4", "codex", "chatgpt", "computer-use", "text-embedding", "whisper", "tts-", "dall-e"),
        ("openai", "chatgpt", "text-completion-openai"),
    ),
    Maker("perplexity", "Perplexity", ("sonar",), ("perplexity", "perplexity-agent")),
    Maker("stepfun", "StepFun", ("step-",), ("stepfun", "stepfun-ai")),
    Maker("tencent", "Tencent", ("hunyuan", "hy3", "hy4"), ("tencent", "tencent-tokenhub")),
    Maker("xai", "xAI", ("grok",), ("xai", "x-ai", "x_ai")),
    Maker("xiaomi", "Xiaomi", ("mimo",), ("xiaomi", "xiaomi_mimo")),
    Maker("zai", "Z.ai", ("glm", "zai", "cogview"), ("zai", "zhipuai", "bigmodel", "z-ai")),
)


def maker_of(model: str) -> Maker | None:
    """Whose name a model has."""
    folded = model.casefold()
    return next((maker for maker in MAKERS if folded.startswith(maker.prefixes)), None)


def makers_own(place: str, model: str) -> Maker | None:
    """The maker of a model that is listed at its maker's own place."""
    maker = maker_of(model)
    return maker if maker and place in maker.places else None
