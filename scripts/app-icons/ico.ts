/**
 * Windows' .ico: a list of pictures in one file. Small ones as bitmaps, which every version of Windows and of the
 * installer's compiler reads; the large one as PNG. https://learn.microsoft.com/windows/win32/menurc/newheader
 */
import type { Picture } from './picture.ts';

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;
const BITMAP_HEADER_BYTES = 40;
const ICON_TYPE = 1;
/** Above it a bitmap wastes more than any reader saves. */
const BITMAP_SIZE_MAX_PX = 128;

/** `pictures`: up to 256 pixels, smallest first. */
export function toIco(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16LE(ICON_TYPE, 2);
  header.writeUInt16LE(pictures.length, 4);
  const bodies = pictures.map((picture) => (picture.sizePx > BITMAP_SIZE_MAX_PX ? picture.png : toBitmap(picture)));
  let offset = HEADER_BYTES + ENTRY_BYTES * pictures.length;
  const entries = pictures.map(({ sizePx }, index) => {
    const length = bodies[index]?.length ?? 0;
    const entry = Buffer.alloc(ENTRY_BYTES);
    // 0 stands for 256.
    entry.writeUInt8(sizePx % 256, 0);
    entry.writeUInt8(sizePx % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...bodies]);
}

/** Rows from the bottom up, blue first; then a mask of one bit a pixel, which alpha has made meaningless but not optional. */
function toBitmap({ sizePx, rgba }: Picture): Buffer {
  const header = Buffer.alloc(BITMAP_HEADER_BYTES);
  header.writeUInt32LE(BITMAP_HEADER_BYTES, 0);
  header.writeInt32LE(sizePx, 4);
  header.writeInt32LE(sizePx * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const rows: Buffer[] = [];
  for (let y = sizePx - 1; y >= 0; y -= 1) {
    const row = Buffer.from(rgba.subarray(y * sizePx * 4, (y + 1) * sizePx * 4));
    for (let at = 0; at < row.length; at += 4) {
      const red = row[at] ?? 0;
      row[at] = row[at + 2] ?? 0;
      row[at + 2] = red;
    }
    rows.push(row);
  }
  const maskRowBytes = Math.ceil(sizePx / 32) * 4;
  return Buffer.concat([header, ...rows, Buffer.alloc(maskRowBytes * sizePx)]);
}
