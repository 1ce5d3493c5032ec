/** What the scripted providers say, whichever protocol they say it in; and what they understood of a request. */
import type { SeenRequest } from '../../gateway/upstream.ts';

export const TEXT = ['Hello ', 'there.'] as const;
export const THOUGHT = ['The user ', 'greets me.'] as const;
export const SIGNATURE = 'c2lnbmVkIGJ5IHRoZSBwcm92aWRlcg==';
/** One red pixel. */
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
export const CALLS = [
  { name: 'get_weather', args: { city: 'Oslo' } },
  { name: 'get_weather', args: { city: 'Rome', days: 3 } },
] as const;
/** What the client's tools answer, in the order of the calls. */
export const RESULTS = ['21 degrees', '9 degrees'] as const;
export const OUTPUT = { city: 'Oslo', degrees: 21 } as const;
export const OUTPUT_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, degrees: { type: 'integer' } },
  required: ['city', 'degrees'],
  additionalProperties: false,
} as const;
/** Of every whole answer: tokens in and out. */
export const TOKENS = { input: 10, output: 5 } as const;

export type Scene = 'hello' | 'tools' | 'output' | 'thought';

export interface Said {
  readonly thought?: readonly string[];
  readonly text?: readonly string[];
  readonly calls?: readonly { readonly name: string; readonly args: unknown }[];
  /** In the protocol's own words; left out: TOKENS. */
  readonly usage?: Readonly<Record<string, unknown>>;
}

/** What a provider read in a request, by the rules of its own protocol. */
export interface Understood {
  readonly stream: boolean;
  /** Base64, of every image. */
  readonly images: readonly string[];
  /** The text of every tool result, in order. */
  readonly results: readonly string[];
  /** Signatures of thinking that came back. */
  readonly signatures: readonly string[];
  /** The schema that the answer has to keep; with `tool` when it was asked for as the only tool to call. */
  readonly output?: { readonly schema: unknown; readonly tool?: string };
  /** What a real provider would refuse with a 400. */
  readonly problems: readonly string[];
}

/** A provider's side of one protocol, hand-written and without our codecs. */
export interface UpstreamWire {
  readonly protocol: string;
  readonly provider: {
    readonly kind: string;
    readonly model: string;
    readonly basePath: string;
    readonly secret: string;
  };
  readonly streamType: string;
  understand(seen: SeenRequest): Understood;
  whole(said: Said): unknown;
  stream(said: Said): readonly (string | Buffer)[];
  error(status: number): unknown;
}

export function scripted(scene: Scene, { output, results }: Understood): Said {
  switch (scene) {
    case 'hello':
      return { text: TEXT };
    case 'thought':
      return { thought: THOUGHT, text: TEXT };
    case 'tools':
      return results.length === 0 ? { thought: THOUGHT, text: TEXT, calls: CALLS } : { text: TEXT };
    case 'output':
      if (output?.tool !== undefined) return { calls: [{ name: output.tool, args: OUTPUT }] };
      return { text: halves(JSON.stringify(OUTPUT)) };
    default:
      return scene satisfies never;
  }
}

/** Cut inside words, as providers do. */
export function halves(text: string): readonly [string, string] {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}
