"""Puts questions to a model over HTTP: the one way out to it, and its stand-ins that answer from recorded replies."""

from __future__ import annotations

from pipeline.llm.model import Model, open_model
from pipeline.llm.replay import recorded, remembering
from pipeline.llm.waiting import left_alone

__all__ = ["Model", "left_alone", "open_model", "recorded", "remembering"]
