"""Every sentence of the pages exists in Vietnamese and in English, and no translation is left over."""

import ast
from pathlib import Path

import polib
import pytest
from django.template import engines
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

import thuchu.desk.web
from thuchu.desk.web.compile_messages import LOCALE, CannotCompile, refresh

WEB = Path(thuchu.desk.web.__file__).parent
# Rooms mark what they refuse people with; the pages say it, so that it stands in the pages' catalogue.
DESK = WEB.parent
GETTEXT = {"_", "gettext", "gettext_noop", "gettext_lazy"}


def messages_in_template(name):
    """(msgid, msgid_plural or "") of every translated piece of a template."""
    template = engines["django"].engine.get_template(name)
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal or node.filter_expression.var), ""
        if isinstance(node, BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield node.render_token_list(node.singular)[0], plural


def messages_in_module(source):
    """(msgid, msgid_plural or "") of every call of gettext with a literal, and of ngettext."""
    for node in ast.walk(ast.parse(source)):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if name in GETTEXT and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value, ""
        if name == "ngettext":
            yield node.args[0].value, node.args[1].value


def messages_used():
    """Every message of the pages, with where it stands."""
    used = {}
    folder = WEB / "templates"
    for path in sorted(folder.rglob("*.html")):
        for message in messages_in_template(str(path.relative_to(folder))):
            used.setdefault(message, path.name)
    for path in sorted(DESK.rglob("*.py")):
        for message in messages_in_module(path.read_text("utf-8")):
            used.setdefault(message, path.name)
    return used


def catalogue(language):
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def written(language):
    """(msgid, plural) of every entry that has text in all its forms and isn't fuzzy."""
    whole = set()
    for entry in catalogue(language):
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        if all(forms) and not entry.fuzzy and not entry.obsolete:
            whole.add((entry.msgid, entry.msgid_plural))
    return whole


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_of_the_pages_is_written_in(language):
    used = messages_used()

    missing = set(used) - written(language)

    assert not missing, [f"{used[message]}: {message[0]}" for message in missing]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_is_left_that_no_page_says(language):
    used = messages_used()

    left = {(entry.msgid, entry.msgid_plural) for entry in catalogue(language)} - set(used)

    assert not left


def names_in(text):
    """Names of the values that a sentence takes, in either way of writing them."""
    return {piece.split(")")[0] for piece in text.split("%(")[1:]}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_translation_takes_no_value_that_the_page_does_not_give(language):
    for entry in catalogue(language):
        given = names_in(entry.msgid) | names_in(entry.msgid_plural)

        taken = set().union(*(names_in(text) for text in [entry.msgstr, *entry.msgstr_plural.values()]))

        assert taken <= given, entry.msgid
        if not entry.msgid_plural:
            assert taken == given, entry.msgid


def test_the_english_catalogue_says_what_the_templates_say():
    """Templates are written in English: one text in two places must not drift apart."""
    for entry in catalogue("en"):
        if entry.msgid_plural:
            assert entry.msgstr_plural == {0: entry.msgid, 1: entry.msgid_plural}
        else:
            assert entry.msgstr == entry.msgid


def test_vietnamese_pages_are_plain_and_calm():
    officialese = ("vui lòng", "quý khách", "kính mong", "đối tượng", "vi phạm", "tiến hành", "!")

    for entry in catalogue("vi"):
        text = " ".join([entry.msgstr, *entry.msgstr_plural.values()]).lower()

        assert not [word for word in officialese if word in text], entry.msgid


def test_vietnamese_is_really_vietnamese():
    accented = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")

    for entry in catalogue("vi"):
        words = " ".join([entry.msgstr, *entry.msgstr_plural.values()]).lower()

        assert len(words) < 40 or set(words) & accented, entry.msgid


def test_a_translation_edited_since_is_compiled_again(tmp_path):
    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Ask"\nmsgstr "Hỏi"\n')

    first, second = refresh(tmp_path), refresh(tmp_path)

    assert first == [source.with_suffix(".mo")]
    assert second == []
    assert polib.mofile(str(first[0])).find("Ask").msgstr == "Hỏi"


def test_a_missing_compiler_is_said_with_what_to_do(tmp_path, monkeypatch):
    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n')
    monkeypatch.setitem(__import__("sys").modules, "polib", None)

    with pytest.raises(CannotCompile, match="pip install"):
        refresh(tmp_path)
