/** A model server as it stands on a person's machine: Ollama's or LM Studio's own routes, and the chat route of both. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completion } from './gateway/upstream.ts';

export interface LocalModelServer {
  readonly origin: string;
  /** Method and path of every request. */
  readonly seen: string[];
  /** What a route answers from now on; undefined: 404. */
  answer(path: string, body: unknown): void;
  close(): Promise<void>;
}

export async function startLocalServer(answers: Readonly<Record<string, unknown>>): Promise<LocalModelServer> {
  const routes = new Map<string, unknown>([...Object.entries(answers), ['/v1/chat/completions', completion()]]);
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const path = request.url ?? '';
      seen.push(`${request.method} ${path}`);
      const body = routes.get(path);
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { error: 'no such route' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (path, body) => void routes.set(path, body),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const OLLAMA_ROUTES = {
  '/api/version': { version: '0.13.5' },
  '/api/tags': {
    models: [
      { model: 'qwen3:8b', details: { context_length: 40960 }, capabilities: ['completion', 'tools'] },
      { model: 'glm:cloud', remote_host: 'https://ollama.com:443' },
    ],
  },
};

export const LM_STUDIO_ROUTES = {
  '/api/v0/models': {
    object: 'list',
    data: [{ id: 'qwen2-vl', type: 'vlm', max_context_length: 32768, capabilities: ['tool_use'] }],
  },
};
