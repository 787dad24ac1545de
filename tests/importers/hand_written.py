"""Catalogs as people lay them out by hand, by what is particular about each. Each holds the model ``gpt-9``."""

from __future__ import annotations

from textwrap import dedent

LAYOUTS = {
    name: dedent(text).removeprefix("\n")
    for name, text in {
        "a model with nothing but a name": """
            models:
              gpt-9: {name: GPT-9}
            """,
        "keys with no value": """
            models:
              gpt-9:
                name: GPT-9
                context_window:
                max_output:   # nobody has looked
                released: ~
                capabilities:
                routes:
            """,
        "an empty mapping and an empty list": """
            models:
              gpt-9: {name: GPT-9, capabilities: {}, routes: []}
            """,
        "flags with no value": """
            models:
              gpt-9:
                name: GPT-9
                capabilities:
                  vision:
                  reasoning:   # to be read
            """,
        "no sources": """
            providers: {openai: {name: OpenAI}}
            models:
              gpt-9:
                name: GPT-9
                context_window: 400000
            """,
        "empty tables": """
            sources:
            providers:
            organizations:
            models:
              gpt-9: {name: GPT-9}
            """,
        "models first, tables last": """
            models:
              gpt-9:
                name: GPT-9

            # Where we read it.
            sources:
              vendor: {title: The vendor, checked: 2026-03-01}
            """,
        "sections between banners": """
            # ================ sources ================
            sources:
              vendor: {title: The vendor, checked: 2026-03-01}

            # ================ models =================
            models:

              # ---- OpenAI ----
              gpt-9:
                name: GPT-9

              # ---- Qwen ----
              qwen:
                name: Qwen
            """,
        "a comment above each key and beside each value": """
            # the file
            models:   # all of them
              # the model
              gpt-9:   # the key
                # its name
                name: GPT-9   # the value
                # its window
                context_window: 400000   # tokens
                # below the last key
              # below the model
            # below all
            """,
        "keys that are commented out": """
            models:
              gpt-9:
                name: GPT-9
                # context_window: 399000
                # capabilities:
                #   vision: true
                routes:
                  - provider: openai
                    # id: gpt-9
            providers: {openai: {name: OpenAI}}
            """,
        "an indented list": """
            providers: {openai: {name: OpenAI}}
            models:
              gpt-9:
                name: GPT-9
                routes:
                    - provider: openai
                      id: gpt-9
                      prices:
                          - input: 2
                            output: 8
            """,
        "a list that is not indented": """
            providers: {openai: {name: OpenAI}}
            models:
              gpt-9:
                name: GPT-9
                routes:
                - provider: openai
                  id: gpt-9
                  prices:
                  - input: 2
                    output: 8
            """,
        "a dash in a line of its own": """
            providers: {openai: {name: OpenAI}}
            models:
              gpt-9:
                name: GPT-9
                routes:
                  -
                    provider: openai
                    prices:
                      -
                        input: 2
            """,
        "routes between brackets, a line each": """
            providers: {openai: {name: OpenAI}}
            models:
              gpt-9:
                name: GPT-9
                routes: [
                  {provider: openai, id: gpt-9, prices: [{input: 2}]},   # list price
                ]
            """,
        "a model between braces over several lines": """
            models: {
              gpt-9: {
                name: GPT-9,
                context_window: 400000,   # tokens
                capabilities: {vision: true},
              },
            }
            """,
        "everything in one line": """
            {models: {gpt-9: {name: GPT-9, capabilities: {vision: true}}}}
            """,
        "JSON": """
            {
                "providers": {"openai": {"name": "OpenAI"}},
                "models": {
                    "gpt-9": {
                        "name": "GPT-9",
                        "routes": [{"provider": "openai", "id": "gpt-9"}]
                    }
                }
            }
            """,
        "four spaces": """
            sources:
                vendor:
                    title: The vendor
                    checked: 2026-03-01
            models:
                gpt-9:
                    name: GPT-9
                    source: vendor
                    capabilities:
                        vision: true
            """,
        "one space": """
            models:
             gpt-9:
              name: GPT-9
              capabilities:
               vision: true
            """,
        "quoted keys and values": """
            "models":
              "gpt-9":
                'name': "GPT-9"
                "context_window": '400000'
            """,
        "texts in lines of their own": """
            models:
              gpt-9:
                name: GPT-9
                summary: >
                  The model that
                  we use most.
                context_window:
                  value: 399000
                  note: |
                    We measured less.
                    This is # no comment.
                best_for:
                  - long texts
            """,
        "a text that ends the file": """
            models:
              gpt-9:
                name: GPT-9
                summary: |
                  The model that we use most.
            """,
        "a note and a word for the checks": """
            sources: {vendor: {title: The vendor, checked: 2026-03-01}}
            models:
              gpt-9:
                name: GPT-9
                context_window: {value: 399000, source: vendor, note: We measured less., accept: stale-fact}
                max_output: {value: unknown, note: Nobody says.}
            """,
        "several values that disagree": """
            sources: {vendor: {title: The vendor}, other: {title: Another one}}
            models:
              gpt-9:
                name: GPT-9
                context_window:
                  note: The page and the card differ.
                  accept: conflict
                  values:
                    - {value: 399000, source: vendor}   # the page
                    - {value: 400000, source: other}    # the card
            """,
        "flags that an anchor shares": """
            models:
              gpt-9:
                name: GPT-9
                capabilities: &usual
                  vision: true
              gpt-8:
                name: GPT-8
                capabilities: *usual
            """,
        "a model that takes over another one": """
            models:
              gpt-8: &eight
                name: GPT-8
                openness: proprietary
              gpt-9:
                <<: *eight
                name: GPT-9
            """,
        "a document between its marks": """
            %YAML 1.1
            ---
            models:
              gpt-9:
                name: GPT-9
            ...
            """,
        "empty lines everywhere": """


            models:


              gpt-9:

                name: GPT-9

                capabilities:

                  vision: true


            """,
        "no line end at the end": "models:\n  gpt-9:\n    name: GPT-9",
        "no line end behind a comment at the end": "models:\n  gpt-9:\n    name: GPT-9  # the name",
        "the line ends of Windows": "models:\r\n  gpt-9:\r\n    name: GPT-9\r\n    released:\r\n",
        "a byte order mark": "\ufeffmodels:\n  gpt-9:\n    name: GPT-9\n",
        "spaces at the ends of lines": "models:  \n  gpt-9:   \n    name: GPT-9  \n    released:  \n",
        "characters of other scripts": """
            models:
              gpt-9:
                name: GPT-9 「九」 🚀
                summary: "Schnell – 快速"   # ← geprüft
            """,
        "a header and a source for all": """
            catalog: {schema: 1, as_of: 2026-08-01}
            source: vendor
            sources:
              vendor: {title: The vendor, checked: 2026-03-01}
            models:
              gpt-9:
                name: GPT-9
                context_window: 399000
            """,
        "only comments": "# To be filled.\n",
        "nothing": "",
    }.items()
}
