/** Fees in percent, as people write them, and in basis points, as the config has them. Pure. */
import type { FeesConfig } from '../../../../proxy/contract/config.ts';
import { scopeProblem } from './scope-problem.ts';
import type { Scope } from './scope-words.ts';
import { numberTyped, type TypedNumber } from './typed-number.ts';

const BPS_PER_PERCENT = 100;
export const FEE_PERCENT_MAX = 1_000;

export interface Fee {
  readonly scope: Scope;
  readonly bps: number;
}

export function percentOf(bps: number): number {
  return bps / BPS_PER_PERCENT;
}

/** Undefined where it is no share of a whole basis point. */
export function bpsOf(percent: TypedNumber): number | undefined {
  const typed = numberTyped(percent);
  if (typed === undefined || typed < 0 || typed > FEE_PERCENT_MAX) return undefined;
  const bps = Number((typed * BPS_PER_PERCENT).toPrecision(12));
  return Number.isInteger(bps) ? bps : undefined;
}

export function feeProblem(percent: TypedNumber): string | undefined {
  return bpsOf(percent) === undefined ? 'Percent from 0 to 1000, in steps of 0.01' : undefined;
}

/** `12.5 %`. */
export function feeWords(bps: number, locale?: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(percentOf(bps))} %`;
}

/** The default first, then projects, then clients. */
export function feesOf({ defaultBps, projects, clients }: FeesConfig): readonly Fee[] {
  const named = (kind: 'project' | 'client', fees: Readonly<Record<string, number>> | undefined): Fee[] =>
    Object.entries(fees ?? {}).map(([name, bps]) => ({ scope: { kind, name }, bps }));
  return [
    { scope: { kind: 'global', name: '' }, bps: defaultBps },
    ...named('project', projects),
    ...named('client', clients),
  ];
}

/** `bps` undefined: this fee goes. The default cannot go: it becomes 0. */
export function withFee(fees: FeesConfig, { kind, name }: Scope, bps: number | undefined): FeesConfig {
  const typed = name.trim();
  switch (kind) {
    case 'project':
      return compact({ ...fees, projects: withName(fees.projects, typed, bps) });
    case 'client':
      return compact({ ...fees, clients: withName(fees.clients, typed, bps) });
    default:
      return { ...fees, defaultBps: bps ?? 0 };
  }
}

export function feeOf(fees: FeesConfig, scope: Scope): number | undefined {
  return feesOf(fees).find((fee) => fee.scope.kind === scope.kind && fee.scope.name === scope.name.trim())?.bps;
}

export function feeScopeProblem(scope: Scope, fees: FeesConfig, adding: boolean): string | undefined {
  if (adding && scope.kind !== 'global' && feeOf(fees, scope) !== undefined)
    return 'This has a fee already: edit that one';
  return scopeProblem(scope);
}

function withName(
  fees: Readonly<Record<string, number>> | undefined,
  name: string,
  bps: number | undefined,
): Record<string, number> {
  const { [name]: _before, ...others } = fees ?? {};
  return bps === undefined ? others : { ...others, [name]: bps };
}

/** An empty map says nothing, so it is left out. */
function compact({ projects, clients, ...rest }: FeesConfig): FeesConfig {
  return {
    ...rest,
    ...(projects === undefined || Object.keys(projects).length === 0 ? {} : { projects }),
    ...(clients === undefined || Object.keys(clients).length === 0 ? {} : { clients }),
  };
}
