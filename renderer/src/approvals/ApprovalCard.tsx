import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { CapBar } from '../components/CapBar.tsx';
import { Facts } from '../components/Facts.tsx';
import { Money } from '../components/Money.tsx';
import { Notice } from '../components/Notice.tsx';
import { useNow } from '../components/use-now.ts';
import type { ApprovalView } from '../contract-views.ts';
import { explainError } from '../format/explain-error.ts';
import { formatNano } from '../format/money.ts';
import classes from './ApprovalCard.module.css';
import { budgetWords, callerWords, modelWords, secondsLeft, shareLeft } from './approval-words.ts';
import { RaiseForm } from './RaiseForm.tsx';
import { useAnswer } from './use-answer.ts';

interface ApprovalCardProps {
  readonly approval: ApprovalView;
  /** How many wait behind this one. */
  readonly more: number;
}

/** The call that has waited longest: what it is, what it could cost, and the three answers. */
export function ApprovalCard({ approval, more }: ApprovalCardProps) {
  const [raising, setRaising] = useState(false);
  const answer = useAnswer();
  const say = (said: 'allow-once' | 'refuse') => answer.mutate({ id: approval.id, answer: said });
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.title}>A call waits for you</h2>
        {more > 0 && <span className={classes.more}>and {more} more</span>}
      </div>
      <p className={classes.text}>
        <strong>{callerWords(approval)}</strong> asks for <strong>{modelWords(approval)}</strong>
        {approval.project !== undefined && <> in project {approval.project}</>}. It may not fit under a budget that
        wants your word.
      </p>
      <Facts
        facts={[
          { name: 'It can cost', value: <>up to {<Money nano={approval.neededNano} />}</> },
          {
            name: 'Left',
            value: (
              <>
                {<Money nano={approval.budget.leftNano} />} of {formatNano(approval.budget.limitNano)}
              </>
            ),
          },
          { name: 'Budget', value: budgetWords(approval) },
          ...(approval.client !== undefined && approval.accessKeyId !== undefined
            ? [{ name: 'Access key', value: approval.accessKeyId }]
            : []),
        ]}
      />
      <CapBar budget={approval.budget} />
      {answer.isError && (
        <Notice tone="bad" urgent>
          {explainError(answer.error)}
        </Notice>
      )}
      {raising ? (
        <RaiseForm
          approval={approval}
          busy={answer.isPending}
          onBack={() => setRaising(false)}
          onRaise={(raiseToUsd) => answer.mutate({ id: approval.id, answer: 'raise', raiseToUsd })}
        />
      ) : (
        <Group gap="xs" wrap="nowrap">
          <Button data-first-answer loading={answer.isPending} onClick={() => say('allow-once')}>
            Allow once
          </Button>
          <Button variant="default" disabled={answer.isPending} onClick={() => setRaising(true)}>
            Raise to …
          </Button>
          <Button variant="default" disabled={answer.isPending} onClick={() => say('refuse')}>
            Refuse
          </Button>
        </Group>
      )}
      <TimeLeft approval={approval} />
    </div>
  );
}

/** Not announced while it counts: the sentence that announced the call is enough. */
function TimeLeft({ approval }: { readonly approval: ApprovalView }) {
  const nowMs = useNow(500);
  return (
    <>
      <p className={classes.time}>
        Refused in <span className="num">{secondsLeft(approval, nowMs)} s</span> without an answer
      </p>
      <span className={classes.clock} aria-hidden="true">
        <span style={{ width: `${shareLeft(approval, nowMs) * 100}%` }} />
      </span>
    </>
  );
}
