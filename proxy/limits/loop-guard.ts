/**
 * Stops agents that run in circles before they have spent the budget: near-identical calls of one client within a window,
 * and tool-call cycles inside a conversation. Fingerprints are keyed, in memory only, and forgotten after the window.
 */
import { randomBytes } from 'node:crypto';
import type { Config, KeyPolicy } from '../contract/config.ts';
import { LOOP_GUARD_DEFAULT, type LoopGuardThresholds } from '../contract/config.ts';
import type { Call } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Part } from '../core/part.ts';
import { LoopHash } from './loop-text.ts';
import { findToolCycle } from './tool-cycle.ts';

export interface LoopSubject {
  readonly accessKeyId?: string;
  readonly client?: string;
}

export type LoopVerdict =
  | { readonly loop: false }
  | {
      readonly loop: true;
      readonly kind: 'identical_calls' | 'tool_cycle';
      /** For people; names of tools and counts, never content. */
      readonly reason: string;
      /** When such a call passes again; undefined: this conversation does not until it takes another turn. */
      readonly retryAfterMs?: number;
    };

export interface LoopGuard {
  /** Counts the call, unless it is refused. */
  check(subject: LoopSubject, thresholds: LoopGuardThresholds, call: Call): LoopVerdict;
  /** How many fingerprints are remembered. */
  readonly size: number;
}

/** The thresholds of a key; undefined: the guard leaves this key alone. */
export function loopThresholds(
  config: Config['loopGuard'],
  policy: Pick<KeyPolicy, 'loopGuard'> | undefined,
): LoopGuardThresholds | undefined {
  const own = policy?.loopGuard;
  if (own === false) return undefined;
  // A key that says what a loop is wants to be watched, also where the others are not.
  if (!config.enabled && own === undefined) return undefined;
  const said = { ...config, ...own };
  return {
    windowSeconds: said.windowSeconds ?? LOOP_GUARD_DEFAULT.windowSeconds,
    identicalCalls: said.identicalCalls ?? LOOP_GUARD_DEFAULT.identicalCalls,
    toolCycles: said.toolCycles ?? LOOP_GUARD_DEFAULT.toolCycles,
    everyCall: said.everyCall ?? LOOP_GUARD_DEFAULT.everyCall,
  };
}

