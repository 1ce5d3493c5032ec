/**
 * The least a proxy can be on this stack: node:http in front, undici behind, bytes through, nothing read and nothing
 * kept. What it costs is the floor that Gatehouse is measured against. Usage: bare-proxy.ts <upstream origin>
 */
import { createServer } from 'node:http';
import { pipeline } from 'node:stream';
import { Agent, request as send } from 'undici';

const upstream = process.argv[2];
if (upstream === undefined) throw new Error('usage: bare-proxy.ts <upstream origin>');
const dispatcher = new Agent({ connections: 128, pipelining: 1 });

const server = createServer((request, response) => {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  send(`${upstream}${request.url}`, { method: 'POST', headers, body: request, dispatcher }).then(
    ({ statusCode, headers: answered, body }) => {
      response.writeHead(statusCode, answered);
      pipeline(body, response, (error) => {
        if (error) response.destroy();
      });
    },
    () => response.writeHead(502).end(),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) {
    process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${address.port}/v1` })}\n`);
  }
});
