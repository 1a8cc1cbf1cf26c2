"""Every template is used, carries no style or script of its own, and names files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.contracts.repository import PACKAGE, TEMPLATES, name, python, templates, text

# Django itself asks for these by name
ASKED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# our versions of allauth's pages: allauth asks for them
ASKED_BY_ALLAUTH = ("account/", "allauth/", "mfa/", "usersessions/")
INLINE = {
    "a script of its own": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style of its own": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a script in an address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx code in an attribute": re.compile(r"\shx-(?:on|vals\s*=\s*[\"']js:)", re.IGNORECASE),
}
STATIC = re.compile(r"{%\s*static\s+['\"]([^'\"]+)['\"]")
COMPONENT = re.compile(r"<c-([\w.-]+)")


def own_names() -> dict[str, Path]:
    """Template name -> file, for pages and parts; components are named by their tag."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in TEMPLATES
        for path in templates()
        if path.is_relative_to(folder)
    }


def tag(template: str) -> str | None:
    """`c/back_link.html` is written `<c-back-link>`, `c/a/b.html` `<c-a.b>`."""
    if not template.startswith(f"{settings.COTTON_DIR}/"):
        return None
    return template.removeprefix(f"{settings.COTTON_DIR}/").removesuffix(".html").replace("/", ".").replace("_", "-")


def test_every_template_is_used():
    pages = {path: text(path) for path in templates()}
    code = "\n".join(text(path) for path in python("src/"))
    unused = []
    for template, path in own_names().items():
        others = [said for other, said in pages.items() if other != path]
        if component := tag(template):
            used = any(component in (found.replace("_", "-") for found in COMPONENT.findall(said)) for said in others)
        else:
            used = any(f'"{template}"' in said or f"'{template}'" in said for said in [code, *others])
        if not used and template not in ASKED_BY_DJANGO and not template.startswith(ASKED_BY_ALLAUTH):
            unused.append(name(path))
    assert not unused


def test_every_template_stands_where_templates_stand():
    stray = [
        name(path)
        for path in templates()
        if not path.is_relative_to(TEMPLATES[0]) and not path.is_relative_to(TEMPLATES[1])
    ]
    assert not stray


def inline_in(html: str) -> list[str]:
    return [what for what, pattern in INLINE.items() if pattern.search(html)]


def test_no_template_carries_style_or_script():
    assert not {name(path): found for path in templates() if (found := inline_in(text(path)))}


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        '<p style="a">',
        '<a onclick="x">',
        "<a href='javascript:x'>",
        '<b hx-on:click="x">',
    ],
)
def test_the_search_finds(html):
    assert inline_in(html)
    assert not inline_in('<script src="x" defer></script> <p class="style">on = off</p>')


def test_every_file_that_a_template_names_exists():
    asked = {file for path in templates() for file in STATIC.findall(text(path))}
    assert asked
    assert not [file for file in asked if finders.find(file) is None]


def test_static_files_are_collected_as_shipped(tmp_path, settings):
    """The storage as shipped refuses a stylesheet that names a file which is not there."""
    shipped = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": shipped}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def test_components_are_found_by_their_folder():
    assert (PACKAGE / "web" / "components" / settings.COTTON_DIR).is_dir()
