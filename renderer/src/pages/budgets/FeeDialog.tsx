import { Modal, NumberInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { FeesConfig } from '../../../../proxy/contract/config.ts';
import { FormFoot } from '../../config-edit/FormFoot.tsx';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';
import { editFee } from './edit-limits.ts';
import { bpsOf, type Fee, feeProblem, feeScopeProblem, percentOf } from './fee-draft.ts';
import { ScopeFields } from './ScopeFields.tsx';
import { type Scope, scopeText, scopeWords } from './scope-words.ts';
import type { TypedNumber } from './typed-number.ts';

interface FeeDialogProps {
  readonly fees: FeesConfig;
  /** The one to edit; left out to add one. */
  readonly current?: Fee;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function FeeDialog(props: FeeDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.current === undefined ? 'Add a fee' : `Fee of ${wordsOf(props.current.scope)}`}
    >
      <FeeForm {...props} />
    </Modal>
  );
}

export function wordsOf(scope: Scope): string {
  return scope.kind === 'global' ? 'everything else' : scopeWords(scopeText(scope));
}

function FeeForm({ fees, current, onClose }: FeeDialogProps) {
  // As it was when the form opened: the feed goes on bringing what others make of it.
  const [seenBps] = useState(current?.bps);
  const [scope, setScope] = useState<Scope>(current?.scope ?? { kind: 'project', name: '' });
  const [percent, setPercent] = useState<TypedNumber>(current === undefined ? '' : percentOf(current.bps));
  const [tried, setTried] = useState(false);
  const editor = useEditConfig(onClose);
  const bps = bpsOf(percent);
  const wrongScope = feeScopeProblem(scope, fees, current === undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (bps === undefined || wrongScope !== undefined) return;
    editor.save(
      { note: `fee of ${scopeText(scope)} set`, change: editFee({ scope, seenBps, bps }) },
      'The fee is set.',
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {current === undefined && (
          <ScopeFields
            label="Whose calls"
            kinds={['project', 'client']}
            scope={scope}
            problem={tried ? wrongScope : undefined}
            onScope={setScope}
          />
        )}
        <NumberInput
          label="Fee"
          description="On top of what the provider charges. Budgets, holds and invoices include it."
          suffix=" %"
          min={0}
          decimalScale={2}
          value={percent}
          onChange={setPercent}
          error={tried ? feeProblem(percent) : undefined}
          hideControls
          {...(current === undefined ? {} : { 'data-autofocus': true })}
        />
        <FormFoot verb={current === undefined ? 'Add fee' : 'Save'} editor={editor} onCancel={onClose} />
      </Stack>
    </form>
  );
}
