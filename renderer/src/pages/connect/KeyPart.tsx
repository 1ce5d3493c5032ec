import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Ago } from '../../components/Ago.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { ToolView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import classes from './KeyPart.module.css';
import { OwnKeyForm } from './OwnKeyForm.tsx';
import type { Secret } from './secret.ts';
import { useFocusOnMount } from './use-focus-on-mount.ts';
import { useMakeKey } from './use-tool.ts';

interface KeyPartProps {
  readonly tool: ToolView;
  readonly secret: Secret | undefined;
  readonly onSecret: (secret: Secret | undefined) => void;
}

/** The access key of the tool: made here and shown once, or one the person has. */
export function KeyPart({ tool, secret, onSecret }: KeyPartProps) {
  const [typing, setTyping] = useState(false);
  const [given, setGiven] = useState(false);
  const give = (value: string, from: Secret['from']) => {
    setGiven(true);
    onSecret({ value, from });
  };
  if (secret !== undefined)
    return <KeyInHand tool={tool} secret={secret} given={given} onForget={() => onSecret(undefined)} />;
  if (typing) return <OwnKeyForm onKey={(key) => give(key, 'own')} onCancel={() => setTyping(false)} />;
  return <MakeKey tool={tool} onMade={(key) => give(key, 'made')} onOwn={() => setTyping(true)} />;
}

interface MakeKeyProps {
  readonly tool: ToolView;
  readonly onMade: (secret: string) => void;
  readonly onOwn: () => void;
}

function MakeKey({ tool, onMade, onOwn }: MakeKeyProps) {
  const managed = useManaged();
  const [asking, setAsking] = useState(false);
  const make = useMakeKey((made) => {
    setAsking(false);
    onMade(made.secret);
  });
  const { key } = tool;
  return (
    <div>
      {key !== undefined && (
        <p style={{ marginBottom: 8 }}>
          The key <strong>{key.id}</strong> (<span className="mono">{key.prefix}…</span>) was made{' '}
          <Ago atMs={key.createdAtMs} /> and cannot be shown again.
        </p>
      )}
      {managed && (
        <p style={{ marginBottom: 8 }}>
          Access keys come from the config file here. Use one of those in the lines below.
        </p>
      )}
      <Group gap="xs">
        {!managed && (
          <Button
            variant={key === undefined ? 'filled' : 'default'}
            loading={make.isPending && !asking}
            onClick={() => (key === undefined ? make.mutate(tool.id) : setAsking(true))}
          >
            {key === undefined ? `Make a key for ${tool.name}` : 'Make a new one'}
          </Button>
        )}
        <Button variant="default" onClick={onOwn}>
          Use a key I have
        </Button>
      </Group>
      {make.isError && !asking && (
        <div style={{ marginTop: 12 }}>
          <Notice tone="bad" urgent title="No key was made">
            {explainError(make.error)}
          </Notice>
        </div>
      )}
      <ConfirmDialog
        opened={asking}
        title={`Replace the key of ${tool.name}?`}
        verb="Make a new key"
        busy={make.isPending}
        error={make.error}
        onConfirm={() => make.mutate(tool.id)}
        onClose={() => {
          setAsking(false);
          make.reset();
        }}
      >
        <p>
          {key?.id} stops working at once. {tool.name} gets answers again when the new key is where the old one is.
        </p>
      </ConfirmDialog>
    </div>
  );
}

interface KeyInHandProps {
  readonly tool: ToolView;
  readonly secret: Secret;
  /** Just now, by a button that is gone with it. */
  readonly given: boolean;
  readonly onForget: () => void;
}

function KeyInHand({ tool, secret, given, onForget }: KeyInHandProps) {
  const element = useFocusOnMount<HTMLDivElement>(given);
  const own = secret.from === 'own';
  const again = (
    <Button size="xs" variant="default" onClick={onForget}>
      Use another
    </Button>
  );
  return (
    <div className={classes.inHand}>
      <div ref={element} tabIndex={-1} role="status" className={classes.said}>
        <Notice
          tone="ok"
          title={own ? 'Your key is filled in below' : `A key for ${tool.name} is made, and filled in below`}
          action={own ? again : undefined}
        >
          {own
            ? 'It stays in this page and is forgotten when you leave it.'
            : 'This is the only time you can see it: Gatehouse keeps a hash, not the key.'}
        </Notice>
      </div>
      {!own && <CopyField value={secret.value} name="access key" />}
    </div>
  );
}
