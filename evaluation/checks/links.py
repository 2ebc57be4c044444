"""Operators on links: what a reader clicks is not where it says that it leads."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.checks.mutation import Change, Named, Setting
from pipeline.records.drafts import Reference


def _linked(setting: Setting, at: int, link: str) -> Change:
    refs = list(setting.bullet.refs)
    kept = refs[at].link
    refs[at] = Reference(label=refs[at].label, link=link)
    return Change(setting.bullet.model_copy(update={"refs": tuple(refs)}), link=link, kept=kept)


def link_of_a_neighbour(setting: Setting) -> Iterator[Change]:
    """The nearest link before and after that stands in an item which is not cited."""
    everything = setting.faithful.newsletter.issue.links
    for at, ref in enumerate(setting.bullet.refs):
        place = next(n for n, link in enumerate(everything) if link.id == ref.link)
        for side in (everything[place + 1 :], everything[:place][::-1]):
            near = (link for link in side if link.item not in setting.bullet.items and link.kind == "content")
            if link := next(near, None):
                yield _linked(setting, at, link.id)


def labels_exchanged(setting: Setting) -> Iterator[Change]:
    """Two labels with each other's link."""
    refs = setting.bullet.refs
    for at in range(len(refs) - 1):
        one, other = refs[at], refs[at + 1]
        new = [*refs]
        new[at], new[at + 1] = Reference(label=one.label, link=other.link), Reference(label=other.label, link=one.link)
        yield Change(setting.bullet.model_copy(update={"refs": tuple(new)}), link=other.link, kept=one.link)


def link_within_the_item(setting: Setting) -> Iterator[Change]:
    """A person's or product's name with another link of the same items, which bears a name of its own."""
    links = setting.faithful.newsletter.prepared.index.links
    for at, ref in enumerate(setting.bullet.refs):
        own = links[ref.link]
        if not ref.label.isascii() or ref.label.casefold() not in own.text.casefold():
            continue
        others = [
            links[name]
            for item in setting.items
            for name in item.links
            if links[name].text.startswith("@") and ref.label.casefold() not in links[name].text.casefold()
        ]
        for link in setting.random.sample(others, min(2, len(others))):
            yield _linked(setting, at, link.id)


def link_of_another_newsletter(setting: Setting) -> Iterator[Change]:
    """An id that means a link there, and another one or none here."""
    there = [ref.link for other in setting.strange for ref in other.bullet.refs]
    for at in range(len(setting.bullet.refs)):
        own = {name for item in setting.items for name in item.links}
        link = setting.random.choice(there)
        if link not in own:
            yield _linked(setting, at, link)


def link_invented(setting: Setting) -> Iterator[Change]:
    for at in range(len(setting.bullet.refs)):
        yield _linked(setting, at, setting.random.choice(("l99999", "1a", "https://example.com/post", "s1i1")))


def link_that_is_not_content(setting: Setting) -> Iterator[Change]:
    """Navigation, an image or a footer."""
    links = [link for link in setting.faithful.newsletter.issue.links if link.kind != "content"]
    for at in range(len(setting.bullet.refs) if links else 0):
        yield _linked(setting, at, setting.random.choice(links).id)


def label_of_another(setting: Setting) -> Iterator[Change]:
    """The label bears the name of somebody whom another bullet links."""
    names = [ref.label for other in setting.same for ref in other.bullet.refs if ref.label.isascii()]
    for at, ref in enumerate(setting.bullet.refs):
        own = {one.label for one in setting.bullet.refs}
        fitting = sorted({name for name in names if name not in own})
        if fitting:
            name = setting.random.choice(fitting)
            refs = [*setting.bullet.refs]
            refs[at] = Reference(label=name, link=ref.link)
            yield Change(setting.bullet.model_copy(update={"refs": tuple(refs)}), name=name)


LINKS: tuple[Named, ...] = (
    Named("link of a neighbour item", "links", link_of_a_neighbour),
    Named("two labels exchanged", "links", labels_exchanged),
    Named("link of another in the item", "links", link_within_the_item),
    Named("link of another newsletter", "links", link_of_another_newsletter),
    Named("link invented", "links", link_invented),
    Named("link that is not content", "links", link_that_is_not_content),
    Named("label of another", "links", label_of_another),
)
