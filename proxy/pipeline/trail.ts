/** What a request went through: its plan, and every try with what was decided after it. Metadata for the record. */
import type { RouteAttempt, RouteView } from '../contract/routes.ts';
import type { RoutePlan, Target } from '../routing/types.ts';

const SHOWN_MAX = 12;

export class Trail {
  readonly #asked: string;
  readonly #plan: RoutePlan;
  readonly #attempts: RouteAttempt[] = [];

  constructor(asked: string, plan: RoutePlan) {
    this.#asked = asked;
    this.#plan = plan;
  }

  /** Returns what notes its charge, which is known later. */
  add(target: Target, attempt: Omit<RouteAttempt, 'provider' | 'model'>): (costNano: number | undefined) => void {
    const at = this.#attempts.length;
    const made: RouteAttempt = { provider: target.provider.config.id, model: target.modelId, ...attempt };
    this.#attempts.push(made);
    return (costNano) => {
      if (costNano !== undefined) this.#attempts[at] = { ...made, costNano };
    };
  }

  /** True: the trace says more than the record of the request itself does. */
  get worthKeeping(): boolean {
    const { kind, excluded, rule, split } = this.#plan;
    const [first] = this.#attempts;
    const plain = kind === 'forced' && excluded.length === 0 && rule === undefined && split === undefined;
    return !plain || this.#attempts.length > 1 || (first !== undefined && first.decision !== 'served');
  }

  view(): RouteView {
    return routeViewOf(this.#asked, this.#plan, this.#attempts);
  }
}

export function routeViewOf(asked: string, plan: RoutePlan, attempts: readonly RouteAttempt[]): RouteView {
  const { candidates, excluded } = plan;
  const more = {
    candidates: Math.max(0, candidates.length - SHOWN_MAX),
    excluded: Math.max(0, excluded.length - SHOWN_MAX),
  };
  return {
    asked: asked.slice(0, 200),
    kind: plan.kind,
    ...(plan.mode === undefined ? {} : { mode: plan.mode }),
    ...(plan.tier === undefined ? {} : { tier: plan.tier }),
    ...(plan.rule === undefined ? {} : { rule: plan.rule }),
    ...(plan.split === undefined ? {} : { split: plan.split }),
    ...(plan.sticky ? { sticky: true } : {}),
    reasons: [...plan.reasons],
    candidates: candidates.slice(0, SHOWN_MAX).map(({ view }) => view),
    excluded: excluded.slice(0, SHOWN_MAX),
    ...(more.candidates + more.excluded === 0 ? {} : { more }),
    attempts: [...attempts],
  };
}
