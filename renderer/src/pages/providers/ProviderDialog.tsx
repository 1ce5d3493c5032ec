import { Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import type { ProviderView } from '../../contract-views.ts';
import { ProviderForm } from './ProviderForm.tsx';

interface ProviderDialogProps {
  /** The one to edit; left out to add one. */
  readonly provider?: ProviderView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ProviderDialog({ provider, opened, onClose }: ProviderDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={540}
      title={provider === undefined ? 'Add a provider' : `Edit ${provider.id}`}
    >
      <Loaded provider={provider} onDone={onClose} />
    </Modal>
  );
}

/** The form needs the kinds the gateway knows and, to edit, the provider's whole config. */
function Loaded({ provider, onDone }: { readonly provider: ProviderView | undefined; readonly onDone: () => void }) {
  const api = useApi();
  const kinds = useQuery(api.providers.kinds.queryOptions());
  const config = useQuery({ ...api.config.current.queryOptions(), enabled: provider !== undefined });
  const failed = [kinds, config].find((query) => query.isError);
  if (failed !== undefined) {
    return <ErrorState what="the provider" error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (kinds.data === undefined || (provider !== undefined && config.data === undefined)) {
    return <Skeleton height={260} aria-busy="true" />;
  }
  const current = config.data?.providers.find(({ id }) => id === provider?.id);
  return <ProviderForm kinds={kinds.data} current={current} onDone={onDone} />;
}
