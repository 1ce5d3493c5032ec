import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ToolId } from '../../../../proxy/contract/connect.ts';
import { useApi, useSession } from '../../app/session-context.ts';

/** Files of tools change behind our back, and keys on other pages: what is shown is looked at again on coming back. */
const LOOKED_AT_AGAIN = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

/** Every tool, and how it stands. */
export function useTools() {
  return useQuery({ ...useApi().connect.list.queryOptions({ input: {} }), ...LOOKED_AT_AGAIN });
}

/** The tool as it stands, with its texts for this model, and the name of the model where none is chosen. */
export function useTool(id: ToolId, model: string | undefined) {
  const api = useApi();
  const tool = useQuery({
    ...api.connect.get.queryOptions({ input: { tool: id, ...(model === undefined ? {} : { model }) } }),
    ...LOOKED_AT_AGAIN,
    // Another model changes a word in the texts: no reason to take them away for a moment.
    placeholderData: (before) => before,
  });
  const list = useQuery(api.connect.list.queryOptions({ input: {} }));
  return { tool, model: model ?? tool.data?.applied?.model ?? list.data?.defaultModel ?? '' };
}

export function usePlan(id: ToolId, model: string | undefined, enabled: boolean) {
  return useQuery({
    ...useApi().connect.plan.queryOptions({ input: { tool: id, ...(model === undefined ? {} : { model }) } }),
    enabled,
    ...LOOKED_AT_AGAIN,
    placeholderData: (before) => before,
  });
}

/** Whatever changes a file or a key: the tools, their plans and the keys are read again after it. */
function useToolChange<Input, Output>(change: (input: Input) => Promise<Output>, onDone: (output: Output) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (output) => {
      onDone(output);
      await Promise.all([
        queries.invalidateQueries({ queryKey: api.connect.key() }),
        queries.invalidateQueries({ queryKey: api.accessKeys.list.key() }),
      ]);
    },
  });
}

type Connect = ReturnType<typeof useSession>['client']['connect'];
export type Applied = Awaited<ReturnType<Connect['apply']>>;
export type Undone = Awaited<ReturnType<Connect['undo']>>;
export type MadeKey = Awaited<ReturnType<Connect['createKey']>>;

export function useApply(onDone: (applied: Applied) => void) {
  const { client } = useSession();
  return useToolChange((input: Parameters<Connect['apply']>[0]) => client.connect.apply(input), onDone);
}

export function useUndo(onDone: (undone: Undone) => void) {
  const { client } = useSession();
  return useToolChange((tool: ToolId) => client.connect.undo({ tool }), onDone);
}

export function useMakeKey(onDone: (made: MadeKey) => void) {
  const { client } = useSession();
  return useToolChange((tool: ToolId) => client.connect.createKey({ tool }), onDone);
}
