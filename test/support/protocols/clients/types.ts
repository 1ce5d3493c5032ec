/** One client library, reduced to what all of them can do; each adapter uses its library the way its users do. */
import { OUTPUT_SCHEMA, PNG, RESULTS } from '../upstreams/script.ts';

export interface Wish {
  readonly stream: boolean;
  readonly image?: boolean;
  readonly schema?: boolean;
  readonly think?: boolean;
  readonly tools?: boolean;
  /** The answer before, whose calls are now answered. */
  readonly after?: Answer;
}

export interface Answer {
  readonly text: string;
  readonly thought: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly args: unknown }[];
  /** The answer says of itself that it is complete. */
  readonly ended: boolean;
  readonly tokens: readonly [input: number | undefined, output: number | undefined];
  /** As the library wants it back. */
  readonly turn: unknown;
}

export interface SdkClient {
  ask(model: string, wish: Wish): Promise<Answer>;
  /** Reads the first piece of a stream, then aborts it. */
  abandon(model: string): Promise<void>;
  /** The HTTP status of the library's own error class; undefined for any other error. */
  statusOf(error: unknown): number | undefined;
}

export interface Door {
  readonly origin: string;
  readonly baseUrl: string;
  readonly key: string;
}

export interface Sdk {
  readonly name: string;
  open(door: Door): SdkClient;
}

export const PROMPT = 'Say hello';
export const IMAGE_URL = `data:image/png;base64,${PNG}`;
export const SCHEMA: Record<string, unknown> = { ...OUTPUT_SCHEMA };
export const TOOL_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer' } },
  required: ['city'],
} as const;
export const resultOf = (place: number): string => RESULTS[place] ?? 'nothing';
