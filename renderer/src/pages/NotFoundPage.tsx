import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageHeader } from '../components/PageHeader.tsx';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        title="There is nothing at this address"
        text="The link may come from another version of Gatehouse."
        action={
          <Button component={Link} href="/" variant="default">
            Go to the overview
          </Button>
        }
      />
    </>
  );
}
