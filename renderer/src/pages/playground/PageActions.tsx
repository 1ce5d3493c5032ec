import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCode, IconColumns2, IconEraser } from '@tabler/icons-react';
import { chatRequest } from '../../../../proxy/contract/playground-request.ts';
import classes from './PageActions.module.css';
import { PromptsMenu } from './prompts/PromptsMenu.tsx';
import { callInput, settingsCount } from './state/call-settings.ts';
import { LANES_MAX } from './state/conversation.ts';
import { messagesFor } from './state/message-history.ts';
import { usePlayground, usePlaygroundState } from './state/playground-context.ts';

interface PageActionsProps {
  readonly busy: boolean;
  /** The options are in view. */
  readonly options: boolean;
  readonly onOptions: () => void;
}

export function PageActions({ busy, options, onOptions }: PageActionsProps) {
  const { store } = usePlayground();
  const lanes = usePlaygroundState(({ conversation }) => conversation.lanes);
  const empty = usePlaygroundState(({ conversation }) => conversation.turns.length === 0);
  const set = usePlaygroundState(({ settings }) => settingsCount(settings));
  const [first] = lanes;
  return (
    <>
      <PromptsMenu />
      <Button
        variant="default"
        leftSection={<IconColumns2 size={16} />}
        disabled={busy || lanes.length >= LANES_MAX || first === undefined}
        onClick={() => first !== undefined && store.addLane(first.target)}
      >
        Compare
      </Button>
      <ShowCode />
      <Button
        variant="default"
        leftSection={<IconEraser size={16} />}
        disabled={empty || busy}
        onClick={() => store.clear()}
      >
        Clear
      </Button>
      <Tooltip label={options ? 'Hide the options' : 'Show the options'}>
        <ActionIcon
          variant={options ? 'light' : 'default'}
          className={classes.toggle ?? ''}
          size={32}
          aria-label="Options"
          aria-pressed={options}
          onClick={onOptions}
        >
          <IconAdjustmentsHorizontal size={18} />
          {set > 0 && !options && <span className={classes.set} role="img" aria-label={`${set} set`} />}
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** What would be sent now, or was sent last when nothing is written. */
function ShowCode() {
  const { store, openCode } = usePlayground();
  const show = () => {
    const { conversation, settings, draft } = store.get();
    const [lane] = conversation.lanes;
    if (lane === undefined) return;
    const last = conversation.turns.at(-1)?.answers.get(lane.id)?.at(-1)?.run.input;
    const written = draft.text.trim() !== '' || draft.images.length > 0;
    if (!written && last !== undefined) {
      openCode(chatRequest(last));
      return;
    }
    const question = written ? draft : { text: 'Hello', images: [] };
    const messages = messagesFor(lane.id, conversation.turns, question, [], settings.system);
    openCode(chatRequest(callInput(lane.target, settings, messages)));
  };
  return (
    <Button variant="default" leftSection={<IconCode size={16} />} onClick={show}>
      Code
    </Button>
  );
}
