/** The flags that say what an access key may do, and how they become its policy. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { budgetWindow, type KeyRights, keyRights, onLimit, tier } from '../contract/config.ts';
import type { Clock } from '../core/clock.ts';
import { CliError, EXIT } from './cli-io.ts';

export interface KeyPolicyFlags {
  readonly model?: readonly string[];
  readonly maxTier?: string;
  readonly mode?: string;
  readonly rpm?: number;
  readonly tpm?: number;
  readonly concurrency?: number;
  readonly cap?: Pick<NonNullable<KeyRights['cap']>, 'limitUsd' | 'window'>;
  readonly onLimit?: string;
  readonly expires?: string;
  /** False: `--no-loop-guard`. */
  readonly loopGuard?: boolean;
}

export function addKeyPolicyOptions(command: Command, clock: Pick<Clock, 'nowMs'>): Command {
  return command
    .option('--model <pattern>', 'a model it may use, e.g. "openai/*"; may be given several times', collect)
    .addOption(new Option('--max-tier <tier>', 'the dearest tier it may use').choices(tier.options))
    .option('--rpm <count>', 'requests a minute', parseCount)
    .option('--tpm <count>', 'tokens a minute, input and output together', parseCount)
    .option('--concurrency <count>', 'calls at once', parseCount)
    .option('--cap <usd/window>', 'its own budget, e.g. 20/month; windows: hour, day, week, month, total', parseCap)
    .addOption(new Option('--on-limit <what>', 'what happens at its cap (default: block)').choices(onLimit.options))
    .option(
      '--expires <when>',
      'when it ends: an instant such as 2027-01-31T18:00:00Z, or a time from now such as 8h or 30d',
      (text: string) => instantOf(text, clock.nowMs()),
    )
    .option('--no-loop-guard', 'the loop guard leaves it alone (for benchmarks)');
}

/** Undefined when no flag was given. Throws CliError with what to write instead. */
export function policyOfFlags(flags: KeyPolicyFlags): KeyRights | undefined {
  const { cap, expires, concurrency } = flags;
  if (flags.onLimit !== undefined && cap === undefined) {
    throw new CliError('--on-limit says what happens at a cap; give --cap too.', EXIT.usage);
  }
  const wanted = {
    ...(flags.model === undefined ? {} : { models: [...flags.model] }),
    ...(flags.maxTier === undefined ? {} : { maxTier: flags.maxTier }),
    ...(flags.rpm === undefined ? {} : { requestsPerMinute: flags.rpm }),
    ...(flags.tpm === undefined ? {} : { tokensPerMinute: flags.tpm }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(cap === undefined
      ? {}
      : { cap: { ...cap, ...(flags.onLimit === undefined ? {} : { onLimit: flags.onLimit }) } }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
    ...(flags.loopGuard === false ? { loopGuard: false } : {}),
  };
  if (Object.keys(wanted).length === 0) return undefined;
  const parsed = keyRights.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CliError(`These limits do not hold: ${problems.join('; ')}.`, EXIT.usage);
}

/** For people, in one line; `-` for a key that may do everything. */
export function policyText(policy: KeyRights | undefined): string {
  if (policy === undefined) return '-';
  const { models, maxTier, requestsPerMinute, tokensPerMinute, concurrency, cap, loopGuard } = policy;
  const said = [
    ...(models ?? []),
    ...(maxTier === undefined ? [] : [`<= ${maxTier}`]),
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} req/min`]),
    ...(tokensPerMinute === undefined ? [] : [`${tokensPerMinute} tok/min`]),
    ...(concurrency === undefined ? [] : [`${concurrency} at once`]),
    ...(cap === undefined ? [] : [`$${cap.limitUsd}/${cap.window}`]),
    ...(loopGuard === false ? ['no loop guard'] : []),
  ];
  return said.length === 0 ? '-' : said.join(', ');
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1) throw new InvalidArgumentError('Give a whole number from 1 up.');
  return count;
}

function parseCap(text: string): NonNullable<KeyPolicyFlags['cap']> {
  const [, amount, window] = /^\$?(\d+(?:\.\d+)?)\/(\w+)$/.exec(text) ?? [];
  const parsed = budgetWindow.safeParse(window);
  if (amount === undefined || !parsed.success) {
    throw new InvalidArgumentError('Write it as USD/window, e.g. 20/month; windows: hour, day, week, month, total.');
  }
  return { limitUsd: Number(amount), window: parsed.data };
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function instantOf(text: string, nowMs: number): string {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd')) {
    return new Date(nowMs + Number(count) * UNIT_MS[unit]).toISOString();
  }
  // A bare date would be midnight in a zone that nobody named.
  const atMs = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) {
    throw new InvalidArgumentError('Write --expires as 2027-01-31T18:00:00Z, or as a time from now: 90m, 8h, 30d.');
  }
  return new Date(atMs).toISOString();
}
