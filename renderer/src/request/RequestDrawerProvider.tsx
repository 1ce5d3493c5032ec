import { Drawer } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { RequestDetails } from './RequestDetails.tsx';
import { RequestDrawerContext } from './request-drawer.ts';

/** One drawer for the window; the feed, the ledger and the playground open it by request id. */
export function RequestDrawerProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ readonly id: string; readonly opened: boolean }>();
  const open = useCallback((id: string) => setShown({ id, opened: true }), []);
  return (
    <RequestDrawerContext value={open}>
      {children}
      <Drawer
        opened={shown?.opened === true}
        onClose={() => setShown((last) => last && { ...last, opened: false })}
        title="Request"
        size={460}
      >
        {shown !== undefined && <RequestDetails id={shown.id} />}
      </Drawer>
    </RequestDrawerContext>
  );
}
