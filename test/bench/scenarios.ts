/** What is measured, how often, and the goal for it. */
import type { BenchProtocol } from './provider-streams.ts';

/** English-like text with quotes and line breaks, so that JSON has something to escape. */
function prose(bytes: number): string {
  const sentence = 'The gate keeper said: "Nothing passes that is not written down."\n';
  return sentence.repeat(Math.ceil(bytes / sentence.length)).slice(0, bytes);
}

/** A chat completion request of about `bytes` bytes. */
export function requestBody(model: string, bytes: number, stream: boolean): Buffer {
  const frame = { model, messages: [{ role: 'system', content: 'Be brief.' }], max_tokens: 400, stream };
  const room = Math.max(0, bytes - JSON.stringify(frame).length - 40);
  // Escapes make the text about 5 % longer on the wire.
  const messages = [...frame.messages, { role: 'user', content: prose(Math.floor(room / 1.05)) }];
  return Buffer.from(JSON.stringify({ ...frame, messages }));
}

export interface Scenario {
  readonly name: string;
  readonly model: string;
  readonly bodyBytes: number;
  readonly stream: boolean;
  /** Of the provider, where it is not the client's: the call is translated. The bare proxy passes the provider's bytes. */
  readonly translatedFrom?: BenchProtocol;
  readonly warmUpCount: number;
  readonly count: number;
  readonly concurrency: number;
  /** Gatehouse's CPU per request as a multiple of the bare proxy's, at most. */
  readonly cpuRatioMax: number;
}

export const scenarios: readonly Scenario[] = [
  {
    name: '1 KB JSON',
    model: 'json',
    bodyBytes: 1_000,
    stream: false,
    warmUpCount: 1_000,
    count: 1_500,
    concurrency: 8,
    cpuRatioMax: 4,
  },
  {
    name: '200 KB JSON',
    model: 'json',
    bodyBytes: 200_000,
    stream: false,
    warmUpCount: 100,
    count: 300,
    concurrency: 8,
    cpuRatioMax: 3,
  },
  {
    name: 'stream of 64 chunks',
    model: 'stream-64',
    bodyBytes: 1_000,
    stream: true,
    warmUpCount: 64,
    count: 240,
    concurrency: 8,
    cpuRatioMax: 1.25,
  },
  {
    name: 'stream of 1,000 chunks',
    model: 'stream-1000',
    bodyBytes: 1_000,
    stream: true,
    warmUpCount: 8,
    count: 32,
    concurrency: 16,
    cpuRatioMax: 1.25,
  },
  translatedStream('Anthropic', 'anthropic-messages'),
  translatedStream('Gemini', 'gemini'),
  translatedStream('Bedrock', 'bedrock-converse'),
];

function translatedStream(name: string, translatedFrom: BenchProtocol): Scenario {
  return {
    name: `the same from ${name}, translated`,
    model: 'stream-1000',
    bodyBytes: 1_000,
    stream: true,
    translatedFrom,
    warmUpCount: 8,
    count: 32,
    concurrency: 16,
    cpuRatioMax: 2.5,
  };
}

export const rounds = 3;
/** Concurrency 1: nothing waits for anything else, so the difference to direct is what the gateway adds. */
export const latencyCount = 400;
/** Short: only its first byte is looked at. */
export const latencyStreamModel = 'stream-2';
export const soakCount = 10_000;
export const heldTogether = 64;
export const heldBodyBytes = 200_000;

export const goals = {
  addedFirstByteP50MsMax: 1,
  peakRssMbMax: 200,
  idleRssMbMax: 100,
} as const;
