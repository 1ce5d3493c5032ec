import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Config, RateLimitConfig } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { EntryActions } from './EntryActions.tsx';
import { editRateLimit } from './edit-limits.ts';
import classes from './entries.module.css';
import { RateLimitDialog } from './RateLimitDialog.tsx';
import { RemoveEntryDialog } from './RemoveEntryDialog.tsx';
import { rateWords } from './rate-limit-draft.ts';
import { scopeWords } from './scope-words.ts';

export function RateLimitsCard({ config }: { readonly config: Config }) {
  const managed = useManaged();
  const [adding, setAdding] = useState(false);
  const { rateLimits } = config;
  return (
    <Card
      title="Rate limits"
      flush
      aside={
        <Button size="xs" variant="default" disabled={managed} onClick={() => setAdding(true)}>
          Add rate limit
        </Button>
      }
    >
      {rateLimits.length === 0 ? (
        <p className={classes.none}>None. Tools may send as many requests as they like.</p>
      ) : (
        <ul className={classes.list} aria-label="Rate limits">
          {rateLimits.map((limit, index) => (
            <RateLimitEntry
              key={`${limit.scope} ${rateLimits.findIndex(({ scope }) => scope === limit.scope) === index ? '' : index}`}
              limit={limit}
              limits={rateLimits}
            />
          ))}
        </ul>
      )}
      <RateLimitDialog limits={rateLimits} opened={adding} onClose={() => setAdding(false)} />
    </Card>
  );
}

interface RateLimitEntryProps {
  readonly limit: RateLimitConfig;
  readonly limits: readonly RateLimitConfig[];
}

function RateLimitEntry({ limit, limits }: RateLimitEntryProps) {
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const close = () => setDialog(undefined);
  const words = scopeWords(limit.scope);
  return (
    <li className={classes.entry}>
      <div className={classes.words}>
        <p className={classes.name}>{words}</p>
        <p className={classes.detail}>{rateWords(limit)}</p>
      </div>
      <EntryActions
        name={`rate limit of ${words}`}
        onEdit={() => setDialog('edit')}
        onRemove={() => setDialog('remove')}
      />
      <RateLimitDialog limits={limits} current={limit} opened={dialog === 'edit'} onClose={close} />
      <RemoveEntryDialog
        opened={dialog === 'remove'}
        title={`Remove the rate limit of ${words}?`}
        verb="Remove rate limit"
        removed="The rate limit is removed."
        edit={{ note: `rate limit of ${limit.scope} removed`, change: editRateLimit(limit, undefined) }}
        onClose={close}
      >
        From then on this is not limited any more: {rateWords(limit)}.
      </RemoveEntryDialog>
    </li>
  );
}
