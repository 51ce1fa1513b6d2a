// Every operation as a bar from call to return, a row for each thread; columns of colour where
// there are more operations than pixels.

class OperationsTrack extends Track {
  constructor(place) {
    const count = rows.length, each = Math.max(4, Math.min(22, Math.floor(440 / Math.max(1, count))));
    const name = { thread: "Threads", process: "Processes", lane: "Operations" }[operations.rowName];
    super(place, name, "", count * each + 1);
    this.each = each;
    this.selected = -1;
    this.labels(each);
  }

  // The numbers of the rows, beside them where there is room.
  labels(each) {
    if (each < 12) return;
    const names = element("div", "rows");
    for (const label of operations.rowLabels) {
      const row = element("small", "", label);
      row.style.height = row.style.lineHeight = `${each}px`;
      names.append(row);
    }
    this.root.querySelector(".name").append(names);
  }

  // The first operation of a row that ends at or after a moment.
  first(row, ticks) {
    const slots = rows[row];
    let place = firstAtLeast(slots.length, at => operations.call[slots[at]], ticks);
    // Operations of a row do not overlap, save those whose end is not known.
    while (place > 0 && operations.end[slots[place - 1]] >= ticks && !operations.open[slots[place - 1]]) place--;
    return place > 0 && operations.open[slots[place - 1]] ? place - 1 : place;
  }

  paint(context) {
    this.bands(context);
    const colours = [palette.ok, palette.fail, palette.info];
    for (let row = 0; row < rows.length; row++) {
      const slots = rows[row], y = row * this.each;
      if (this.each >= 12) {
        context.fillStyle = palette.hair;
        context.fillRect(0, y + this.each - 1, this.width, 1);
      }
      const from = this.first(row, view.from);
      const to = firstAtLeast(slots.length, at => operations.call[slots[at]], view.to);
      if (to - from > this.width / 2) this.columns(context, slots, from, to, y, colours);
      else for (let place = from; place < to; place++) this.bar(context, slots[place], y, colours, slots[place + 1]);
    }
  }

  // One column for each pixel: how busy it was, and on top whatever did not end well.
  columns(context, slots, from, to, y, colours) {
    const width = Math.ceil(this.width), busy = new Float32Array(width);
    const failed = new Uint8Array(width), unknown = new Uint8Array(width);
    const { call, end, outcome, open } = operations, wide = [];
    for (let place = from; place < to; place++) {
      const slot = slots[place], x1 = this.x(call[slot]);
      const x2 = open[slot] ? x1 + 1 : this.x(end[slot]);
      const first = Math.max(0, Math.floor(x1)), last = Math.min(width - 1, Math.floor(x2));
      for (let x = first; x <= last; x++) {
        if (outcome[slot] === 2 && x2 - x1 > 4) {
          wide.push(place);
          break;
        }
        if (outcome[slot] === 1) failed[x] = 1;
        else if (outcome[slot] === 2) unknown[x] = 1;
        else busy[x] += Math.max(.15, Math.min(x2, x + 1) - Math.max(x1, x));
      }
    }
    const high = this.each - (this.each >= 12 ? 5 : 1), top = y + (this.each >= 12 ? 2 : 0);
    for (let x = 0; x < width; x++) {
      if (busy[x] > 0) {
        context.globalAlpha = Math.min(.8, .28 + busy[x] * .5);
        context.fillStyle = colours[0];
        context.fillRect(x, top, 1, high);
        context.globalAlpha = 1;
      }
      if (failed[x]) this.mark(context, x, top + high * .62, high * .38, colours[1]);
      if (unknown[x]) this.mark(context, x, top, high, colours[2]);
    }
    for (const place of wide) this.bar(context, slots[place], y, colours, slots[place + 1]);
    for (let place = from; marks.size && place < to; place++) {
      if (marks.has(operations.index[slots[place]])) this.bar(context, slots[place], y, colours, slots[place + 1]);
    }
  }

  mark(context, x, y, high, colour) {
    context.fillStyle = colour;
    context.fillRect(x, y, 1.25, high);
  }

