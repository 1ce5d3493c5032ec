/** Child of port-owner.test.ts: listens on a free port and tells which. */
import { type AddressInfo, createServer } from 'node:net';

const server = createServer();
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
