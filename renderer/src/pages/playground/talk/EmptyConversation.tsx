import { Button } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { targetValue } from '../lanes/target-words.ts';
import type { Targets } from '../lanes/use-targets.ts';
import type { Lane } from '../state/conversation.ts';

interface EmptyConversationProps {
  readonly lanes: readonly Lane[];
  readonly targets: Targets | undefined;
}

export function EmptyConversation({ lanes, targets }: EmptyConversationProps) {
  const [first] = lanes;
  const value = first === undefined ? '' : targetValue(first.target);
  const icon = <IconMessage2 size={22} />;
  if (targets !== undefined && targets.first === undefined) {
    return (
      <EmptyState
        icon={icon}
        title="No models yet"
        text="Add a provider, and the models it serves can be asked here."
        action={
          <Button component={Link} href="/providers">
            Go to Providers
          </Button>
        }
      />
    );
  }
  if (lanes.length > 1) {
    return (
      <EmptyState
        icon={icon}
        title={`Ask ${lanes.length} models at once`}
        text="Each gets the same question. Cost and speed stand under every answer; go on with the one you like."
      />
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={value === '' ? 'Choose a model' : `Ask ${value}`}
      text={
        targets?.model(value)?.description ??
        'The call takes the same way as any tool’s: limits, route, ledger. Nothing you write here is stored.'
      }
    />
  );
}
