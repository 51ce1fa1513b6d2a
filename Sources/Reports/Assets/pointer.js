// Wheel, drag, pinch, keys and hovering; the same for all pictures.

const tooltip = document.getElementById("tooltip");
let lastScroll = 0;
window.addEventListener("scroll", () => { lastScroll = performance.now(); hideCross(); }, { passive: true });

const hideCross = () => {
  tooltip.hidden = true;
  for (const track of tracks) track.cross.style.visibility = "hidden";
};

const showCross = (track, event) => {
  const box = track.canvas.getBoundingClientRect();
  const x = event.clientX - box.left, y = event.clientY - box.top, share = x / box.width;
  for (const other of tracks) {
    other.cross.style.visibility = "visible";
    other.cross.style.transform = `translateX(${share * other.width}px)`;
  }
  const lines = track.describe(x, y) ?? [];
  const step = (view.to - view.from) / track.width;
  const moment = isTimed ? `at ${formatTime(track.ticks(x), step)} s` : `at event ${formatTime(track.ticks(x), step)}`;
  tooltip.replaceChildren();
  lines.forEach((line, place) => tooltip.append(element(place ? "span" : "b", place ? "" : "mono", line)));
  tooltip.append(element("span", "", moment));
  tooltip.hidden = false;
  const { width, height } = tooltip.getBoundingClientRect();
  const left = event.clientX + 16 + width > innerWidth ? event.clientX - width - 16 : event.clientX + 16;
  const top = Math.min(innerHeight - height - 8, event.clientY + 18);
  tooltip.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
};

const listen = track => {
  const canvas = track.canvas, held = new Map();
  let moved = 0;

  canvas.addEventListener("wheel", event => {
    // A page that is being scrolled goes on scrolling when a picture comes under the pointer.
    const scrolling = performance.now() - lastScroll < 250;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (scrolling || (view.isWhole && event.deltaY >= 0)) return;
    event.preventDefault();
    if (sideways) return view.pan(event.deltaX / track.width * (view.to - view.from));
    const notch = event.deltaMode === 0 ? event.deltaY : event.deltaY * 30;
    view.zoom(Math.exp(Math.max(-1, Math.min(1, notch / 280))), track.ticks(event.offsetX));
  }, { passive: false });

  canvas.addEventListener("pointerdown", event => {
    held.set(event.pointerId, event.offsetX);
    moved = 0;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    if (!held.has(event.pointerId)) return showCross(track, event);
    const before = held.get(event.pointerId), span = view.to - view.from;
    held.set(event.pointerId, event.offsetX);
    moved += Math.abs(event.offsetX - before);
    if (held.size === 2) {
      const [a, b] = [...held.values()], other = event.offsetX === a ? b : a;
      const factor = Math.abs(before - other) / Math.max(8, Math.abs(event.offsetX - other));
      return view.zoom(factor, track.ticks((a + b) / 2));
    }
    if (moved < 4) return;
    canvas.classList.add("dragging");
    hideCross();
    view.pan((before - event.offsetX) / track.width * span);
  });
  const release = event => {
    if (held.delete(event.pointerId) && moved < 4 && event.type === "pointerup" && track.select) {
      track.select(event.offsetX, event.offsetY);
    }
    canvas.classList.remove("dragging");
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", hideCross);
  canvas.addEventListener("dblclick", () => view.reset());
  canvas.addEventListener("keydown", event => {
    const span = view.to - view.from;
    const action = {
      ArrowLeft: () => view.pan(-span / 8), ArrowRight: () => view.pan(span / 8),
      "+": () => view.zoom(.6), "=": () => view.zoom(.6), "-": () => view.zoom(1 / .6),
      0: () => view.reset(), Home: () => view.reset(), Escape: hideCross,
    }[event.key];
    if (!action || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    action();
  });
};
