import { Button } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../components/Card.tsx';
import { RunDialog } from './RunDialog.tsx';

/** A key that lives as long as one piece of work, and may spend so much. */
export function RunCard() {
  const [opened, setOpened] = useState(false);
  return (
    <Card
      title="A key for one run"
      aside={
        <Button size="xs" variant="default" onClick={() => setOpened(true)}>
          Make one
        </Button>
      }
    >
      <p>
        One agent run with a budget of its own: a key that ends by itself, and lines for your shell that point every
        tool you start there at Gatehouse. On the command line <code>gatehouse run --budget 2 -- your command</code>{' '}
        does the same and prints a receipt.
      </p>
      <RunDialog opened={opened} onClose={() => setOpened(false)} />
    </Card>
  );
}
