"""A post that was read → a Draft that rests on the items found for it, and the line of each of its places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from pipeline.audit.found_items import BULLET, HEADLINE, Newsletter, tells_another_story
from pipeline.audit.front_matter import Value
from pipeline.audit.inline import PostLink
from pipeline.audit.overlap import CROSSED_SENTENCE, LEAST_FEATURES, Support
from pipeline.audit.reading import PostText, PostTopic, ReadPost
from pipeline.records.drafts import Bullet, Cited, Draft, Opening, Part, Reference, Topic
from pipeline.sentences import sentences
from pipeline.verify import Prepared
from pipeline.verify.index import Index


class Crossing(NamedTuple):
    """A text that another item tells than those that hold its links."""

    held: tuple[str, ...]
    support: Support


class Drafted(NamedTuple):
    """A post as a Draft.

    Attributes:
        texts: What of the post stands at each place of the draft; a place that is missing here is not in the post.
        prepared: The newsletter as far as the post can rest on it.
        crossed: By place, where the text tells another story than the links given for it.
    """

    draft: Draft
    texts: dict[str, PostText]
    prepared: Prepared
    crossed: dict[str, Crossing]


def drafted(post: ReadPost, newsletter: Newsletter, cited: Mapping[str, tuple[str, ...]]) -> Drafted:
    """The draft that a post would have been made from.

    Args:
        cited: Items of texts of which they are known, because the post was made here.
    """
    return _Drafting(newsletter, cited).run(post)


class _Drafting:
    def __init__(self, newsletter: Newsletter, cited: Mapping[str, tuple[str, ...]]) -> None:
        self.newsletter = newsletter
        self.cited = cited
        self.texts: dict[str, PostText] = {}
        self.found: dict[str, None] = {}
        self.crossed: dict[str, Crossing] = {}

    def run(self, post: ReadPost) -> Drafted:
        preview = self.part("preview", post.topics["preview"])
        overview = self.part("overview", post.topics["overview"])
        intro = self.intro(post.intro)
        opening = Opening(
            title=self.headline("title", post.matter.title),
            description=self.headline("description", post.matter.description),
            intro=intro,
            viewpoint=tuple(self.opinion(number, text) for number, text in enumerate(post.viewpoint)),
            tags=tuple(tag.text for tag in post.matter.tags),
        )
        issue = self.newsletter.index.issue
        draft = Draft(
            id=issue.id, made_from=issue.made_from, opening=opening, preview=preview, overview=overview, numbers={}
        )
        return Drafted(draft, self.texts, with_details_as_news(self.newsletter, self.found), self.crossed)

    def part(self, name: str, topics: list[PostTopic]) -> Part:
        made = []
        for number, topic in enumerate(topics):
            if topic.title:
                self.texts[f"{name}/{number}"] = topic.title
            bullets = tuple(
                self.bullet(f"{name}/{number}/{place}", text, self.items_of(f"{name}/{number}/{place}", text))
                for place, text in enumerate(topic.bullets)
            )
            made.append(Topic(title=topic.title.text if topic.title else "", bullets=bullets))
        return Part(topics=tuple(made))

    def intro(self, texts: list[PostText]) -> tuple[Bullet, ...]:
        """A sentence without a link goes on with what its neighbours' links tell, unless another story fits better.

        One that names too little to be judged rests on what the one before it rests on.
        """
        context = self.newsletter.holders(link.url for text in texts for link in text.links)
        made, before = [], context
        for number, text in enumerate(texts):
            where = f"intro/{number}"
            items = self.items_of(where, text)
            if not text.links and text.text not in self.cited:
                support = self.newsletter.support(text.text, context)
                if context and support.own >= BULLET.fits and not tells_another_story(support):
                    items = (*context, *self.newsletter.cover(text.text, held=context))
                elif not items and support.features < LEAST_FEATURES:
                    items = before
            before = items or before
            made.append(self.bullet(where, text, items))
        return tuple(made)

    def bullet(self, where: str, text: PostText, items: tuple[str, ...]) -> Bullet:
        self.texts[where] = text
        self.found |= dict.fromkeys(items)
        refs = tuple(ref for link in text.links if (ref := self.reference(link, items)))
        return Bullet(text=text.text, head=text.head, items=items, refs=refs)

    def reference(self, link: PostLink, items: tuple[str, ...]) -> Reference | None:
        """None for an address that is not in the newsletter, or stands bare: those are told by their address."""
        links = self.newsletter.links(link.url) if link.label else ()
        best = next((own for own in links if own.item in items), links[0] if links else None)
        return Reference(label=link.label, link=best.id) if best else None

    def items_of(self, where: str, text: PostText) -> tuple[str, ...]:
        """The items that hold its links, others of their sections that it joins, and those of its other stories."""
        known = self.cited.get(text.text)
        if known:
            return known
        whole = f"{text.head} {text.text}"
        held = self.newsletter.holders(link.url for link in text.links)
        if not held:
            return self.newsletter.cover(whole)
        found = dict.fromkeys(held)
        support = self.newsletter.support(whole, held)
        if tells_another_story(support):
            self.crossed[where] = Crossing(held, support)
        for sentence, links in _sentences(text):
            own = self.newsletter.holders(link.url for link in links)
            support = self.newsletter.support(sentence, own)
            if own and tells_another_story(support, CROSSED_SENTENCE):
                self.crossed[where] = Crossing(own, support)
            support = self.newsletter.support(sentence, tuple(found))
            if tells_another_story(support):
                found[support.item] = None
            found |= dict.fromkeys(self.newsletter.cover(sentence, held=tuple(found)))
        return tuple(found)

    def headline(self, where: str, value: Value | None) -> Cited:
        """Title and description rest on what they name and, as they announce it, on all that the post tells."""
        if value is None:
            return Cited(text="", items=())
        self.texts[where] = PostText(value.text, value.line)
        known = self.cited.get(value.text)
        named = self.newsletter.cover(value.text, measure=HEADLINE)
        return Cited(text=value.text, items=known or tuple(dict.fromkeys((*named, *self.found))))

    def opinion(self, number: int, text: PostText) -> Cited:
        """The Viewpoint may speak of all that the post tells, and of what it names beside."""
        self.texts[f"viewpoint/{number}"] = text
        named = self.newsletter.cover(text.text, measure=HEADLINE)
        return Cited(text=text.text, items=tuple(dict.fromkeys((*self.found, *named))))


def _sentences(text: PostText) -> Iterator[tuple[str, list[PostLink]]]:
    """The sentences, each with the links that stand in it; the head goes with the first."""
    end = 0
    for number, sentence in enumerate(sentences(text.text)):
        start = text.text.index(sentence, end)
        end = start + len(sentence)
        whole = f"{text.head} {sentence}" if number == 0 else sentence
        yield whole, [link for link in text.links if start <= link.start < end]


def with_details_as_news(newsletter: Newsletter, found: Collection[str]) -> Prepared:
    """The issue whose channel-by-channel part holds only what the post tells, as news.

    A draft of ours never tells of that part, because a model is never sent it; a post of others may.
    """
    issue = newsletter.index.issue
    told = {
        section.id: tuple(item for item in section.items if item.id in found)
        for section in issue.sections
        if section.role == "detail"
    }
    if not any(told.values()):
        return newsletter
    sections = [
        section.model_copy(update={"role": "community", "items": told[section.id]}) if section.id in told else section
        for section in issue.sections
        if told.get(section.id, True)  # what is left empty would be taken for the heading of what follows
    ]
    return Prepared(Index(issue.model_copy(update={"sections": tuple(sections)})), read=newsletter.read)
