"""What a block belongs to by where it stands and how it is set, where its words alone do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.adverts import adverts_of
from pipeline.extract.asides import asides_of
from pipeline.extract.blocks import Block
from pipeline.extract.contents import contents_of
from pipeline.extract.edges import edges_of


def with_regions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; each that the page itself gives no region has the one that its place gives it (`Block.region`)."""
    regions = asides_of(blocks) | edges_of(blocks) | adverts_of(blocks) | contents_of(blocks)
    return [
        replace(block, region=regions[place])
        if place in regions and not block.region and block.kind != "rule"
        else block
        for place, block in enumerate(blocks)
    ]
