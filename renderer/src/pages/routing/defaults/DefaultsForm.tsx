import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RoutingConfig } from '../../../../../proxy/contract/config.ts';
import { Card } from '../../../components/Card.tsx';
import { useManaged } from '../../../components/ManagedNotice.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { EditTroubleNotice } from '../../../config-edit/EditTroubleNotice.tsx';
import { sameItem } from '../../../config-edit/edit-list.ts';
import { useEditConfig } from '../../../config-edit/use-edit-config.tsx';
import { ModeSelect } from '../parts/ModeSelect.tsx';
import { MODE_WORDS } from '../parts/mode-words.ts';
import { useItemProblems } from '../parts/use-item-problems.ts';
import { type DefaultsDraft, defaultsProblems, draftOf, editDefaults } from './defaults-draft.ts';

/** Starts from the defaults as they are; a person who has changed nothing yet sees them change. */
export function DefaultsForm({ now }: { readonly now: RoutingConfig }) {
  const managed = useManaged();
  const [edited, setEdited] = useState<{ readonly seen: RoutingConfig; readonly draft: DefaultsDraft }>();
  const editor = useEditConfig(() => setEdited(undefined));
  const seen = edited?.seen ?? now;
  const draft = edited?.draft ?? draftOf(now);
  const problems = useItemProblems(defaultsProblems(draft), editor.trouble, () => 'routing');
  const change = (part: Partial<DefaultsDraft>) => setEdited({ seen, draft: { ...draft, ...part } });
  const unchanged = sameItem(draft, draftOf(now));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!problems.ready()) return;
    editor.save({ note: 'routing defaults changed', change: editDefaults(seen, draft) }, 'The defaults are saved.');
  };
  return (
    <Card title="How calls are routed unless they say otherwise">
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={620}>
          <ModeSelect
            label="Default mode"
            none="Cheap (built in)"
            value={draft.mode}
            disabled={managed}
            onChange={(mode) => change({ mode })}
            description={`Chosen is ${MODE_WORDS[draft.mode ?? 'cheap'].means}. A name (auto:code), a header, a rule, an access key or a virtual model can say another.`}
          />
          <Switch
            label="Let other models of the same tier step in"
            description="When a model and its fallbacks fail, one that is about as good does the call. Never for a call that names a provider and its model."
            checked={draft.equivalents}
            disabled={managed}
            onChange={(event) => change({ equivalents: event.currentTarget.checked })}
          />
          <Switch
            label="Keep a conversation where its prompt cache is"
            description="Until another provider is cheaper even without the cache, or this one fails."
            checked={draft.sticky}
            disabled={managed}
            onChange={(event) => change({ sticky: event.currentTarget.checked })}
          />
          <Switch
            label="Ask two at once when the first is slow"
            description="In latency mode only: the second is asked once the first is slower than it nearly always is. Both are paid for."
            checked={draft.hedge}
            disabled={managed}
            error={problems.fields.hedge}
            onChange={(event) => change({ hedge: event.currentTarget.checked })}
          />
          <Group gap="sm" align="flex-start" grow>
            <NumberInput
              label="Tries per call"
              description="Retries included"
              min={1}
              max={10}
              allowDecimal={false}
              value={draft.attemptsMax}
              disabled={managed}
              error={problems.fields.attemptsMax}
              onChange={(attemptsMax) => change({ attemptsMax })}
            />
            <NumberInput
              label="Seconds to look for a target"
              description="Before the first content of the answer"
              min={1}
              max={3_600}
              allowDecimal={false}
              value={draft.failoverSeconds}
              disabled={managed}
              error={problems.fields.failoverSeconds}
              onChange={(failoverSeconds) => change({ failoverSeconds })}
            />
          </Group>
          {edited !== undefined && editor.trouble === undefined && !sameItem(draftOf(seen), draftOf(now)) && (
            <Notice tone="warn">
              These settings were changed elsewhere while you were editing. Yours are still here.
            </Notice>
          )}
          <EditTroubleNotice
            trouble={editor.trouble}
            {...(problems.others === undefined ? {} : { others: problems.others })}
          />
          <Group justify="flex-end" gap="xs">
            {edited !== undefined && (
              <Button
                variant="default"
                onClick={() => {
                  setEdited(undefined);
                  editor.reset();
                }}
              >
                Discard
              </Button>
            )}
            <Button type="submit" loading={editor.busy} disabled={managed || unchanged}>
              {editor.trouble?.kind === 'changed-elsewhere' ? 'Save all the same' : 'Save defaults'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
