import { Skeleton } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Config } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { BudgetRow } from './BudgetRow.tsx';
import classes from './entries.module.css';

interface BudgetsCardProps {
  readonly config: Config | undefined;
  readonly add: ReactNode;
}

export function BudgetsCard({ config, add }: BudgetsCardProps) {
  return (
    <Card title="Budgets" flush>
      {config === undefined && <Skeleton height={152} radius={0} aria-busy="true" />}
      {config?.budgets.length === 0 && (
        <EmptyState
          icon={<IconGauge size={22} />}
          title="No budget yet"
          text="A budget is checked before a call is sent, against the most it can cost. However many calls run at once, it is never passed."
          action={add}
        />
      )}
      {config !== undefined && config.budgets.length > 0 && (
        <ul className={classes.list} aria-label="Budgets">
          {config.budgets.map((budget) => (
            <BudgetRow key={budget.id} budget={budget} budgets={config.budgets} />
          ))}
        </ul>
      )}
      <p className={classes.foot}>
        The cap of a single access key is set with the key, under <Link href="/access-keys">Access keys</Link>.
      </p>
    </Card>
  );
}
