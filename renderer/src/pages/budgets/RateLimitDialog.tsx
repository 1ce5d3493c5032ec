import { Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RateLimitConfig } from '../../../../proxy/contract/config.ts';
import { FormFoot } from '../../config-edit/FormFoot.tsx';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';
import { editRateLimit } from './edit-limits.ts';
import { RateFields } from './RateFields.tsx';
import { EMPTY_RATE_LIMIT, rateLimitDraftOf, rateLimitOf, rateLimitProblems } from './rate-limit-draft.ts';
import { ScopeFields } from './ScopeFields.tsx';
import type { ScopeKind } from './scope-words.ts';

const KINDS: readonly ScopeKind[] = ['global', 'key', 'project', 'client'];

interface RateLimitDialogProps {
  readonly limits: readonly RateLimitConfig[];
  /** The one to edit; left out to add one. */
  readonly current?: RateLimitConfig;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RateLimitDialog(props: RateLimitDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size={540}
      title={props.current === undefined ? 'Add a rate limit' : 'Edit the rate limit'}
    >
      <RateLimitForm {...props} />
    </Modal>
  );
}

function RateLimitForm({ limits, current, onClose }: RateLimitDialogProps) {
  // As it was when the form opened: the feed goes on bringing what others make of it.
  const [seen] = useState(current);
  const [draft, setDraft] = useState(current === undefined ? EMPTY_RATE_LIMIT : rateLimitDraftOf(current));
  const [tried, setTried] = useState(false);
  const editor = useEditConfig(onClose);
  const taken = new Set(limits.map(({ scope }) => scope).filter((scope) => scope !== current?.scope));
  const problems = rateLimitProblems(draft, taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const limit = rateLimitOf(draft);
    editor.save(
      { note: `rate limit of ${limit.scope} set`, change: editRateLimit(seen, limit) },
      'The rate limit is set.',
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p className="muted">
          A minute is the last 60 seconds. Tokens are input and output together: what a call can come to is taken when
          it starts, and corrected when it ends. Calls above a limit are told when to try again.
        </p>
        <ScopeFields
          label="What it covers"
          kinds={KINDS}
          scope={draft.scope}
          problem={tried ? problems.scope : undefined}
          onScope={(scope) => setDraft((before) => ({ ...before, scope }))}
        />
        <RateFields
          values={draft}
          problems={tried ? problems : {}}
          onChange={(field, value) => setDraft((before) => ({ ...before, [field]: value }))}
        />
        {tried && draft.scope.kind === 'global' && problems.scope !== undefined && (
          <p role="alert" className="muted">
            {problems.scope}
          </p>
        )}
        <FormFoot verb={current === undefined ? 'Add rate limit' : 'Save'} editor={editor} onCancel={onClose} />
      </Stack>
    </form>
  );
}
