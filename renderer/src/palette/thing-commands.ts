/** Tools, models, providers and requests as commands that open them. */
import { IconCpu, IconListDetails, IconPlugConnected, IconServer2 } from '@tabler/icons-react';
import { modelAddress, providerAddress } from '../app/addresses.ts';
import type { ModelView, ProviderView, RequestView, ToolView } from '../contract-views.ts';
import { formatAgo } from '../format/time.ts';
import { caller, servedName, stateWords } from '../request/request-words.ts';
import type { Command } from './command.ts';

export function modelCommands(models: readonly ModelView[], go: (path: string) => void): readonly Command[] {
  return models.map(({ id }) => ({
    id: `model ${id}`,
    group: 'Models',
    label: id,
    keywords: ['model'],
    code: true,
    icon: IconCpu,
    run: () => go(modelAddress(id)),
  }));
}

export function toolCommands(tools: readonly ToolView[], go: (path: string) => void): readonly Command[] {
  return tools.map(({ id, name }) => ({
    id: `tool ${id}`,
    group: 'Tools',
    label: `Connect ${name}`,
    keywords: ['tool', id],
    icon: IconPlugConnected,
    run: () => go(`/connect/${id}`),
  }));
}

export function providerCommands(providers: readonly ProviderView[], go: (path: string) => void): readonly Command[] {
  return providers.map(({ id, kind }) => ({
    id: `provider ${id}`,
    group: 'Providers',
    label: id,
    detail: kind,
    keywords: ['provider'],
    icon: IconServer2,
    run: () => go(providerAddress(id)),
  }));
}

/** `requests` newest first. */
export function requestCommands(
  requests: readonly RequestView[],
  nowMs: number,
  open: (id: string) => void,
): readonly Command[] {
  return requests.map((request) => {
    const served = servedName(request);
    return {
      id: `request ${request.id}`,
      group: 'Requests',
      label: request.modelAsked ?? 'No model named',
      detail: [caller(request).name, stateWords(request.state).words, formatAgo(request.startedAtMs, nowMs)].join(', '),
      keywords: [request.id, ...(served === undefined ? [] : [served]), 'request'],
      code: request.modelAsked !== undefined,
      icon: IconListDetails,
      run: () => open(request.id),
    };
  });
}

const REQUEST_ID = /^req_[\w-]{6,}$/;

/** A request by its whole id, which may be older than the feed remembers; undefined when nothing like an id was typed. */
export function typedRequestCommand(query: string, open: (id: string) => void): Command | undefined {
  const id = query.trim();
  if (!REQUEST_ID.test(id)) return undefined;
  return {
    id: `request ${id}`,
    group: 'Requests',
    label: id,
    detail: 'open the request with this id',
    code: true,
    icon: IconListDetails,
    run: () => open(id),
  };
}
