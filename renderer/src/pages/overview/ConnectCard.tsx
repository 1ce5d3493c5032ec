import { Skeleton } from '@mantine/core';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import { useLive } from '../../live/use-live.ts';
import classes from './ConnectCard.module.css';

/** What to paste into a tool. The simulator's model needs no credential, so the line works on the first day. */
export function ConnectCard() {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <Card title="Connect a tool">
      {baseUrl === undefined ? <Skeleton height={226} /> : <Steps baseUrl={baseUrl} />}
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
      <CodeBlock title="Try it" name="curl command" code={curlLine(baseUrl)} />
    </div>
  );
}

function curlLine(baseUrl: string): string {
  return [
    `curl ${baseUrl}/chat/completions \\`,
    '  -H "Authorization: Bearer $GATEHOUSE_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"model":"sim/echo","messages":[{"role":"user","content":"Hello"}]}'`,
  ].join('\n');
}
