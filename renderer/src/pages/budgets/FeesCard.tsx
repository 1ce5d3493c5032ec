import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Config, FeesConfig } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { EntryActions } from './EntryActions.tsx';
import { editFee } from './edit-limits.ts';
import classes from './entries.module.css';
import { FeeDialog, wordsOf } from './FeeDialog.tsx';
import { type Fee, feesOf, feeWords } from './fee-draft.ts';
import { RemoveEntryDialog } from './RemoveEntryDialog.tsx';
import { scopeText } from './scope-words.ts';

/** What is charged on top of the provider's cost, for those who bill others. */
export function FeesCard({ config }: { readonly config: Config }) {
  const managed = useManaged();
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title="Fees"
      flush
      aside={
        <Button size="xs" variant="default" disabled={managed} onClick={() => setAdding(true)}>
          Add fee
        </Button>
      }
    >
      <ul className={classes.list} aria-label="Fees">
        {feesOf(config.fees).map((fee) => (
          <FeeEntry key={scopeText(fee.scope)} fee={fee} fees={config.fees} />
        ))}
      </ul>
      <FeeDialog fees={config.fees} opened={adding} onClose={() => setAdding(false)} />
    </Card>
  );
}

function FeeEntry({ fee, fees }: { readonly fee: Fee; readonly fees: FeesConfig }) {
  const managed = useManaged();
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const close = () => setDialog(undefined);
  const words = wordsOf(fee.scope);
  const isDefault = fee.scope.kind === 'global';
  return (
    <li className={classes.entry}>
      <div className={classes.words}>
        <p className={classes.name}>{isDefault ? 'Everything else' : words}</p>
      </div>
      <span className="num">{isDefault && fee.bps === 0 ? 'no fee' : feeWords(fee.bps)}</span>
      {isDefault && !managed ? (
        <Tooltip label="Edit">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Edit fee of ${words}`}
            onClick={() => setDialog('edit')}
          >
            <IconPencil size={16} color="var(--gh-muted)" />
          </ActionIcon>
        </Tooltip>
      ) : (
        <EntryActions name={`fee of ${words}`} onEdit={() => setDialog('edit')} onRemove={() => setDialog('remove')} />
      )}
      <FeeDialog fees={fees} current={fee} opened={dialog === 'edit'} onClose={close} />
      <RemoveEntryDialog
        opened={dialog === 'remove'}
        title={`Remove the fee of ${words}?`}
        verb="Remove fee"
        removed="The fee is removed."
        edit={{
          note: `fee of ${scopeText(fee.scope)} removed`,
          change: editFee({ scope: fee.scope, seenBps: fee.bps, bps: undefined }),
        }}
        onClose={close}
      >
        Its calls are then charged as everything else is. What was charged before stays as it is.
      </RemoveEntryDialog>
    </li>
  );
}
