import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { WalletView } from '../../../../proxy/contract/ledger-desk.ts';
import { Card } from '../../components/Card.tsx';
import { Money } from '../../components/Money.tsx';
import { Status } from '../../components/Status.tsx';
import { formatInstant } from '../../format/time.ts';
import { AddMoneyDialog } from './AddMoneyDialog.tsx';
import classes from './WalletCard.module.css';
import { WalletSetupButton } from './WalletSetupButton.tsx';
import { walletNote, walletState } from './wallet-words.ts';

/** What was granted, what is left of it, and the way to add more. */
export function WalletCard({ wallet }: { readonly wallet: WalletView }) {
  const [adding, setAdding] = useState(false);
  const { tone, text } = walletState(wallet);
  return (
    <Card
      title="Wallet"
      aside={
        <Group gap="xs">
          <WalletSetupButton />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            Add money
          </Button>
        </Group>
      }
    >
      <div className={classes.line}>
        <p className={classes.balance}>
          <span className="visually-hidden">Balance </span>
          <Money nano={wallet.balanceNano} />
        </p>
        <Status tone={tone}>{text}</Status>
      </div>
      <dl className={classes.figures}>
        <div title={wallet.sinceMs === undefined ? undefined : `since ${formatInstant(wallet.sinceMs)}`}>
          <dt>Granted</dt>
          <dd>
            <Money nano={wallet.grantedNano} />
          </dd>
        </div>
        <div>
          <dt>Spent</dt>
          <dd>
            <Money nano={wallet.spentNano} />
          </dd>
        </div>
        <div>
          <dt>Held by open calls</dt>
          <dd>
            <Money nano={wallet.heldNano} />
          </dd>
        </div>
      </dl>
      <p className={classes.note}>{walletNote(wallet)}</p>
      <AddMoneyDialog opened={adding} onClose={() => setAdding(false)} />
    </Card>
  );
}
