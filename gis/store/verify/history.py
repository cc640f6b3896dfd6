"""Whether anchors, kept outside, lie in the register's history."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gis.store.interface import Head
from gis.store.verify.found import Found


@dataclass(slots=True)
class History:
    """Anchors by the number of the change that they were made after."""

    anchors: dict[int, list[Head]] = field(default_factory=dict)
    agreed: int = 0
    differing: tuple[Head, Head] | None = None

    @classmethod
    def of(cls, anchors: Sequence[Head]) -> "History":
        """Sort anchors by their changes."""
        history = cls()
        for anchor in anchors:
            history.anchors.setdefault(anchor.number, []).append(anchor)
        return history

    def waits_for(self, number: int) -> bool:
        """Say whether an anchor was made after a change."""
        return number in self.anchors

    def pass_by(self, head: Head) -> None:
        """Compare the anchors made after a change with the ends of the chains there."""
        for anchor in self.anchors.pop(head.number, ()):
            if anchor.register_hash == head.register_hash and anchor.clusters == head.clusters:
                self.agreed = head.number
            elif self.differing is None:
                self.differing = (anchor, head)

    def finish(self, last: int, found: Found) -> None:
        """Say which anchors are not in the history that was passed."""
        if self.differing is not None:
            anchor, head = self.differing
            names = {*anchor.clusters, *head.clusters}
            differing = [
                name
                for name in sorted(names)
                if anchor.clusters.get(name) != head.clusters.get(name)
            ]
            clusters = ", ".join(name or "–" for name in differing)
            facts = {"number": anchor.number, "first": self.agreed + 1, "clusters": clusters}
            found.add("verify.other_history", **facts)
        beyond = max((number for number in self.anchors if number > last), default=None)
        if beyond is not None:
            found.add("verify.cut", number=beyond, last=last, missing=beyond - last)
        for number in sorted(number for number in self.anchors if number <= last):
            found.add("verify.other_history", number=number, first=self.agreed + 1, clusters="–")
