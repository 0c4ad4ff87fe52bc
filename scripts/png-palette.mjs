// A picture with at most 256 colours, as a PNG a third of the size.
import { decode } from 'fast-png';
import { crc32, deflateSync } from 'node:zlib';

const MOST = 256;

/** Colours that were seen most, each the mean of what falls into its cell of a coarse cube. */
function choosePalette(data, channels) {
  const cells = new Map();
  for (let at = 0; at < data.length; at += channels) {
    const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
    const key = ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2);
    const cell = cells.get(key) ?? [0, 0, 0, 0];
    cell[0] += red;
    cell[1] += green;
    cell[2] += blue;
    cell[3]++;
    cells.set(key, cell);
  }
  const chosen = [];
  const left = [...cells].sort(([, a], [, b]) => b[3] - a[3]);
  // A popular colour first, then the ones that are far from all that are there: rare ones such as a red mark stay.
  for (const [key, [red, green, blue, count]] of left.slice(0, MOST / 2)) {
    chosen.push({ key, colour: [red / count, green / count, blue / count].map(Math.round) });
  }
  const far = left.slice(MOST / 2).map(([key, [red, green, blue, count]]) => {
    const colour = [red / count, green / count, blue / count].map(Math.round);
    return { key, colour, distance: Math.min(...chosen.map((one) => apart(one.colour, colour))) };
  });
  while (chosen.length < MOST && far.length > 0) {
    let best = 0;
    for (let i = 1; i < far.length; i++) if (far[i].distance > far[best].distance) best = i;
    const [next] = far.splice(best, 1);
    chosen.push(next);
    for (const one of far) one.distance = Math.min(one.distance, apart(one.colour, next.colour));
  }
  return chosen.map(({ colour }) => colour);
}

function apart([r1, g1, b1], [r2, g2, b2]) {
  return (r1 - r2) ** 2 + (g1 - g2) ** 2 + (b1 - b2) ** 2;
}

function chunk(type, body) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body, crc32(head.subarray(4))));
  return Buffer.concat([head, body, tail]);
}

/** @param png bytes of an opaque picture of 8 bits a channel */
export function withPalette(png) {
  const { width, height, data, channels } = decode(png);
  const palette = choosePalette(data, channels);
  const nearest = new Map();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const colour = [data[at], data[at + 1], data[at + 2]];
      const key = (colour[0] << 16) | (colour[1] << 8) | colour[2];
      let index = nearest.get(key);
      if (index === undefined) {
        index = 0;
        for (let i = 1; i < palette.length; i++) {
          if (apart(palette[i], colour) < apart(palette[index], colour)) index = i;
        }
        nearest.set(key, index);
      }
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
