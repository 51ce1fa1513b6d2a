// What each node did not know yet.

class SpreadTrack extends Track {
  constructor(place, row) {
    super(place, `n${row.node}`, "", 13);
    this.stale = row.stale;
  }

  paint(context) {
    const size = data.length / this.stale.length;
    this.stale.forEach((share, slot) => {
      const x1 = this.x(slot * size), x2 = this.x((slot + 1) * size);
      if (x2 < 0 || x1 > this.width || share === 0) return;
      context.globalAlpha = share < 0 ? .55 : .12 + .88 * Math.sqrt(share / 1000);
      context.fillStyle = share < 0 ? palette.down : palette.info;
      context.fillRect(x1, share < 0 ? 5 : 1, x2 - x1 + .5, share < 0 ? 3 : 11);
    });
    context.globalAlpha = 1;
    context.fillStyle = palette.hair;
    context.fillRect(0, 12, this.width, 1);
  }

  describe(x) {
    const slot = Math.floor(this.ticks(x) / data.length * this.stale.length), share = this.stale[slot];
    if (share === undefined) return null;
    if (share < 0) return ["down"];
    return [share === 0 ? "has the latest of every key" : `${(share / 10).toFixed(1)} % of the keys are not the latest`];
  }
}
