// Throughput and latency over time, from the operations in view.

// Latencies fall into classes of equal ratio, so that quantiles need no sorting.
const classCount = 256;
const latencyScale = (() => {
  let low = Infinity, high = 1;
  for (let slot = 0; slot < operations.count; slot++) {
    if (operations.outcome[slot] !== 0 || operations.open[slot]) continue;
    const length = Math.max(1, operations.end[slot] - operations.call[slot]);
    low = Math.min(low, length);
    high = Math.max(high, length);
  }
  if (low === Infinity) low = 1;
  const from = Math.log(low * .9), to = Math.log(Math.max(high * 1.1, low * 10));
  return { from, to, of: length => (Math.log(Math.max(1, length)) - from) / (to - from) };
})();
const latencyClass = (() => {
  const classes = new Uint8Array(operations.count);
  for (let slot = 0; slot < operations.count; slot++) {
    const share = latencyScale.of(operations.end[slot] - operations.call[slot]);
    classes[slot] = Math.max(0, Math.min(classCount - 1, Math.floor(share * classCount)));
  }
  return classes;
})();

// Calls `visit` with every completed operation in view and the bin of its completion.
const eachCompletion = (bins, visit) => {
  const { call, end, open, count } = operations, scale = bins / (view.to - view.from);
  const first = firstAtLeast(count, slot => call[slot], view.from - operations.lengthMax);
  for (let slot = first; slot < count && call[slot] <= view.to; slot++) {
    if (open[slot] || end[slot] < view.from || end[slot] > view.to) continue;
    visit(slot, Math.min(bins - 1, Math.floor((end[slot] - view.from) * scale)));
  }
};

class ThroughputTrack extends Track {
  constructor(place) { super(place, "Throughput", "operations/s", 84); }

  paint(context) {
    this.bands(context);
    this.binWidth = 4;
    const bins = Math.max(1, Math.floor(this.width / this.binWidth));
    const counts = this.counts = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)];
    // Unknown outcomes are all on the page, of the others one of so many.
    const weight = [operations.stride, operations.stride, 1];
    eachCompletion(bins, (slot, bin) => counts[operations.outcome[slot]][bin] += weight[operations.outcome[slot]]);
    const seconds = (view.to - view.from) * data.tick / 1e9 / bins;
    this.perSecond = 1 / seconds;
    let most = 1;
    for (let bin = 0; bin < bins; bin++) most = Math.max(most, counts[0][bin] + counts[1][bin] + counts[2][bin]);
    const top = 14, y = count => this.height - 1 - count / most * (this.height - 1 - top);
    const width = this.width / bins;
    for (let bin = 0; bin < bins; bin++) {
      let sum = 0;
      for (const [outcome, name] of [[0, "ok"], [1, "fail"], [2, "info"]]) {
        const count = counts[outcome][bin];
        if (count === 0) continue;
        const high = Math.max(outcome ? 1.5 : 1, y(sum) - y(sum + count));
        context.fillStyle = palette[name];
        context.fillRect(bin * width, y(sum) - high, Math.max(1, width - .75), high);
        sum += count;
      }
    }
    this.scale(context, most, y);
    context.fillStyle = palette.rule;
    context.fillRect(0, this.height - 1, this.width, 1);
  }

  scale(context, most, y) {
    const largest = most * this.perSecond, step = 10 ** Math.floor(Math.log10(largest));
    const unit = [1, 2, 5].map(factor => factor * step).findLast(level => level <= largest) ?? step;
    this.level(context, y(unit / this.perSecond), unit.toLocaleString("en"));
  }

  describe(x) {
    const bin = Math.min(this.counts[0].length - 1, Math.max(0, Math.floor(x / this.width * this.counts[0].length)));
    const rate = outcome => Math.round(this.counts[outcome][bin] * this.perSecond).toLocaleString("en");
    return [`${rate(0)} ok/s`, `${rate(1)} fail/s · ${rate(2)} info/s`];
  }
}

class LatencyTrack extends Track {
  constructor(place, name, note, fn, height) {
    super(place, name, note, height);
    this.fn = fn;
  }

  paint(context) {
    this.bands(context);
    const bins = this.bins = Math.max(1, Math.floor(this.width / 5));
    const counts = this.histogram = new Uint32Array(bins * classCount);
    const totals = this.totals = new Uint32Array(bins);
    eachCompletion(bins, (slot, bin) => {
      if (operations.outcome[slot] !== 0 || (this.fn >= 0 && operations.fn[slot] !== this.fn)) return;
      counts[bin * classCount + latencyClass[slot]]++;
      totals[bin]++;
    });
    const width = this.width / bins;
    for (let bin = 0; bin < bins; bin++) {
      if (totals[bin] === 0) continue;
      const [p50, p95, p99, most] = [.5, .95, .99, 1].map(share => this.y(this.quantile(bin, share)));
      const x = bin * width, wide = Math.max(1, width - 1);
      context.fillStyle = palette["ok-soft"];
      context.fillRect(x, p95, wide, Math.max(1, p50 - p95));
      context.fillStyle = palette.ok;
      context.fillRect(x, p50 - 1, wide, 2);
      context.globalAlpha = .6;
      context.fillRect(x, p99 - .5, wide, 1);
      context.globalAlpha = 1;
      context.fillStyle = palette.faint;
      context.fillRect(x + wide / 2 - .75, most - .75, 1.5, 1.5);
    }
    this.levels(context);
    context.fillStyle = palette.rule;
    context.fillRect(0, this.height - 1, this.width, 1);
  }

  levels(context) {
    const unit = data.tick || 1;
    for (const [text, nanoseconds] of [["1 µs", 1e3], ["10 µs", 1e4], ["100 µs", 1e5], ["1 ms", 1e6],
      ["10 ms", 1e7], ["100 ms", 1e8], ["1 s", 1e9], ["10 s", 1e10]]) {
      const share = latencyScale.of(nanoseconds / unit);
      if (share >= 0 && share <= 1 && nanoseconds >= unit) this.level(context, this.y(share), text);
    }
  }

  y(share) { return this.height - 2 - share * (this.height - 16); }

  // The share of the scale below which this share of a bin's operations lies.
  quantile(bin, share) {
    const wanted = Math.ceil(share * this.totals[bin]);
    let seen = 0;
    for (let step = 0; step < classCount; step++) {
      seen += this.histogram[bin * classCount + step];
      if (seen >= wanted) return (step + .5) / classCount;
    }
    return 1;
  }

  describe(x) {
    const bin = Math.min(this.bins - 1, Math.max(0, Math.floor(x / this.width * this.bins)));
    if (!this.totals[bin]) return ["nothing completed"];
    const text = share => {
      const { from, to } = latencyScale;
      return formatLength(Math.exp(from + this.quantile(bin, share) * (to - from)));
    };
    return [`p50 ${text(.5)}`, `p95 ${text(.95)} · p99 ${text(.99)}`, `max ${text(1)}`,
      `${(this.totals[bin] * operations.stride).toLocaleString("en")} ok`];
  }
}
