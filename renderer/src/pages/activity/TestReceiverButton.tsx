import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import type { AlertTargetView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { deliveryWords } from './alert-words.ts';

/** Sends one test event to this receiver; how it went comes as a notification. */
export function TestReceiverButton({ receiver }: { readonly receiver: AlertTargetView }) {
  const { target } = receiver;
  const test = useMutation(
    useApi().alerts.test.mutationOptions({
      onSuccess: (delivery) =>
        notifications.show({
          color: delivery.ok ? 'green' : 'red',
          title: delivery.ok ? `${target} was told` : `${target} was not told`,
          message: deliveryWords(delivery).text,
          autoClose: delivery.ok ? 4000 : 12_000,
        }),
      onError: (error) =>
        notifications.show({ color: 'red', title: `${target} could not be tested`, message: explainError(error) }),
    }),
  );
  return (
    <Button
      size="xs"
      variant="default"
      loading={test.isPending}
      onClick={() => test.mutate({ target: receiver.id })}
      aria-label={`Send a test to ${target}`}
    >
      Send a test
    </Button>
  );
}
