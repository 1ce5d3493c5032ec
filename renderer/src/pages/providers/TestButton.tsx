import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import type { ProviderView } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import { explainError } from '../../format/explain-error.ts';

/** One real, tiny call through the ordinary pipeline; the answer comes as a notification. */
export function TestButton({ provider }: { readonly provider: ProviderView }) {
  const test = useMutation(
    useApi().providers.test.mutationOptions({
      onSuccess: (result) =>
        notifications.show({
          color: result.ok ? 'green' : 'red',
          title: result.ok ? `${provider.id} answers` : `${provider.id} does not work`,
          message: result.ok ? `${result.message} (${formatDuration(result.latencyMs)})` : result.message,
          autoClose: result.ok ? 4000 : 12_000,
        }),
      onError: (error) =>
        notifications.show({ color: 'red', title: `${provider.id} could not be tested`, message: explainError(error) }),
    }),
  );
  return (
    <Button
      size="xs"
      variant="default"
      loading={test.isPending}
      disabled={!provider.enabled}
      onClick={() => test.mutate({ id: provider.id })}
      aria-label={`Test ${provider.id}`}
    >
      Test
    </Button>
  );
}
