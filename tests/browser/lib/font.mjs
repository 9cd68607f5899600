// A font with one letter: `A`, a square in the middle of three times its width, so that a text in it is
// as wide as no other. Made here, byte by byte, because nothing of others need be kept for it.
import { brotliCompressSync } from "node:zlib";

const EM = 1_000;
const WIDTH = 3 * EM;

const int = (size, value) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value < 0 ? value + 2 ** (8 * size) : value, 0, size);
  return bytes;
};
// Numbers of two bytes; `[number]` has four.
const words = (...all) => Buffer.concat(all.map((one) => (Array.isArray(one) ? int(4, one[0]) : int(2, one))));
const zeros = (count) => Array(count).fill(0);

function names() {
  const texts = { 1: "Square", 2: "Regular", 3: "Square", 4: "Square", 6: "Square" };
  const strings = Object.values(texts).map((text) => Buffer.from(text, "utf16le").swap16());
  let at = 0;
  const records = Object.keys(texts).map((id, index) => {
    const record = words(3, 1, 0x409, Number(id), strings[index].length, at);
    at += strings[index].length;
    return record;
  });
  return Buffer.concat([words(0, records.length, 6 + 12 * records.length), ...records, ...strings]);
}

// The tables, by their numbers in a woff2 file.
const tables = new Map([
  [6, words(4, WIDTH, 400, 5, 0, ...zeros(11), ...zeros(5), ...zeros(8), 0x6e6f, 0x6e65, 0x40, 65, 65, 800, -200, 0, 800, 200, [1], [0], 500, 700, 0, 32, 1)],
  [0, words(0, 1, 3, 1, [12], 4, 32, 0, 4, 4, 1, 0, 65, 0xffff, 0, 65, 0xffff, 1 - 65, 1, 0, 0)],
  [10, words(1, EM, 0, 2 * EM, 700, 3, 0, 0x0101, 0x0101, EM, EM, 0, -EM, 0, 0, 700, 0, 0)],
  [1, words(1, 0, 1, 0, [0], [0x5f0f3cf5], 0xb, EM, [0], [0], [0], [0], EM, 0, 2 * EM, 700, 0, 8, 2, 0, 0)],
  [2, words(1, 0, 800, -200, 0, WIDTH, 0, EM, 2 * EM, 1, 0, 0, ...zeros(4), 0, 2)],
  [3, words(WIDTH, 0, WIDTH, EM)],
  [11, words(0, 0, 18)],
  [4, words(1, 0, 2, 4, 1, 0, 0, 2, ...zeros(8))],
  [5, names()],
  [7, words(3, 0, [0], -75, 50, [0], [0], [0], [0], [0])],
]);
// The outline and its index are as they are in other fonts, and not packed.
const PLAIN = 3 << 6;

const base128 = (value) => {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return Buffer.from(bytes);
};

// The font as woff2.
export function squareFont() {
  const directory = [...tables].map(([tag, table]) =>
    Buffer.concat([Buffer.from([tag | (tag === 10 || tag === 11 ? PLAIN : 0)]), base128(table.length)]));
  const packed = brotliCompressSync(Buffer.concat([...tables.values()]));
  const whole = [...tables.values()].reduce((sum, table) => sum + 16 + ((table.length + 3) & ~3), 12);
  const body = Buffer.concat([...directory, packed]);
  const length = (48 + body.length + 3) & ~3;
  const head = words([0x774f4632], [0x10000], [length], tables.size, 0, [whole], [packed.length], 1, 0, [0], [0], [0], [0], [0]);
  return Buffer.concat([head, body], length);
}
