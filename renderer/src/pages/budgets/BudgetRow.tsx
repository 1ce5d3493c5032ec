import { useState } from 'react';
import type { BudgetConfig } from '../../../../proxy/contract/config.ts';
import { CapBar } from '../../components/CapBar.tsx';
import { Money } from '../../components/Money.tsx';
import type { BudgetView } from '../../contract-views.ts';
import { windowWords } from '../../format/budget-window.ts';
import { formatNano, formatUsd } from '../../format/money.ts';
import { formatWhen } from '../../format/time.ts';
import { useLive } from '../../live/use-live.ts';
import { BudgetDialog } from './BudgetDialog.tsx';
import classes from './BudgetRow.module.css';
import { EntryActions } from './EntryActions.tsx';
import { editBudget } from './edit-limits.ts';
import { alertAtWords, onLimitWords, windowChoiceWords } from './limit-words.ts';
import { RemoveEntryDialog } from './RemoveEntryDialog.tsx';
import { scopeWords } from './scope-words.ts';

interface BudgetRowProps {
  readonly budget: BudgetConfig;
  readonly budgets: readonly BudgetConfig[];
}

/** One budget: what it covers, how it stands, what it does, and the ways to change it. */
export function BudgetRow({ budget, budgets }: BudgetRowProps) {
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const state = useLive((live) => live.spend.budgets.find(({ id }) => id === budget.id));
  const close = () => setDialog(undefined);
  return (
    <li className={classes.row} data-budget={budget.id}>
      <div className={classes.who}>
        <p className={`${classes.name} truncate`} title={scopeWords(budget.scope)}>
          {scopeWords(budget.scope)}
        </p>
        <p className={`${classes.detail} truncate`} title={budget.id}>
          {formatUsd(budget.limitUsd)} {windowChoiceWords(budget.window)} · {budget.id}
        </p>
      </div>
      <div className={classes.state}>{state === undefined ? <NoState /> : <State budget={state} />}</div>
      <div className={classes.rule}>
        <p>{onLimitWords(budget)}</p>
        <p className={classes.detail}>{alertAtWords(budget.alertAt)}</p>
      </div>
      <EntryActions
        name={`budget ${budget.id}`}
        onEdit={() => setDialog('edit')}
        onRemove={() => setDialog('remove')}
      />
      <BudgetDialog budgets={budgets} current={budget} opened={dialog === 'edit'} onClose={close} />
      <RemoveEntryDialog
        opened={dialog === 'remove'}
        title={`Remove budget ${budget.id}?`}
        verb="Remove budget"
        removed={`Budget ${budget.id} is removed.`}
        edit={{ note: `budget ${budget.id} removed`, change: editBudget(budget, undefined) }}
        onClose={close}
      >
        Nothing holds {scopeWords(budget.scope)} to {formatUsd(budget.limitUsd)} {windowChoiceWords(budget.window)} any
        more. What was spent stays in the ledger.
      </RemoveEntryDialog>
    </li>
  );
}

function State({ budget }: { readonly budget: BudgetView }) {
  const full = budget.leftNano <= 0;
  return (
    <>
      <p className={classes.figures}>
        <span>
          <Money nano={budget.spentNano} />{' '}
          <span className="muted">spent {windowWords(budget.window).toLowerCase()}</span>
        </span>
        <span className={full ? classes.full : undefined}>
          {full ? 'nothing left' : <>{formatNano(budget.leftNano)} left</>}
        </span>
      </p>
      <CapBar budget={budget} />
      <p className={classes.detail}>
        {budget.heldNano > 0 && <>{formatNano(budget.heldNano)} on hold for running calls · </>}
        {budget.resetsAtMs === undefined ? 'never resets' : `resets ${formatWhen(budget.resetsAtMs, Date.now())}`}
      </p>
    </>
  );
}

/** A budget of this moment, whose state the feed has yet to bring. */
function NoState() {
  return <p className={classes.detail}>Counting what was spent</p>;
}
