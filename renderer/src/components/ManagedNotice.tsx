import { Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import { useLive } from '../live/use-live.ts';
import { Notice } from './Notice.tsx';

/** True when a config file decides and the window only shows. */
export function useManaged(): boolean {
  return useLive((live) => live.gateway.managed) === true;
}

/** Why the controls below are switched off. `what` is what the file decides here, e.g. "Providers". */
export function ManagedNotice({ what }: { readonly what: string }) {
  const managed = useManaged();
  const settings = useQuery({ ...useApi().settings.get.queryOptions(), enabled: managed });
  if (!managed) return null;
  const path = settings.data?.configPath;
  return (
    <div style={{ marginBottom: 16 }}>
      <Notice tone="info" title="Managed by a config file">
        {what} come from {path === undefined ? 'the config file Gatehouse was started with' : <Code>{path}</Code>}.
        Change them there and restart the gateway; here you can look, but not edit.
      </Notice>
    </div>
  );
}
