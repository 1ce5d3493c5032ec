/** Kill switches and approvals, answered. */
import { usdToNano } from '../../contract/money.ts';
import { KEY_CAP_PREFIX } from '../../limits/scope-words.ts';
import { applyChange } from '../apply-change.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function gateProcedures(parts: ControlParts) {
  const { killSwitches, approvals, clock } = parts;
  return {
    killSwitches: {
      list: control.killSwitches.list.handler(() => killSwitches.view()),
      kill: control.killSwitches.kill.handler(({ input }) => {
        killSwitches.kill(input.scope, clock.nowMs());
        return killSwitches.view();
      }),
      lift: control.killSwitches.lift.handler(({ input, errors }) => {
        killSwitches.lift(input.scope);
        const held = killSwitches.view().find(({ scope }) => scope === input.scope);
        if (held !== undefined)
          throw errors.MANAGED({ message: `The config holds ${input.scope} down (killSwitch). Lift it there.` });
        return killSwitches.view();
      }),
    },
    approvals: {
      list: control.approvals.list.handler(() => approvals.list()),
      answer: control.approvals.answer.handler(async ({ input, errors }) => {
        const asked = approvals.list().find(({ id }) => id === input.id);
        if (asked === undefined) throw errors.NOT_FOUND({ message: 'This call does not wait any more.' });
        if (input.answer === 'raise') await raise(parts, errors, asked.budget.id, input.raiseToUsd);
        const raisedTo = input.answer === 'raise' ? input.raiseToUsd : undefined;
        approvals.answer(input.id, input.answer, raisedTo === undefined ? undefined : usdToNano(raisedTo));
        return approvals.list();
      }),
    },
  };
}

interface RaiseErrors {
  NOT_FOUND(options: { message: string }): Error;
  MANAGED(options: { message: string }): Error;
}

/** Of a budget in the config, or of a key's own cap. */
async function raise(
  parts: ControlParts,
  errors: RaiseErrors,
  budgetId: string,
  limitUsd: number | undefined,
): Promise<void> {
  if (limitUsd === undefined) throw errors.NOT_FOUND({ message: 'Say how high the budget shall be (raiseToUsd).' });
  usdToNano(limitUsd);
  if (budgetId.startsWith(KEY_CAP_PREFIX)) {
    const id = budgetId.slice(KEY_CAP_PREFIX.length);
    const key = parts.accessKeys.list().find((known) => known.id === id);
    const cap = key?.policy?.cap;
    if (key === undefined || cap === undefined) throw errors.NOT_FOUND({ message: `There is no cap of key ${id}.` });
    parts.accessKeys.update(id, {
      ...(key.project === undefined ? {} : { project: key.project }),
      policy: { ...key.policy, cap: { ...cap, limitUsd } },
    });
    return;
  }
  await applyChange(parts, { ...errors, BAD_REQUEST: errors.NOT_FOUND }, `budget ${budgetId} raised`, (config) => ({
    ...config,
    budgets: config.budgets.map((budget) => (budget.id === budgetId ? { ...budget, limitUsd } : budget)),
  }));
}
