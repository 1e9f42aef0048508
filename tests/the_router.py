"""Every address of the desk, read from its router: what a test of all addresses walks."""

from django.urls import get_resolver
from django.urls.converters import IntConverter


def addresses(patterns=None, route="", space=()):
    """(name or route, path, view) of every address of the router, with a number or a word where it takes one."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns, here, (*space, *filter(None, [each.namespace])))
            continue
        path = here
        for name, converter in each.pattern.converters.items():
            value = "1" if isinstance(converter, IntConverter) else "nothing"
            for written in (f"<{name}>", f"<str:{name}>", f"<slug:{name}>", f"<int:{name}>"):
                path = path.replace(written, value)
        yield ":".join([*space, each.name]) if each.name else here, f"/{path}", each.callback
