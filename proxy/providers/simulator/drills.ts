/** What the simulator can play, by model id. Every drill is one fire drill for a person and one fixture for a test. */

export type Content =
  | { readonly kind: 'echo' }
  | { readonly kind: 'lorem'; readonly tokens: number }
  | { readonly kind: 'tools'; readonly calls: number }
  | { readonly kind: 'json' }
  | { readonly kind: 'reasoning' };

/** What goes wrong, and where. `mid`: after some content; `first`: before any. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'stall'; readonly at: 'first-byte' | 'mid' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'error-event'; readonly at: 'first' | 'mid' }
  | { readonly kind: 'no-finish' }
  | { readonly kind: 'no-usage' }
  | { readonly kind: 'none' };

export interface Drill {
  readonly content: Content;
  readonly fault: Fault;
  readonly firstByteDelayMs: number;
  readonly tokenDelayMs: number;
  /** Part of the input reported as read from a cache. */
  readonly cached: boolean;
  readonly maxOutputTokens: number;
  readonly description: string;
}

export const CONTEXT_TOKENS = 1_000_000;
const OUTPUT_TOKENS_MAX = 4_096;
const LOREM_TOKENS_MAX = 100_000;
const DELAY_MS_MAX = 600_000;
const SLOW_START_MS = 3_000;
const SLOW_TOKEN_MS = 200;

const NONE: Fault = { kind: 'none' };
const PLAIN = {
  content: { kind: 'echo' },
  fault: NONE,
  firstByteDelayMs: 0,
  tokenDelayMs: 0,
  cached: false,
  maxOutputTokens: OUTPUT_TOKENS_MAX,
} as const satisfies Omit<Drill, 'description'>;
/** Long enough for something to happen in the middle. */
const STORY = { content: { kind: 'lorem', tokens: 20 }, maxOutputTokens: 20 } as const;

const FIXED: ReadonlyMap<string, Drill> = new Map<string, Drill>([
  ['echo', { ...PLAIN, description: 'Says your last message back to you.' }],
  [
    'tool-call',
    {
      ...PLAIN,
      content: { kind: 'tools', calls: 1 },
      description: 'Calls the first of your tools, then answers with what the tool returned.',
    },
  ],
  ['parallel-tools', { ...PLAIN, content: { kind: 'tools', calls: 2 }, description: 'Calls two tools at once.' }],
  [
    'json',
    {
      ...PLAIN,
      content: { kind: 'json' },
      description: 'Answers with JSON, after your response_format schema if there is one.',
    },
  ],
  [
    'reasoning',
    {
      ...PLAIN,
      content: { kind: 'reasoning' },
      description: 'Thinks aloud before it echoes, and reports reasoning tokens.',
    },
  ],
  ['cached', { ...PLAIN, cached: true, description: 'Echoes, and reports half of the input as read from a cache.' }],
  [
    'stall',
    {
      ...PLAIN,
      ...STORY,
      fault: { kind: 'stall', at: 'mid' },
      description: 'Stops sending in the middle of the answer and never goes on.',
    },
  ],
  [
    'stall-first-byte',
    {
      ...PLAIN,
      ...STORY,
      fault: { kind: 'stall', at: 'first-byte' },
      description: 'Takes the request and never answers.',
    },
  ],
  [
    'cut',
    { ...PLAIN, ...STORY, fault: { kind: 'cut' }, description: 'Loses the connection in the middle of the answer.' },
  ],
  [
    'unreachable',
    { ...PLAIN, ...STORY, fault: { kind: 'unreachable' }, description: 'Cannot be connected to at all.' },
  ],
  [
    'malformed',
    {
      ...PLAIN,
      ...STORY,
      fault: { kind: 'malformed' },
      description: 'Sends half a JSON document where a whole one belongs.',
    },
  ],
  [
    'error-after-200',
    {
      ...PLAIN,
      ...STORY,
      fault: { kind: 'error-event', at: 'mid' },
      description: 'Begins well, then reports an error inside the stream.',
    },
  ],
  [
    'error-first',
    {
      ...PLAIN,
      ...STORY,
      fault: { kind: 'error-event', at: 'first' },
      description: 'Answers 200 and reports an error before any content.',
    },
  ],
  [
    'no-finish',
    { ...PLAIN, ...STORY, fault: { kind: 'no-finish' }, description: 'Ends without saying why it stopped.' },
  ],
  [
    'no-usage',
    {
      ...PLAIN,
      ...STORY,
      fault: { kind: 'no-usage' },
      description: 'Answers well but never reports usage, so the cost is an estimate.',
    },
  ],
]);

