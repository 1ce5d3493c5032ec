/** The live check of a tool: three calls to our own address, with the tool's protocol, key and model. */
import { randomBytes } from 'node:crypto';
import { CHECK_NAMES, type CheckEvent, type CheckName, type CheckResult } from '../../contract/connect.ts';
import { assert } from '../../core/assert.ts';
import type { Desk, Told } from '../desk.ts';
import { ConnectError } from '../errors.ts';
import { matchFile, openFile } from '../files/open-files.ts';
import { type CheckParts, runCheck } from './run-check.ts';

export interface CheckOptions {
  readonly secret: string | undefined;
  readonly signal: AbortSignal | undefined;
}

interface CheckKey {
  readonly from: 'file' | 'given' | 'ephemeral';
  readonly secret: string;
  readonly end: () => void;
}

/** Longer than three calls may take. */
const KEY_TTL_MS = 600_000;
const WORDS: Readonly<Record<CheckName, string>> = { plain: 'plain answers', stream: 'streaming', tool: 'tool calls' };

export async function* startCheck(desk: Desk, told: Told, options: CheckOptions): AsyncGenerator<CheckEvent> {
  const { tool, context } = told;
  const key = keyFor(desk, told, options.secret);
  const model = tool.callModel?.(context.model) ?? context.model;
  const parts: CheckParts = {
    rootUrl: context.rootUrl,
    protocol: tool.protocol,
    model,
    secret: key.secret,
    signal: options.signal ?? new AbortController().signal,
    nowMs: () => desk.clock.monotonicMs(),
    requestEnded: desk.requestEnded,
  };
  try {
    yield { type: 'start', protocol: tool.protocol, baseUrl: tool.baseUrl(context.rootUrl), model, key: key.from };
    const results: CheckResult[] = [];
    for (const check of CHECK_NAMES) {
      yield { type: 'begin', check };
      const unanswered = results.find(({ status }) => status === undefined);
      const result = unanswered === undefined ? await runCheck(check, parts) : notTried(check);
      results.push(result);
      yield result;
    }
    yield summary(model, results);
  } finally {
    key.end();
  }
}

/** Without an answer to the first call there is none to the next: nobody should wait three times. */
function notTried(check: CheckName): CheckResult {
  return { type: 'result', check, ok: false, message: 'Not tried, for the call before got no answer.', durationMs: 0 };
}

function keyFor(desk: Desk, told: Told, given: string | undefined): CheckKey {
  if (given !== undefined) return { from: 'given', secret: given, end: () => undefined };
  const found = secretInFiles(desk, told);
  if (found !== undefined) return { from: 'file', secret: found, end: () => undefined };
  const id = `check-${told.tool.id}-${randomBytes(4).toString('hex')}`;
  const { secret } = desk.accessKeys.create({ id, ephemeral: { ttlMs: KEY_TTL_MS } });
  return { from: 'ephemeral', secret, end: () => void desk.accessKeys.revoke(id) };
}

/** Only what was applied: a key for somewhere else may stand there before. */
function secretInFiles(desk: Desk, { tool, context }: Told): string | undefined {
  const record = desk.records.get(tool.id);
  if (record === undefined) return undefined;
  try {
    const files = tool.files(context).map((target) => openFile(target, record));
    return files.map((file) => matchFile(file).secret).find((secret) => secret !== undefined);
  } catch (error) {
    // The check says whether calls work; that the file cannot be read stands in the tool's view.
    assert(error instanceof ConnectError, 'opening a file fails in its own words');
    return undefined;
  }
}

function summary(model: string, results: readonly CheckResult[]): CheckEvent {
  const costs = results.flatMap(({ costNano }) => costNano ?? []);
  const [good, bad] = [true, false].map((ok) =>
    results.filter((result) => result.ok === ok).map(({ check }) => WORDS[check]),
  );
  const ok = bad?.length === 0;
  const message = ok
    ? `Everything works with ${model}: ${listed(good)}.`
    : good?.length === 0
      ? `Nothing works with ${model} yet.`
      : `With ${model}, ${listed(good)} work; ${listed(bad)} do not.`;
  return {
    type: 'done',
    ok,
    message,
    ...(costs.length === 0 ? {} : { costNano: costs.reduce((sum, cost) => sum + cost, 0) }),
  };
}

function listed(words: readonly string[] = []): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
