/** `gatehouse route` beside a running gateway: the dry run as a person and a script read it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dryRunResult } from '../../../proxy/contract/routing-desk.ts';
import { run } from '../../support/cli/captured-io.ts';
import { ended, freshDataDir, start } from '../../support/cli/gatehouse.ts';
import { type GatewayProcess, spawnGateway } from '../../support/gateway/process.ts';

const dataDir = freshDataDir();
const AT = ['--data-dir', dataDir];
let gateway: GatewayProcess;

beforeAll(async () => {
  gateway = await spawnGateway(dataDir);
});
afterAll(async () => {
  expect(await gateway.stop()).toBe(0);
});

test('candidates in a table, with cost and why they are there', async () => {
  const told = await run(['route', '--model', 'sim/echo', '--max-tokens', '100', ...AT]);
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toMatch(
    /^sim\/echo: forced\n\n# +TARGET +TIER +COST +BECAUSE\n1 +sim\/echo +\S+ +\$0\.\d+ +asked\n/,
  );
});

test('as JSON it is the answer of the control contract', async () => {
  const told = await run(['route', '--model', 'sim/echo', '--tools', '--json', ...AT]);
  expect(told.code).toBe(0);
  expect(dryRunResult.parse(JSON.parse(told.out))).toMatchObject({ ok: true, route: { asked: 'sim/echo' } });
});

test('nothing can serve it: exit code 1 and what a client would be told', async () => {
  const told = await run(['route', '--model', 'no-such-model', ...AT]);
  expect(told).toMatchObject({ code: 1, out: '' });
  expect(told.err).toMatch(/^gatehouse: nothing can serve it \(404 model_not_found\): /);
  expect((await run(['route', '--model', 'no-such-model', '--json', ...AT])).code).toBe(1);
});

test('a key that is not there is named', async () => {
  const told = await run(['route', '--key', 'nobody', ...AT]);
  expect(told).toMatchObject({ code: 1, out: '' });
  expect(told.err).toContain('There is no access key "nobody".');
});

test('a prompt comes from stdin', async () => {
  const told = await ended(start(['route', '--model', 'sim/echo', '--prompt', '-', '--json', ...AT]));
  expect(told).toMatchObject({ code: 0, err: '' });
});

test('no gateway: how to start one', async () => {
  const told = await run(['route', '--model', 'sim/echo', '--data-dir', freshDataDir()]);
  expect(told.code).toBe(1);
  expect(told.err).toContain('gatehouse serve');
});