const STATUSES: ReadonlyMap<number, string> = new Map([
  [400, 'Refuses the request as invalid (400).'],
  [401, 'Refuses the credential (401).'],
  [403, 'Refuses this account (403).'],
  [404, 'Does not know the model (404).'],
  [429, 'Is rate limited and says when to come back (429 with retry-after).'],
  [500, 'Fails on its side (500).'],
  [503, 'Is overloaded (503).'],
]);

/** The ids that are listed; the families `lorem-<N>`, `slow-...-<ms>ms` and `long-<N>x<ms>` are open. */
export const LISTED_IDS: readonly string[] = [
  'echo',
  'lorem-100',
  'lorem-1000',
  'slow-start',
  'slow-tokens',
  'long-200x50',
  ...[...FIXED.keys()].filter((id) => id !== 'echo'),
  'error-401',
  'error-429',
  'error-500',
  'error-503',
];

/** Undefined for an id that is no drill. */
export function drillOf(id: string): Drill | undefined {
  return FIXED.get(id) ?? statusDrill(id) ?? loremDrill(id) ?? slowDrill(id);
}

function statusDrill(id: string): Drill | undefined {
  const status = numberIn(/^error-(\d{3})$/, id);
  const description = status === undefined ? undefined : STATUSES.get(status);
  if (status === undefined || description === undefined) return undefined;
  return { ...PLAIN, fault: { kind: 'status', status }, description };
}

function loremDrill(id: string): Drill | undefined {
  const match = /^(?:lorem-(\d{1,6})|long-(\d{1,6})x(\d{1,6})(?:ms)?)$/.exec(id);
  if (match === null) return undefined;
  const tokens = Number(match[1] ?? match[2]);
  const tokenDelayMs = Number(match[3] ?? 0);
  if (tokens < 1 || tokens > LOREM_TOKENS_MAX || tokenDelayMs > DELAY_MS_MAX) return undefined;
  const pace = tokenDelayMs === 0 ? '' : `, one every ${tokenDelayMs} ms`;
  return {
    ...PLAIN,
    content: { kind: 'lorem', tokens },
    tokenDelayMs,
    maxOutputTokens: tokens,
    description: `Writes ${tokens} tokens of filler text${pace}.`,
  };
}

function slowDrill(id: string): Drill | undefined {
  const startMs = id === 'slow-start' ? SLOW_START_MS : numberIn(/^slow-start-(\d{1,6})ms$/, id);
  if (startMs !== undefined && startMs <= DELAY_MS_MAX) {
    return {
      ...PLAIN,
      firstByteDelayMs: startMs,
      description: `Waits ${startMs} ms before the first byte, then echoes.`,
    };
  }
  const tokenMs = id === 'slow-tokens' ? SLOW_TOKEN_MS : numberIn(/^slow-tokens-(\d{1,6})ms$/, id);
  if (tokenMs === undefined || tokenMs > DELAY_MS_MAX) return undefined;
  return { ...PLAIN, tokenDelayMs: tokenMs, description: `Echoes one token every ${tokenMs} ms.` };
}

function numberIn(pattern: RegExp, id: string): number | undefined {
  const digits = pattern.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
