import { Anchor, Button, Skeleton } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import { useLive } from '../../live/use-live.ts';
import classes from './ConnectCard.module.css';

/** The address of this very gateway, and the ways to put it into a tool. */
export function ConnectCard() {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <Card title="Connect a tool">
      {baseUrl === undefined ? (
        <Skeleton height={129} />
      ) : (
        <div className={classes.parts}>
          <div>
            <p className={classes.name}>Base URL</p>
            <CopyField value={baseUrl} name="base URL" />
          </div>
          <Button
            component={Link}
            href="/connect"
            variant="default"
            fullWidth
            leftSection={<IconPlugConnected size={16} aria-hidden="true" />}
          >
            Connect a tool
          </Button>
          <p className={classes.more}>
            <Anchor component={Link} href="/access-keys" inherit underline="always">
              Access keys
            </Anchor>
            <Anchor component={Link} href="/welcome" inherit underline="always">
              Guided start
            </Anchor>
          </p>
        </div>
      )}
    </Card>
  );
}
