import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packRuns } from '../../../scripts/app-icons/icns.ts';
import { toIco } from '../../../scripts/app-icons/ico.ts';

const dir = join(import.meta.dirname, '..', '..', '..', 'resources', 'icons', 'app');
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

function pngSize(png: Buffer): [number, number] {
  expect(png.subarray(0, PNG.length)).toEqual(PNG);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The reverse of packRuns, as macOS reads it. */
function unpackRuns(packed: Buffer): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < packed.length; ) {
    const count = packed.readUInt8(at);
    if (count < 128) {
      bytes.push(...packed.subarray(at + 1, at + 2 + count));
      at += count + 2;
    } else {
      bytes.push(...new Array<number>(count - 125).fill(packed.readUInt8(at + 1)));
      at += 2;
    }
  }
  return bytes;
}

describe('the icons of the app', () => {
  test('are there in every size that a Linux desktop asks for', () => {
    const files = readdirSync(dir).filter((name) => name.endsWith('.png'));
    const sizes = files.map((name) => pngSize(readFileSync(join(dir, name))));
    expect(sizes.map(([width]) => width).toSorted((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256, 512, 1024]);
    expect(sizes.map(([width, height]) => `${width}x${height}.png`)).toEqual(files);
  });

  test('for Windows: bitmaps up to 128 pixels, then PNG', () => {
    const ico = readFileSync(join(dir, 'app.ico'));
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const sizes: number[] = [];
    let end = 6 + 16 * ico.readUInt16LE(4);
    for (let at = 6; at < 6 + 16 * ico.readUInt16LE(4); at += 16) {
      const size = ico.readUInt8(at) || 256;
      const body = ico.subarray(ico.readUInt32LE(at + 12), ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8));
      expect(ico.readUInt32LE(at + 12)).toBe(end);
      end += body.length;
      if (size > 128) expect(pngSize(body)).toEqual([size, size]);
      else {
        const maskBytes = Math.ceil(size / 32) * 4 * size;
        expect([body.readUInt32LE(0), body.readInt32LE(4), body.readInt32LE(8)]).toEqual([40, size, size * 2]);
        expect(body.length).toBe(40 + size * size * 4 + maskBytes);
      }
      sizes.push(size);
    }
    expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    expect(end).toBe(ico.length);
  });

  test('a bitmap for Windows starts at the bottom, blue first', () => {
    // Two rows of two: red, green / blue, half-transparent white.
    const rgba = Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 128]);
    const ico = toIco([{ sizePx: 2, png: Buffer.alloc(0), rgba }]);
    const points = ico.subarray(6 + 16 + 40, 6 + 16 + 40 + 16);
    expect([...points]).toEqual([255, 0, 0, 255, 255, 255, 255, 128, 0, 0, 255, 255, 0, 255, 0, 255]);
  });

  test('for macOS: every entry that iconutil would write, each of its size', () => {
    const icns = readFileSync(join(dir, 'app.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const found: [string, number][] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const type = icns.toString('latin1', at, at + 4);
      const body = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      if (type === 'ic04' || type === 'ic05') {
        expect(body.toString('latin1', 0, 4)).toBe('ARGB');
        found.push([type, Math.sqrt(unpackRuns(body.subarray(4)).length / 4)]);
      } else found.push([type, pngSize(body)[0]]);
    }
    expect(Object.fromEntries(found)).toEqual({
      ic04: 16,
      ic05: 32,
      ic07: 128,
      ic08: 256,
      ic09: 512,
      ic10: 1024,
      ic11: 32,
      ic12: 64,
      ic13: 256,
      ic14: 512,
    });
  });

  test('packed runs give back what went in', () => {
    const byte = fc.oneof(fc.constantFrom(0, 255), fc.integer({ min: 0, max: 255 }));
    const runs = fc.array(fc.tuple(byte, fc.integer({ min: 1, max: 400 })), { maxLength: 12 });
    fc.assert(
      fc.property(runs, (parts) => {
        const bytes = parts.flatMap(([value, count]) => new Array<number>(count).fill(value));
        expect(unpackRuns(packRuns(Uint8Array.from(bytes)))).toEqual(bytes);
      }),
    );
  });
});
