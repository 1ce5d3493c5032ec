import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';

interface Made {
  readonly text: string;
  readonly hidden: boolean;
  readonly bytes: number;
}

const word = fc.string({ unit: 'grapheme', maxLength: 12 });
const head = { id: 'c', object: 'chat.completion.chunk', model: 'm' };
const delta = fc.oneof(
  word.map((content) => ({ content })),
  word.map((content) => ({ content: '', reasoning: content })),
  word.map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
);

/** Events without line ends; those are chosen for the whole stream. */
const event: fc.Arbitrary<Made> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(delta, fc.nat(1))
      .map(([part, index]) => made({ ...head, choices: [{ index, delta: part, finish_reason: null }] }, bytesOf(part))),
  },
  {
    weight: 1,
    arbitrary: fc.nat(1).map((index) => made({ ...head, choices: [{ index, delta: {}, finish_reason: 'stop' }] }, 0)),
  },
  {
    weight: 1,
    arbitrary: fc.nat(50).map((tokens) => ({
      ...made({ ...head, choices: [], usage: { prompt_tokens: tokens, completion_tokens: 1 } }, 0),
      hidden: true,
    })),
  },
  { weight: 1, arbitrary: fc.constant({ text: ': keep-alive', hidden: false, bytes: 0 }) },
  {
    weight: 1,
    arbitrary: fc.constant({ text: 'event: message\nid: 4\ndata: {"choices":[]}', hidden: false, bytes: 0 }),
  },
);

function made(value: object, bytes: number): Made {
  return { text: `data: ${JSON.stringify(value)}`, hidden: false, bytes };
}

function bytesOf(part: object): number {
  return Object.values(part).reduce(
    (sum: number, inner) =>
      sum +
      (typeof inner === 'string'
        ? Buffer.byteLength(inner)
        : Array.isArray(inner)
          ? Buffer.byteLength(inner[0].function.arguments)
          : 0),
    0,
  );
}

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

function observe(bytes: Buffer, cuts: readonly number[]) {
  const observer = openAiChat.observeStream({ hideUsage: true });
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  const forwarded: Buffer[] = [];
  for (let at = 1; at < places.length; at += 1) {
    forwarded.push(observer.push(bytes.subarray(places[at - 1], places[at])).forward ?? Buffer.alloc(0));
  }
  const { forward, summary } = observer.end();
  return { text: Buffer.concat([...forwarded, forward ?? Buffer.alloc(0)]).toString(), summary };
}

/** The same bytes; or, where a JSON error came without a frame, the bytes up to it and then the error in a frame. */
function isBeginning(output: Buffer, input: Buffer): boolean {
  const same = output.findIndex((byte, at) => byte !== input[at]);
  if (same === -1) return output.length <= input.length;
  const rest = output.subarray(same).toString('latin1');
  return (
    rest.startsWith('data: {') &&
    input.subarray(same).toString('latin1').startsWith(rest.slice('data: '.length).trimEnd())
  );
}

suite('any stream, split anywhere', () => {
  test('gives the same bytes and the same summary, with only the usage frames gone', () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 12 }),
        lineEnd,
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 20 }),
        (events, end, byteOrderMark, places) => {
          const asText = ({ text }: Made) => `${text.replaceAll('\n', end)}${end}${end}`;
          const mark = byteOrderMark ? '\ufeff' : '';
          const bytes = Buffer.from(mark + events.map(asText).join(''));
          const whole = observe(bytes, []);
          // The mark goes with the first event, hidden or not.
          const visible = events
            .filter(({ hidden }) => !hidden)
            .map(asText)
            .join('');
          expect(whole.text).toBe((events[0]?.hidden === true ? '' : mark) + visible);
          expect(
            observe(
              bytes,
              places.map((place) => place % (bytes.length + 1)),
            ),
          ).toEqual(whole);
          expect(whole.summary.outputTokensEstimate).toBeGreaterThanOrEqual(
            Math.ceil(events.reduce((sum, { bytes: own }) => sum + own, 0) / 4),
          );
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test('garbage never throws, and what passes is a beginning of it', () => {
    const noise = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom(
            'data: ',
            '\n\n',
            '\r\n\r\n',
            '{"choices":[{"delta":{"content":"x"}}]}',
            '[DONE]',
            'event: error\n',
            '{"error":',
            '"}',
          )
          .map((text) => Buffer.from(text)),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(noise, (pieces) => {
        const observer = openAiChat.observeStream({ hideUsage: false });
        const passed = pieces.map((piece) => observer.push(piece).forward ?? Buffer.alloc(0));
        const input = Buffer.concat(pieces);
        const output = Buffer.concat(passed);
        expect(isBeginning(output, input)).toBe(true);
        observer.end();
      }),
      { numRuns: 3_000 },
    );
  });
});
