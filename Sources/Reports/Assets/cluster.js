// What was done to the cluster, and who led it.

// Places stretches of time in as few lanes as they need.
const packLanes = spans => {
  const ends = [];
  return spans.map(span => {
    let lane = ends.findIndex(end => end <= span.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = span.end ?? data.length;
    return lane;
  });
};

// Kinds that begin alike differ at the end: `partition-ring` becomes `part. ring`.
const shortKind = kind => {
  const [first, ...rest] = kind.split("-");
  return rest.length && first.length > 5 ? `${first.slice(0, 4)}. ${rest.join("-")}` : kind;
};

class FaultTrack extends Track {
  constructor(place) {
    const lanes = packLanes(data.faults), count = Math.max(1, ...lanes.map(lane => lane + 1));
    super(place, "Faults", "", Math.min(6, count) * 19 + 1);
    this.lanes = lanes.map(lane => lane % 6);
  }

  paint(context) {
    this.bands(context);
    data.faults.forEach((fault, slot) => {
      const x1 = this.x(fault.start), x2 = Math.max(x1 + 2, this.x(fault.end ?? data.length));
      if (x2 < 0 || x1 > this.width) return;
      const y = this.lanes[slot] * 19;
      context.fillStyle = palette.band;
      context.fillRect(x1, y, x2 - x1, 18);
      context.fillStyle = palette["band-edge"];
      context.fillRect(x1, y, 1, 18);
      if (fault.end !== undefined) context.fillRect(x2 - 1, y, 1, 18);
      // A name may run on until the next fault begins.
      const next = data.faults.find((other, at) => at > slot && this.lanes[at] === this.lanes[slot]);
      const left = Math.max(0, x1) + 4, room = Math.min(this.width, next ? this.x(next.start) : Infinity) - left - 3;
      context.fillStyle = palette.ink;
      context.font = `11px ${palette.sans}`;
      const full = `${fault.kind}  ${fault.summary}`;
      fitText(context, full, left, y + 13, x2 - left - 3) || fitText(context, fault.kind, left, y + 13, room)
        || fitText(context, shortKind(fault.kind), left, y + 13, room)
        || fitText(context, `${fault.id}`, left - 1, y + 13, room + 4);
    });
  }

  describe(x, y) {
    const ticks = this.ticks(x);
    const slot = data.faults.findLastIndex((fault, slot) => this.lanes[slot] === Math.floor(y / 19)
      && fault.start <= ticks && ticks <= (fault.end ?? data.length));
    return slot < 0 ? null : describeFault(data.faults[slot]);
  }
}

const describeFault = fault => [`${fault.id} · ${fault.kind}`, fault.summary,
  `${formatTime(fault.start, 1e6 / data.tick)} s, ${fault.end === undefined ? "to the end" : formatLength(fault.end - fault.start)}`];

// Spans of one role each, of one node or of whoever leads.
class RoleTrack extends Track {
  constructor(place, name, spans, showNode) {
    super(place, name, "", 18);
    this.spans = spans;
    this.showNode = showNode;
  }

  paint(context) {
    this.bands(context);
    let lastLabelEnd = -9;
    for (const span of this.spans) {
      const x1 = this.x(span.start), x2 = this.x(span.end);
      if (x2 < 0 || x1 > this.width) continue;
      this.span(context, span.role, x1, Math.max(1, x2 - x1));
      if (span.role !== "leader") continue;
      const text = this.showNode ? `n${span.node} · ${span.term ?? ""}` : `${span.term ?? ""}`;
      context.font = `600 10.5px ${palette.sans}`;
      context.fillStyle = palette.paper;
      const left = Math.max(0, x1) + 5;
      if (left > lastLabelEnd && fitText(context, text, left, 13, Math.min(x2, this.width) - left - 2)) {
        lastLabelEnd = left + context.measureText(text).width;
      }
    }
  }

  span(context, role, x, width) {
    context.fillStyle = palette[role] ?? palette.follower;
    if (role === "leader") {
      context.fillRect(x + .5, 1, Math.max(1, width - 1), 16);
    } else if (role === "candidate" || role === "pre-candidate") {
      context.fillRect(x, 4, Math.max(1.5, width), 10);
    } else if (role === "down") {
      context.save();
      context.beginPath();
      context.rect(x, 4, width, 10);
      context.clip();
      context.strokeStyle = palette.down;
      context.beginPath();
      for (let line = Math.floor(Math.max(0, x) / 5) * 5 - 10; line < Math.min(this.width, x + width); line += 5) {
        context.moveTo(line, 14);
        context.lineTo(line + 10, 4);
      }
      context.stroke();
      context.restore();
    } else {
      context.fillRect(x, 8, width, 2);
    }
  }

  describe(x) {
    const ticks = this.ticks(x);
    const span = this.spans.findLast(span => span.start <= ticks && ticks < span.end);
    if (!span) return this.showNode ? ["no leader"] : null;
    return [`n${span.node} · ${span.role}`, span.term === undefined ? "" : `term ${span.term}`,
      `for ${formatLength(span.end - span.start)}`].filter(Boolean);
  }
}

// Who leads: of several who believe to, the one of the latest term.
const leaderSpans = () => {
  const reigns = data.roles.filter(span => span.role === "leader").sort((a, b) => a.start - b.start);
  const spans = [];
  for (const reign of reigns) {
    const last = spans.at(-1);
    if (last && last.end > reign.start) {
      if ((reign.term ?? 0) < (last.term ?? 0)) {
        if (reign.end > last.end) spans.push({ ...reign, start: last.end });
        continue;
      }
      last.end = reign.start;
    }
    if (last && last.node === reign.node && last.term === reign.term && last.end === reign.start) last.end = reign.end;
    else spans.push({ ...reign });
  }
  return spans;
};
