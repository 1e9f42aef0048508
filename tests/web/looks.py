"""What is looked for on every page in a real browser: axe in both themes; in both sizes what is too small, too fine or
runs off the side."""

from axe_playwright_python.base import AXE_SCRIPT
from browsing import SIZES

# All of axe's rules, and the one of WCAG 2.2 that it leaves out unless asked.
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# A theme changes colours and nothing else: every rule is asked of the light one, those of colour of the dark one, too.
_COLOURS = ["color-contrast", "link-in-text-block"]
OF_COLOUR = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": _COLOURS}}
AXE_OF_THEME = {"light": AXE_OPTIONS, "dark": OF_COLOUR}
# A language changes words and no colour, and rules of colour take most of the time: English is asked the others.
BUT_COLOUR = {**AXE_OPTIONS, "rules": {**AXE_OPTIONS["rules"], **{rule: {"enabled": False} for rule in _COLOURS}}}
IN_ENGLISH = "() => document.documentElement.lang === 'en'"
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_SMALL = """() => [...document.querySelectorAll(
        "button, .button, summary, nav a, input:not([type=hidden]), select, textarea")]
    .filter(thing => thing.checkVisibility())
    .map(thing => thing.matches("[type=radio], [type=checkbox]") && thing.closest("label") || thing)
    .map(thing => [thing.textContent.trim() || thing.id, thing.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
    .map(([name, box]) => `${name} ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
TOO_FINE = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const fine = [];
    while (walker.nextNode()) {
        const text = walker.currentNode;
        const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
        const isSeen = text.data.trim() && text.parentElement.checkVisibility();
        if (isSeen && size < 15) fine.push(`${size} ${text.data.trim()}`);
    }
    return fine;
}"""
# What breaks a rule, and where: all that a failing test has to say.
VIOLATIONS = """options => axe.run(document, options).then(({violations}) =>
    violations.map(({id, help, nodes}) => [id, help, ...nodes.map(node => node.html)]))"""
OPEN_EVERYTHING = "() => document.querySelectorAll('details').forEach(details => details.open = true)"


def scrolls_sideways(page):
    # Between two pages there is nothing to measure for a moment.
    page.wait_for_load_state("domcontentloaded")
    return page.evaluate(SCROLLS_SIDEWAYS)


def look(page, name):
    """{name: everything wrong with the open page}, empty where nothing is.  The browser must bypass the page's CSP.

    Everything that can be opened is opened; the page is left in a phone's size and the light theme.
    """
    found = {}
    page.evaluate(OPEN_EVERYTHING)
    for size in ("desktop", "phone"):
        page.set_viewport_size(SIZES[size])
        found[f"scrolls sideways, {size}"] = scrolls_sideways(page)
        found[f"smaller than 44 px, {size}"] = page.evaluate(TOO_SMALL)
        found[f"finer than 15 px, {size}"] = page.evaluate(TOO_FINE)
    page.evaluate(AXE_SCRIPT)
    if page.evaluate(IN_ENGLISH):
        found["light"] = page.evaluate(VIOLATIONS, BUT_COLOUR)
    else:
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            found[theme] = page.evaluate(VIOLATIONS, AXE_OF_THEME[theme])
    found = {what: where for what, where in found.items() if where}
    return {name: found} if found else {}


def look_at(page, paths):
    """What is wrong on any of these pages, opened one after the other."""
    found = {}
    for path in paths:
        page.goto(path)
        found |= look(page, path)
    return found
