// A picture over the shared axis: a name, a canvas, a crosshair.

const tracks = [];
let palette = {};

const readPalette = () => {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "sheet", "ink", "soft", "faint", "rule", "hair", "ok", "ok-soft", "fail",
    "info", "band", "band-edge", "leader", "candidate", "pre-candidate", "follower", "down", "invalid"];
  palette = Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
  palette.sans = style.getPropertyValue("--sans");
  palette.mono = style.getPropertyValue("--mono");
};

const element = (name, className, text) => {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

class Track {
  constructor(place, name, note, height) {
    this.height = height;
    this.root = element("div", "track");
    const label = element("div", "name", name);
    if (note) label.append(element("small", "", note));
    const plot = element("div", "plot");
    this.canvas = element("canvas");
    this.canvas.style.height = `${height}px`;
    this.canvas.tabIndex = tracks.length === 0 ? 0 : -1;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", name || "Time");
    this.cross = element("div", "cross");
    plot.append(this.canvas, this.cross);
    this.root.append(label, plot);
    place.append(this.root);
    this.resize();
    tracks.push(this);
    view.listeners.push(() => this.draw());
  }

  resize() {
    const ratio = window.devicePixelRatio || 1, width = this.canvas.clientWidth || 600;
    this.width = width;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  x(ticks) { return (ticks - view.from) / (view.to - view.from) * this.width; }
  ticks(x) { return view.from + x / this.width * (view.to - view.from); }

  draw() {
    const context = this.context;
    context.clearRect(0, 0, this.width, this.height);
    context.font = `11px ${palette.sans}`;
    context.textBaseline = "alphabetic";
    context.textAlign = "left";
    this.paint(context);
  }

  // The faults as bands behind everything.
  bands(context) {
    for (const fault of data.faults) {
      const x1 = this.x(fault.start), x2 = this.x(fault.end ?? data.length);
      if (x2 < 0 || x1 > this.width) continue;
      context.fillStyle = palette.band;
      context.fillRect(x1, 0, Math.max(1, x2 - x1), this.height);
    }
  }

  // A horizontal line with its value at the left.
  level(context, y, text) {
    context.fillStyle = palette.hair;
    context.fillRect(0, Math.round(y), this.width, 1);
    if (!text) return;
    context.font = `10.5px ${palette.sans}`;
    context.globalAlpha = .82;
    context.fillStyle = palette.paper;
    context.fillRect(0, y - 13, context.measureText(text).width + 4, 12);
    context.globalAlpha = 1;
    context.fillStyle = palette.faint;
    context.fillText(text, 1, y - 3);
  }

  // What the pointer is over, as lines for the tooltip; the first is the heading.
  describe() { return null; }
}

// The numbers along the axis.
class AxisTrack extends Track {
  constructor(place) { super(place, isTimed ? "" : "", isTimed ? "seconds" : "event", 20); }

  paint(context) {
    const { lines, step } = axisTicks(this.width);
    context.fillStyle = palette.rule;
    context.fillRect(0, 0, this.width, 1);
    context.font = `11px ${palette.sans}`;
    context.textAlign = "center";
    for (const line of lines) {
      const x = this.x(line), text = formatTime(line, step), half = context.measureText(text).width / 2;
      context.fillStyle = palette.faint;
      context.fillRect(Math.round(x), 0, 1, 4);
      context.fillText(text, Math.min(this.width - half, Math.max(half, x)), 16);
    }
  }
}

// Draws text only where it fits, and says whether it did.
const fitText = (context, text, x, y, width) => {
  if (width < 8 || context.measureText(text).width > width) return false;
  context.fillText(text, x, y);
  return true;
};
