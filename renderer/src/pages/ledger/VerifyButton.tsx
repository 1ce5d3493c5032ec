import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { Audit } from './use-audit.ts';

export function VerifyButton({ audit }: { readonly audit: Audit }) {
  return (
    <Button
      variant="default"
      leftSection={<IconShieldCheck size={17} />}
      loading={audit.isPending}
      onClick={() => audit.mutate(undefined)}
    >
      Verify ledger
    </Button>
  );
}
