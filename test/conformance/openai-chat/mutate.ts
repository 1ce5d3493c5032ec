/** Damage of the kinds that networks, proxies and servers do to streams. */

export interface Damage {
  readonly name: string;
  /** `other`: a stream to take foreign frames from. */
  apply(body: Buffer, other: Buffer, random: () => number): Buffer;
}

const at = (length: number, random: () => number) => Math.floor(random() * length);
const framesOf = (body: Buffer) =>
  (body.toString('latin1').match(/[\s\S]*?(?:\n\n|$)/g) ?? []).filter((frame) => frame !== '');
const joined = (frames: readonly string[]) => Buffer.from(frames.join(''), 'latin1');

function onFrames(
  change: (frames: string[], foreign: readonly string[], random: () => number) => void,
): Damage['apply'] {
  return (body, other, random) => {
    const frames = framesOf(body);
    change(frames, framesOf(other), random);
    return joined(frames);
  };
}

export const DAMAGES: readonly Damage[] = [
  {
    name: 'a byte changed',
    apply(body, _other, random) {
      const copy = Buffer.from(body);
      for (let count = 1 + at(3, random); count > 0; count -= 1) copy[at(copy.length, random)] = at(256, random);
      return copy;
    },
  },
  {
    name: 'bytes lost',
    apply(body, _other, random) {
      const start = at(body.length, random);
      return Buffer.concat([body.subarray(0, start), body.subarray(start + 1 + at(60, random))]);
    },
  },
  {
    name: 'cut off',
    apply: (body, _other, random) => body.subarray(0, at(body.length, random)),
  },
  {
    name: 'a frame lost',
    apply: onFrames((frames, _foreign, random) => void frames.splice(at(frames.length, random), 1)),
  },
  {
    name: 'a frame twice',
    apply: onFrames((frames, _foreign, random) => {
      const place = at(frames.length, random);
      frames.splice(place, 0, frames[place] ?? '');
    }),
  },
  {
    name: 'two frames swapped',
    apply: onFrames((frames, _foreign, random) => {
      const place = at(frames.length - 1, random);
      frames.splice(place, 2, frames[place + 1] ?? '', frames[place] ?? '');
    }),
  },
  {
    name: 'a foreign frame',
    apply: onFrames((frames, foreign, random) => {
      frames.splice(at(frames.length, random), 0, foreign[at(foreign.length, random)] ?? '');
    }),
  },
  {
    name: 'garbage',
    apply: onFrames((frames, _foreign, random) => {
      const words = [
        'data: {"choices":\n\n',
        'data: \u0000\u00ff\n\n',
        '<html>502</html>\n\n',
        'data: [1,2]\n\n',
        'data: null\n\n',
      ];
      frames.splice(at(frames.length, random), 0, words[at(words.length, random)] ?? '');
    }),
  },
];
