/** A chunk that is one whole ordinary frame takes a short way past the splitter. It must lead where the long one does. */
import { describe, expect, it } from 'vitest';
import { learnTemplate, matchOneLine } from '../../../proxy/protocols/openai-chat/delta-template.ts';
import { observeStream } from '../../../proxy/protocols/openai-chat/stream-observer.ts';

const says = (content: string, more = '') =>
  `data: {"model":"m","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]${more}}\n\n`;
const FINISH = 'data: {"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}\n\n';
const ERROR = 'data: {"error":{"message":"gone","code":"server_error"}}\n\n';
const DONE = 'data: [DONE]\n\n';

function observed(chunks: readonly Buffer[]) {
  const observer = observeStream({ hideUsage: true });
  const steps = chunks.map((chunk) => observer.push(chunk));
  const { forward, summary } = observer.end();
  const sent = Buffer.concat([...steps, { forward }].flatMap((step) => step.forward ?? []));
  const problems = steps.flatMap(({ error, problem }) => (error ?? problem) || []);
  return { sent: sent.toString('latin1'), summary, problems, committed: steps.at(-1)?.committed };
}

const STREAMS: Readonly<Record<string, readonly string[]>> = {
  'an ordinary stream': [says('a'), says('b'), says(''), says('\\"c\\"'), FINISH, USAGE, DONE],
  'two frames in a chunk': [says('a'), says('b') + says('c'), says('d'), FINISH + DONE],
  'a frame and the beginning of the next': [
    says('a'),
    says('b') + says('c').slice(0, 30),
    says('c').slice(30),
    FINISH,
    DONE,
  ],
  'a chunk that fits, in the middle of a frame': [says('a'), 'data: {"x":1}\n', says('b'), FINISH, DONE],
  'a chunk that fits, behind half a line': [says('a'), ': half', says('b'), FINISH, DONE],
  'a frame without its second line feed': [says('a'), says('b').slice(0, -1), '\n', FINISH, DONE],
  'line feeds inside the text': [says('a'), says('b\nc'), says('b\n\nc'), FINISH, DONE],
  'carriage returns inside the text': [says('a'), says('b\rc'), says('d'), FINISH, DONE],
  'lines that end in CRLF': [says('a'), says('b')].map((text) => text.replaceAll('\n', '\r\n')).concat(FINISH, DONE),
  'a CR, and its LF at the head of the next chunk': [
    says('a'),
    `${says('b').slice(0, -2)}\r`,
    `\n\r\n${says('c')}`,
    FINISH,
    DONE,
  ],
  'text behind an error': [says('a'), ERROR, says('b'), FINISH, DONE],
  'text behind the end': [says('a'), FINISH, DONE, says('b')],
  'an error in a frame of the same head': [says('a'), says('b', ',"error":{"message":"gone"}'), says('c')],
  'a finish reason in a frame of the same head': [says('a'), says('b').replace('null', '"stop"'), DONE],
  'blank lines between frames': [says('a'), '\n', says('b'), '\n\n', says('c'), FINISH, DONE],
  'comments between frames': [says('a'), ': ping\n\n', says('b'), FINISH, DONE],
  'letters of several bytes': [says('ä'), says('日本'), says('🙂'), FINISH, DONE],
  'no end': [says('a'), says('b')],
};

describe('a stream in whole frames is read as the same bytes one by one', () => {
  it.each(Object.entries(STREAMS))('%s', (_name, texts) => {
    const whole = texts.map((text) => Buffer.from(text));
    const bytes = [...Buffer.concat(whole)].map((byte) => Buffer.from([byte]));
    expect(observed(whole)).toEqual(observed(bytes));
    expect(observed([Buffer.concat(whole)])).toEqual(observed(bytes));
  });

  it('passes the very chunk on', () => {
    const observer = observeStream({ hideUsage: false });
    observer.push(Buffer.from(says('a')));
    const chunk = Buffer.from(says('b'));
    expect(observer.push(chunk)).toEqual({ forward: chunk, committed: true });
    expect(observer.push(chunk).forward).toBe(chunk);
    expect(observer.summary()).toMatchObject({ outputTokensEstimate: 3, problem: 'cut' });
  });
});

it.each([
  ['one line', says('b'), 1],
  ['two frames', says('b') + says('c'), -1],
  ['a second line in the text', says('b\nc'), -1],
  ['a CR in the text', says('b\rc'), -1],
  ['half a line end', says('b').slice(0, -1), -1],
  ['nothing', '', -1],
])('a chunk of %s', (_name, text, fits) => {
  const template = learnTemplate(says('a'), false);
  if (template === undefined) throw new Error('nothing was learned');
  expect(matchOneLine(template, text)).toBe(fits);
});
