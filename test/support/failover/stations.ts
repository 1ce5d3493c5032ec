/** Many providers on one real socket, told apart by the first part of the path; each answers as it is told and counts its calls. */
import type { ServerResponse } from 'node:http';
import { type Answer, type SeenRequest, startUpstream, type Upstream } from '../gateway/upstream.ts';

export interface Stations {
  /** The address of one of them, without the protocol's own path. */
  originOf(id: string): string;
  /** How it answers; until then it answers 500. The number of the call there counts from 1. */
  set(id: string, answer: (seen: SeenRequest, response: ServerResponse, call: number) => void | Promise<void>): void;
  /** Ids in the order in which their calls came. */
  readonly calls: readonly string[];
  callsOf(id: string): number;
  close(): Promise<void>;
}

export async function startStations(): Promise<Stations> {
  const answers = new Map<string, Parameters<Stations['set']>[1]>();
  const calls: string[] = [];
  const counts = new Map<string, number>();
  const dispatch: Answer = (seen, response) => {
    const id = seen.url.split('/')[1] ?? '';
    // Lists of models are looked up now and then; they are no calls.
    if (seen.body.length === 0) {
      response.writeHead(404).end();
      return;
    }
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    calls.push(id);
    const answer = answers.get(id);
    if (answer !== undefined) return answer(seen, response, count);
    response.writeHead(500).end();
  };
  const upstream: Upstream = await startUpstream(dispatch);
  const { origin } = new URL(upstream.baseUrl);
  return {
    originOf: (id) => `${origin}/${id}`,
    set: (id, answer) => void answers.set(id, answer),
    calls,
    callsOf: (id) => counts.get(id) ?? 0,
    close: () => upstream.close(),
  };
}
