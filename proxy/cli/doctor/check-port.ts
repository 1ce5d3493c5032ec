/** Whether the gateway could listen where the config says. */
import { createServer } from 'node:net';
import { findPortOwner } from '../../http/port-owner.ts';
import { type Finding, fail, ok } from './finding.ts';

/** Port 0 is always free: the system picks one. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  if (port === 0) return ok('port', 'the system picks a free one at each start');
  const code = await tryToListen(host, port);
  if (code === undefined) return ok('port', `${port} is free`);
  if (code === 'EADDRINUSE') {
    const owner = await findPortOwner(port);
    const who = owner === undefined ? 'another program' : `${owner.command} (process ${owner.pid})`;
    return fail(
      'port',
      `${port} is in use by ${who}`,
      'Stop that program, or start Gatehouse on another port with --port or server.port.',
    );
  }
  return fail(
    'port',
    `${host}:${port} cannot be listened on (${code})`,
    'Choose another port with --port or server.port.',
  );
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
