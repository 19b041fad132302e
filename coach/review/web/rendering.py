"""Where the templates and the files of the pages lie; whatever fills a template is escaped."""

from pathlib import Path

import jinja2

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def load_templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
