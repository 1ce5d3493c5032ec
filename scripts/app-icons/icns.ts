/**
 * Apple's .icns, with the entries that Apple's own iconutil writes: PNG from 32 pixels at double density upwards, and for
 * the two smallest the old run-length form, in which every version of macOS shows them.
 * https://en.wikipedia.org/wiki/Apple_Icon_Image_format
 */
import type { Picture } from './picture.ts';

const PNG_TYPES = [
  { type: 'ic11', sizePx: 32 },
  { type: 'ic12', sizePx: 64 },
  { type: 'ic07', sizePx: 128 },
  { type: 'ic13', sizePx: 256 },
  { type: 'ic08', sizePx: 256 },
  { type: 'ic14', sizePx: 512 },
  { type: 'ic09', sizePx: 512 },
  { type: 'ic10', sizePx: 1024 },
];
const PACKED_TYPES = [
  { type: 'ic04', sizePx: 16 },
  { type: 'ic05', sizePx: 32 },
];
export const ICNS_SIZES_PX = [16, 32, 64, 128, 256, 512, 1024];

/** `pictures`: one of each of ICNS_SIZES_PX. */
export function toIcns(pictures: readonly Picture[]): Buffer {
  const pictureOf = (sizePx: number): Picture => {
    const found = pictures.find((picture) => picture.sizePx === sizePx);
    if (found === undefined) throw new Error(`no picture of ${sizePx} pixels`);
    return found;
  };
  const blocks = [
    ...PACKED_TYPES.map(({ type, sizePx }) => block(type, packedArgb(pictureOf(sizePx)))),
    ...PNG_TYPES.map(({ type, sizePx }) => block(type, pictureOf(sizePx).png)),
  ];
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(header.length + body.length, 4);
  return Buffer.concat([header, body]);
}

/** One channel after the other, alpha first. */
function packedArgb({ rgba }: Picture): Buffer {
  const channels = [3, 0, 1, 2].map((channel) => packRuns(rgba.filter((_, index) => index % 4 === channel)));
  return Buffer.concat([Buffer.from('ARGB', 'latin1'), ...channels]);
}

const LITERALS_MAX = 128;
const RUN_MIN = 3;
const RUN_MAX = 130;

/** A byte below 128: so many plus one bytes follow as they are. From 128 on: the next byte, so many minus 125 times. */
export function packRuns(bytes: Uint8Array): Buffer {
  const packed: number[] = [];
  let literals: number[] = [];
  const flush = () => {
    if (literals.length > 0) packed.push(literals.length - 1, ...literals);
    literals = [];
  };
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    let run = 1;
    while (run < RUN_MAX && bytes[at + run] === byte) run += 1;
    if (run >= RUN_MIN) {
      flush();
      packed.push(run + 125, byte);
      at += run;
    } else {
      literals.push(byte);
      if (literals.length === LITERALS_MAX) flush();
      at += 1;
    }
  }
  flush();
  return Buffer.from(packed);
}
