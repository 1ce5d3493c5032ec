import { Button, Modal, NumberInput, Stack, Switch } from '@mantine/core';
import { IconWallet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Config } from '../../../../proxy/contract/config.ts';
import { useApi } from '../../app/session-context.ts';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { sameItem } from '../../config-edit/edit-list.ts';
import { FormFoot } from '../../config-edit/FormFoot.tsx';
import { useConfig, useEditConfig } from '../../config-edit/use-edit-config.tsx';
import { numberTyped, type TypedNumber } from '../budgets/typed-number.ts';

/** Whether calls are paid from the wallet, and when to tell that it runs low. Not there where a config file decides. */
export function WalletSetupButton({ size = 'xs' }: { readonly size?: 'xs' | 'sm' }) {
  const managed = useManaged();
  const config = useConfig();
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  if (managed) return null;
  return (
    <>
      <Button
        size={size}
        variant="default"
        leftSection={<IconWallet size={size === 'xs' ? 15 : 17} aria-hidden="true" />}
        disabled={config.data === undefined}
        onClick={() => setOpened(true)}
      >
        Set up wallet
      </Button>
      <Modal opened={opened} onClose={close} title="Set up the wallet">
        {config.data !== undefined && <WalletForm stored={config.data.wallet} onClose={close} />}
      </Modal>
    </>
  );
}

interface WalletFormProps {
  readonly stored: Config['wallet'];
  readonly onClose: () => void;
}

function WalletForm({ stored, onClose }: WalletFormProps) {
  // As it was when the form opened: others may change it meanwhile.
  const [seen] = useState(stored);
  const [enabled, setEnabled] = useState(stored.enabled);
  const [low, setLow] = useState<TypedNumber>(stored.lowBalanceUsd ?? '');
  const walletKey = useApi().ledger.wallet.key();
  const queries = useQueryClient();
  const editor = useEditConfig(() => {
    onClose();
    void queries.invalidateQueries({ queryKey: walletKey });
  });
  const lowBalanceUsd = numberTyped(low);
  const empty = typeof low === 'string' && low.trim() === '';
  const problem = empty || (lowBalanceUsd !== undefined && lowBalanceUsd >= 0) ? undefined : 'An amount from $0';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== undefined) return;
    const wallet = { enabled, ...(lowBalanceUsd === undefined ? {} : { lowBalanceUsd }) };
    editor.save(
      {
        note: 'wallet set up',
        change: (config, insist) => (insist || sameItem(config.wallet, seen) ? { ...config, wallet } : undefined),
      },
      enabled ? 'Calls are paid from the wallet.' : 'The wallet is switched off.',
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Switch
          label="Pay calls from the wallet"
          description="A call is refused when its highest cost is more than what is left. Add money first."
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
          data-autofocus
        />
        <NumberInput
          label="Alert below (optional)"
          prefix="$"
          min={0}
          decimalScale={9}
          value={low}
          onChange={setLow}
          error={problem}
          hideControls
        />
        <FormFoot verb="Save" editor={editor} disabled={problem !== undefined} onCancel={onClose} />
      </Stack>
    </form>
  );
}
