// The part of the run that all pictures show, in ticks from the start of the axis.

const view = {
  from: 0, to: Math.max(1, data.length), listeners: [], pending: false,

  set(from, to) {
    const whole = Math.max(1, data.length), least = Math.min(whole, isTimed ? Math.max(8, 4000 / data.tick) : 6);
    const span = Math.min(whole, Math.max(least, to - from));
    const start = Math.min(whole - span, Math.max(0, (from + to - span) / 2));
    this.from = start;
    this.to = start + span;
    this.changed();
  },
  pan(ticks) {
    const span = this.to - this.from;
    const from = Math.min(Math.max(0, this.from + ticks), Math.max(1, data.length) - span);
    this.set(from, from + span);
  },
  zoom(factor, around = (this.from + this.to) / 2) {
    this.set(around - (around - this.from) * factor, around + (this.to - around) * factor);
  },
  reset() { this.set(0, data.length); },
  get isWhole() { return this.to - this.from >= data.length; },

  // Draws once per frame, however often the view changes within it.
  changed() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => this.draw());
  },
  draw() {
    this.pending = false;
    document.documentElement.dataset.view = `${Math.round(this.from)},${Math.round(this.to)}`;
    for (const listener of this.listeners) listener();
  },
};

// Round numbers for the lines of an axis, about `count` of them.
const axisStep = (span, count) => {
  const raw = span / Math.max(1, count), power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find(factor => factor * power >= raw);
  return isTimed ? step : Math.max(1, step);
};

const axisTicks = width => {
  // Lines lie on round seconds, and the axis need not begin on one.
  const unit = isTimed ? data.tick : 1, origin = isTimed ? data.origin : 0;
  const step = axisStep((view.to - view.from) * unit, width / 90);
  const lines = [];
  let line = Math.ceil((view.from * unit + origin) / step) * step;
  for (; line <= view.to * unit + origin; line += step) lines.push((line - origin) / unit);
  return { lines, step: step / unit };
};
