import { ActionIcon, Button, Select, Stack, Textarea } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type PromptMessage, promptMessage } from '../../../../../proxy/contract/prompts.ts';
import classes from './MessagesField.module.css';

interface MessagesFieldProps {
  readonly messages: readonly PromptMessage[];
  readonly onMessages: (messages: readonly PromptMessage[]) => void;
}

const ROLES = promptMessage.shape.role.options;

/** The messages of a prompt, each with its role. Those left empty are not saved. */
export function MessagesField({ messages, onMessages }: MessagesFieldProps) {
  const rows = messages.map((message, index) => ({ message, index }));
  const change = (index: number, part: Partial<PromptMessage>) => {
    const message = messages[index];
    if (message !== undefined) onMessages(messages.with(index, { ...message, ...part }));
  };
  return (
    <Stack gap="xs">
      {rows.map(({ message, index }) => (
        <div key={index} className={classes.message}>
          <div className={classes.head}>
            <Select
              size="xs"
              className={classes.role ?? ''}
              aria-label={`Role of message ${index + 1}`}
              allowDeselect={false}
              data={[...ROLES]}
              value={message.role}
              onChange={(role) => role !== null && change(index, { role })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove message ${index + 1}`}
              disabled={messages.length === 1}
              onClick={() => onMessages(messages.filter((_, other) => other !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
          <Textarea
            aria-label={`Message ${index + 1}`}
            placeholder="Empty: not saved. {{name}} is a variable that each request fills."
            autosize
            minRows={2}
            maxRows={8}
            value={message.content}
            onChange={(event) => change(index, { content: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        style={{ alignSelf: 'start' }}
        leftSection={<IconPlus size={14} />}
        onClick={() => onMessages([...messages, { role: 'user', content: '' }])}
      >
        Add message
      </Button>
    </Stack>
  );
}
