import { notifications } from '@mantine/notifications';
import { useLive } from '../live/use-live.ts';

/** Undefined while the gateway has not said where it listens. */
export function useCopyBaseUrl(): (() => void) | undefined {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  if (baseUrl === undefined) return undefined;
  return () => {
    navigator.clipboard.writeText(baseUrl).then(
      () => notifications.show({ color: 'green', message: `Copied ${baseUrl}` }),
      () =>
        notifications.show({
          color: 'red',
          title: 'Not copied',
          message: `The clipboard is not open to this page. The address is ${baseUrl}`,
        }),
    );
  };
}
