// Puts the pictures on the page and wires up everything that can be pressed.

const build = () => {
  const timeline = document.getElementById("tracks");
  if (data.faults.length) new FaultTrack(timeline);
  const leaders = leaderSpans();
  if (leaders.length) new RoleTrack(timeline, "Leader, term", leaders, true);
  if (isTimed) {
    new ThroughputTrack(timeline);
    new LatencyTrack(timeline, "Latency", "p50, –95, 99, max", -1, 96);
  }
  new OperationsTrack(timeline);
  new AxisTrack(timeline);

  const functions = document.getElementById("function-tracks");
  if (functions && operations.functions.length > 1 && operations.functions.length <= 8) {
    operations.functions.forEach((name, fn) => new LatencyTrack(functions, name, "", fn, 64));
    new AxisTrack(functions);
  }

  const cluster = document.getElementById("role-tracks");
  if (cluster && data.roles.length) {
    if (data.faults.length) new FaultTrack(cluster);
    for (const node of [...new Set(data.roles.map(span => span.node))]) {
      new RoleTrack(cluster, `n${node}`, data.roles.filter(span => span.node === node), false);
    }
    new AxisTrack(cluster);
  }

  const spread = document.getElementById("spread-tracks");
  if (spread) {
    if (data.faults.length) new FaultTrack(spread);
    for (const row of data.spread) new SpreadTrack(spread, row);
    new AxisTrack(spread);
  }
  tracks.forEach(listen);
};

const showWindow = () => {
  const step = (view.to - view.from) / 1000, place = document.getElementById("window");
  const [from, to] = [formatTime(view.from, step), formatTime(view.to, step)];
  place.textContent = view.isWhole ? "" : isTimed ? `${from} – ${to} s` : `events ${from} – ${to}`;
};

const redraw = () => {
  readPalette();
  for (const track of tracks) track.resize();
  view.draw();
};

// Paper is white, and pictures are painted before it is known that they will be printed.
const wirePrinting = () => {
  let before;
  window.addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    setTheme("light");
  });
  window.addEventListener("afterprint", () => setTheme(before));
};

const zoomTo = text => {
  const [from, to] = text.split(",").map(Number);
  if (Number.isFinite(from) && Number.isFinite(to)) view.set(from, to);
};

const readAddress = () => {
  const words = location.hash.slice(1).split("&");
  for (const word of words) {
    if (word.startsWith("zoom=")) zoomTo(word.slice(5));
  }
};

const wire = () => {
  themeListeners.push(redraw);
  window.addEventListener("resize", redraw);
  window.addEventListener("hashchange", () => { readAddress(); redraw(); });
  const actions = { in: () => view.zoom(.5), out: () => view.zoom(2), reset: () => view.reset() };
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", actions[button.dataset.view]);
  }
  for (const place of document.querySelectorAll("[data-zoom]")) {
    const jump = event => {
      event.preventDefault();
      zoomTo(place.dataset.zoom);
      document.getElementById("timeline").scrollIntoView();
    };
    place.addEventListener("click", jump);
    if (place.tagName !== "A") place.addEventListener("keydown", event => event.key === "Enter" && jump(event));
  }
  // An arrow of a counterexample and its line in the list light up together.
  for (const section of document.querySelectorAll(".counterexample")) {
    for (const part of section.querySelectorAll("[data-precedence]")) {
      const twins = section.querySelectorAll(`[data-precedence="${part.dataset.precedence}"]`);
      const light = on => twins.forEach(twin => twin.classList.toggle("lit", on));
      part.addEventListener("pointerenter", () => light(true));
      part.addEventListener("pointerleave", () => light(false));
    }
  }
};

readAddress();
build();
view.listeners.push(showWindow);
wire();
wirePrinting();
redraw();
root.dataset.rendered = "true";
root.dataset.loadMilliseconds = performance.now().toFixed(0);
