// Reads the page's data: columns of LEB128 numbers, packed by the report's writer.

const data = JSON.parse(document.getElementById("data").textContent);

const unpack = (text, count, differences) => {
  const bytes = Uint8Array.from(atob(text ?? ""), character => character.charCodeAt(0));
  const numbers = new Float64Array(count);
  let position = 0, last = 0;
  for (let slot = 0; slot < count; slot++) {
    // Numbers may be larger than the 32 bits that shifts would give.
    let number = 0, scale = 1, byte;
    do {
      byte = bytes[position++];
      number += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
    if (differences) {
      last += number % 2 ? -(number + 1) / 2 : number / 2;
      number = last;
    }
    numbers[slot] = number;
  }
  return numbers;
};

const operations = (() => {
  const packed = data.operations, count = packed.count;
  const read = (name, differences) => unpack(packed.columns[name], count, differences);
  const call = read("call", true), length = read("length"), kind = read("kind");
  const end = new Float64Array(count), open = new Uint8Array(count);
  const outcome = new Uint8Array(count), fn = new Uint16Array(count);
  let lengthMax = 0;
  for (let slot = 0; slot < count; slot++) {
    open[slot] = length[slot] === 0 ? 1 : 0;
    end[slot] = open[slot] ? data.length : call[slot] + length[slot] - 1;
    outcome[slot] = kind[slot] % 3;
    fn[slot] = (kind[slot] - outcome[slot]) / 3;
    if (!open[slot]) lengthMax = Math.max(lengthMax, length[slot]);
  }
  return {
    count, call, end, open, outcome, fn, lengthMax,
    row: read("row"), process: read("process"), key: read("key"), action: read("action"),
    error: read("error"), node: read("node"), index: read("index", true),
    functions: packed.functions, keys: packed.keys, actions: packed.actions,
    errors: packed.errors, rowName: packed.rowName, rowLabels: packed.rowLabels,
    stride: packed.stride,
  };
})();

const outcomeNames = ["ok", "fail", "info"];

// The operations of each row, in the order of their calls.
const rows = (() => {
  const sizes = new Uint32Array(Math.max(1, operations.rowLabels.length));
  for (let slot = 0; slot < operations.count; slot++) sizes[operations.row[slot]]++;
  const slots = Array.from(sizes, size => new Uint32Array(size));
  sizes.fill(0);
  for (let slot = 0; slot < operations.count; slot++) {
    const row = operations.row[slot];
    slots[row][sizes[row]++] = slot;
  }
  return slots;
})();

// The place of the first of `count` numbers that is not below `bound`; `at` gives the numbers.
const firstAtLeast = (count, at, bound) => {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < bound) low = middle + 1; else high = middle;
  }
  return low;
};

const isTimed = data.tick > 0;
const marks = new Map(data.marks.map(mark => [mark.index, mark.label]));

const formatLength = ticks => {
  if (!isTimed) return `${ticks} events`;
  const nanoseconds = ticks * data.tick;
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["µs", 1e3]]) {
    if (nanoseconds >= size) {
      const value = nanoseconds / size;
      return `${value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)} ${unit}`;
    }
  }
  return `${Math.round(nanoseconds)} ns`;
};

// A moment of the run, with as many decimals as a step of `step` ticks needs.
const formatTime = (ticks, step) => {
  if (!isTimed) return Math.round(ticks).toLocaleString("en");
  const decimals = Math.max(0, Math.min(9, Math.ceil(-Math.log10(step * data.tick / 1e9) - 1e-9)));
  return ((ticks * data.tick + data.origin) / 1e9).toFixed(decimals);
};
