import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useApi } from '../app/session-context.ts';
import { useNow } from '../components/use-now.ts';
import { useLive } from '../live/use-live.ts';
import { useRequestDrawer } from '../request/request-drawer.ts';
import type { Command } from './command.ts';
import { pageCommands } from './page-commands.ts';
import {
  modelCommands,
  providerCommands,
  requestCommands,
  toolCommands,
  typedRequestCommand,
} from './thing-commands.ts';
import { useActionCommands } from './use-action-commands.ts';

/** Everything the palette can do now. `query` is looked at for the id of a request only. */
export function useCommands(query: string, openHelp: () => void): readonly Command[] {
  const [, go] = useLocation();
  const openRequest = useRequestDrawer();
  const nowMs = useNow(30_000);
  const models = useQuery(useApi().models.list.queryOptions());
  const tools = useQuery(useApi().connect.list.queryOptions({ input: {} }));
  const providers = useLive((live) => live.providers);
  const requests = useLive((live) => live.requests);
  const actions = useActionCommands({ go, openHelp });
  const known = requestCommands(requests ?? [], nowMs, openRequest);
  const typed = typedRequestCommand(query, openRequest);
  return [
    ...pageCommands(go),
    ...actions,
    ...toolCommands(tools.data?.tools ?? [], go),
    ...modelCommands(models.data ?? [], go),
    ...providerCommands(providers ?? [], go),
    ...known,
    ...(typed === undefined || known.some(({ id }) => id === typed.id) ? [] : [typed]),
  ];
}