  bar(context, slot, y, colours, next) {
    const { call, end, outcome, open } = operations;
    const x1 = this.x(call[slot]), until = open[slot] && next !== undefined ? call[next] : end[slot];
    const x2 = this.x(until), roomy = this.each >= 12;
    const high = this.each - (roomy ? 5 : 1), top = y + (roomy ? 2 : 0);
    const left = Math.max(-4, x1), right = Math.min(this.width + 4, x2), wide = Math.max(1, right - left - .5);
    const kind = outcome[slot];
    context.fillStyle = colours[kind];
    if (kind === 2) {
      // Nobody knows when it took effect: the bar fades out.
      const fade = context.createLinearGradient(left, 0, left + wide, 0);
      fade.addColorStop(0, colours[2]);
      fade.addColorStop(1, open[slot] ? "transparent" : `color-mix(in srgb, ${colours[2]} 40%, transparent)`);
      if (wide > 3) context.fillStyle = fade;
    }
    context.globalAlpha = kind === 0 ? .8 : 1;
    const inset = kind === 1 ? high * .25 : 0;
    context.fillRect(left, top + inset, wide, high - inset);
    context.globalAlpha = 1;
    const label = marks.get(operations.index[slot]);
    if (label || slot === this.selected) {
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.5;
      context.strokeRect(left, top - .5, wide, high + 1);
    }
    if (!roomy || wide < 26) {
      if (label) this.badge(context, label, left + wide / 2, top);
      return;
    }
    context.fillStyle = palette.paper;
    context.font = `10.5px ${palette.mono}`;
    const shown = Math.max(0, left) + 4, text = operations.actions[operations.action[slot]];
    const full = label ? `${label}  ${text}` : text;
    fitText(context, full, shown, top + (high + inset) / 2 + 3.5, Math.min(right, this.width) - shown - 3)
      || (label && this.badge(context, label, left + wide / 2, top));
  }

  badge(context, label, x, y) {
    context.font = `700 11px ${palette.sans}`;
    const half = context.measureText(label).width / 2 + 3;
    context.fillStyle = palette.ink;
    context.fillRect(x - half, y - 1, half * 2, 14);
    context.fillStyle = palette.paper;
    context.fillText(label, x - half + 3, y + 10);
  }

  // The operation under or next to a point.
  at(x, y) {
    const row = Math.floor(y / this.each);
    if (!rows[row]?.length) return -1;
    const ticks = this.ticks(x), slots = rows[row];
    const next = this.first(row, ticks), reach = 4 * (view.to - view.from) / this.width;
    let best = -1, distance = reach;
    for (const place of [next - 1, next, next + 1]) {
      const slot = slots[place];
      if (slot === undefined) continue;
      const until = operations.open[slot] ? slots[place + 1] === undefined ? data.length : operations.call[slots[place + 1]] : operations.end[slot];
      const away = Math.max(0, operations.call[slot] - ticks, ticks - until);
      if (away < distance) [best, distance] = [slot, away];
    }
    return best;
  }

  describe(x, y) {
    const slot = this.at(x, y);
    return slot < 0 ? null : describeOperation(slot);
  }

  select(x, y) {
    this.selected = this.at(x, y);
    const place = document.getElementById("operation");
    place.textContent = this.selected < 0 ? "" : describeOperation(this.selected).join("   ·   ");
    view.changed();
  }
}

const describeOperation = slot => {
  const { call, end, open, key, error, node, process, index, outcome } = operations;
  const label = marks.get(index[slot]), step = Math.max(1, isTimed ? 1000 / data.tick : 1);
  const lines = [(label ? `${label}  ` : "") + operations.actions[operations.action[slot]]];
  const state = open[slot] ? "info, never completed" : outcomeNames[outcome[slot]];
  lines.push(error[slot] ? `${state}: ${operations.errors[error[slot] - 1]}` : state);
  if (key[slot]) lines.push(`key ${operations.keys[key[slot] - 1]}`);
  lines.push(`process ${process[slot]}${node[slot] ? `, node n${node[slot]}` : ""}`);
  if (isTimed) lines.push(`${formatTime(call[slot], step)} s${open[slot] ? "" : ` + ${formatLength(end[slot] - call[slot])}`}`);
  lines.push(`event ${index[slot].toLocaleString("en")}`);
  return lines;
};