export function loopDetected({ kind, reason, retryAfterMs }: Extract<LoopVerdict, { loop: true }>): GatehouseError {
  return new GatehouseError(
    'loop_detected',
    `This looks like a loop: ${reason}. Nothing was sent. If it is meant to be so, raise the thresholds of the loop guard or switch it off for this access key (loopGuard: false)`,
    { facts: { loop: kind }, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  );
}

const FINGERPRINTS_MAX = 4_096;
const INSTANTS_MAX = 100_000;
/** Characters read of one call, from its newest message on. Of what lies before, the shape counts ... */
const CALL_CHARACTERS_MAX = 8_192;
/** ... and how its first messages begin: what the conversation is about mostly stands there. */
const FIRST_MESSAGES = 3;
const BEGINNING_CHARACTERS = 512;
const NO_LOOP: LoopVerdict = { loop: false };

export function createLoopGuard({
  clock,
  seed = randomBytes(8),
}: {
  clock: Pick<Clock, 'monotonicMs'>;
  seed?: Buffer;
}): LoopGuard {
  /** Instants (monotonic ms) at which a fingerprint was seen, oldest first; the map's own order is that of last use. */
  const seen = new Map<string, number[]>();
  let instants = 0;

  function forget(fingerprint: string, times: readonly number[]): void {
    seen.delete(fingerprint);
    instants -= times.length;
  }

  function makeRoom(): void {
    for (const [fingerprint, times] of seen) {
      if (seen.size <= FINGERPRINTS_MAX && instants <= INSTANTS_MAX) return;
      forget(fingerprint, times);
    }
  }

  return {
    get size() {
      return seen.size;
    },
    check(subject, thresholds, call) {
      const { identicalCalls, everyCall, windowSeconds } = thresholds;
      if (!everyCall && !carriesToolResults(call)) return NO_LOOP;
      const cycle = findToolCycle(call.messages, thresholds.toolCycles);
      if (cycle !== undefined) return { loop: true, kind: 'tool_cycle', reason: cycleInWords(cycle) };
      const nowMs = clock.monotonicMs();
      const windowMs = windowSeconds * 1_000;
      const fingerprint = fingerprintOf(subject, call, seed);
      const known = seen.get(fingerprint) ?? [];
      forget(fingerprint, known);
      const times = known.filter((atMs) => atMs > nowMs - windowMs);
      // This call would be the one too many; it is not counted, so that what comes later is judged by what was let pass.
      const isLoop = times.length >= identicalCalls - 1;
      if (!isLoop) times.push(nowMs);
      seen.set(fingerprint, times);
      instants += times.length;
      makeRoom();
      if (!isLoop) return NO_LOOP;
      const oldestMs = times[times.length - identicalCalls + 1] ?? nowMs;
      return {
        loop: true,
        kind: 'identical_calls',
        reason: `this client has made ${identicalCalls} calls within ${windowSeconds} seconds that are the same but for numbers and ids`,
        retryAfterMs: oldestMs + windowMs - nowMs,
      };
    },
  };
}

function carriesToolResults({ messages }: Call): boolean {
  return messages.some(({ role, parts }) => role === 'tool' || parts.some(({ kind }) => kind === 'tool-result'));
}

function cycleInWords({ period, rounds, tools }: { period: number; rounds: number; tools: readonly string[] }): string {
  const names = tools.map((name) => `"${name.slice(0, 64)}"`).join(', ');
  return period === 1
    ? `the model has called ${names} with the same arguments ${rounds} times in a row`
    : `the model has gone through the same ${period} steps (${names}) ${rounds} times in a row`;
}

function fingerprintOf({ accessKeyId = '', client = '' }: LoopSubject, call: Call, seed: Buffer): string {
  const hash = new LoopHash(seed.readInt32LE(0), seed.readInt32LE(4));
  hash.word(accessKeyId);
  hash.word(client);
  hash.word(call.model);
  hash.mix(call.messages.length);
  let left = CALL_CHARACTERS_MAX;
  for (let at = call.messages.length - 1; at >= 0; at -= 1) {
    const message = call.messages[at];
    if (message === undefined) continue;
    hash.word(message.role);
    for (const part of message.parts) left -= mixPart(hash, part, left > 0);
  }
  if (left <= 0) {
    for (const { parts } of call.messages.slice(0, FIRST_MESSAGES)) {
      for (const part of parts) if (part.kind === 'text') hash.beginning(part.text, BEGINNING_CHARACTERS);
    }
  }
  return hash.digest();
}

/** Returns how many characters were read. */
function mixPart(hash: LoopHash, part: Part, readText: boolean): number {
  hash.word(part.kind);
  if (!readText) return 0;
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return hash.text(part.text);
    case 'tool-call':
      hash.word(part.name);
      return hash.text(part.arguments);
    case 'tool-result':
      return part.parts.reduce((read, inner) => read + mixPart(hash, inner, true), 0);
    case 'image':
    case 'audio':
      return mixSource(hash, part.source);
    case 'file':
      return hash.text(part.text ?? '') + (part.source === undefined ? 0 : mixSource(hash, part.source));
    case 'foreign':
      hash.word(part.type);
      return 0;
    default:
      part satisfies never;
      return 0;
  }
}

/** Media is not text: another picture is another call, so its bytes' sides count as they are. */
function mixSource(hash: LoopHash, source: Extract<Part, { kind: 'image' }>['source']): number {
  const text = source.kind === 'base64' ? source.data : source.kind === 'url' ? source.url : source.id;
  hash.mix(text.length);
  hash.word(text.slice(0, 256));
  hash.word(text.slice(-256));
  return Math.min(text.length, 512);
}
