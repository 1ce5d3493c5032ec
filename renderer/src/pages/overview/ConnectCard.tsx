import { Skeleton, Tabs } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import { useLive } from '../../live/use-live.ts';
import classes from './ConnectCard.module.css';
import { toolSetups } from './tool-setups.ts';

/** What to paste into a tool, with the address of this very gateway. */
export function ConnectCard() {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <Card title="Connect a tool">
      {baseUrl === undefined ? <Skeleton height={310} /> : <Steps baseUrl={baseUrl} />}
    </Card>
  );
}

function Steps({ baseUrl }: { readonly baseUrl: string }) {
  return (
    <div className={classes.steps}>
      <div>
        <p className={classes.name}>Base URL</p>
        <CopyField value={baseUrl} name="base URL" />
      </div>
      <div>
        <p className={classes.name}>Access key</p>
        <p>
          One for each tool. <Link href="/access-keys">Create a key</Link>
        </p>
      </div>
      <Tools baseUrl={baseUrl} />
    </div>
  );
}

function Tools({ baseUrl }: { readonly baseUrl: string }) {
  const setups = toolSetups(baseUrl);
  const [shown, setShown] = useState<string | null>('curl');
  return (
    <Tabs value={shown} onChange={setShown} variant="pills" keepMounted={false} classNames={{ tab: classes.tab }}>
      <Tabs.List aria-label="Tools" className={classes.tabs}>
        {setups.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {setups.map(({ id, place, copyName, code, note }) => (
        <Tabs.Panel key={id} value={id} className={classes.panel}>
          <CodeBlock title={place} name={copyName} code={code} />
          {note !== undefined && <p className={classes.note}>{note}</p>}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
