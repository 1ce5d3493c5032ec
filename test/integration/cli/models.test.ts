/** `gatehouse models` beside a running gateway: what it says is shown, not what this process would work out. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../support/cli/captured-io.ts';
import { freshDataDir, type Served, serve } from '../../support/cli/gatehouse.ts';

const dataDir = freshDataDir();
let served: Served;

beforeAll(async () => {
  const file = join(dirname(dataDir), 'gatehouse.yaml');
  writeFileSync(
    file,
    'version: 1\nproviders:\n  - { id: mine, kind: openai, credential: none, models: [ { id: gpt-4o-mini, inputUsdPerMTok: 7 } ] }\n',
  );
  served = await serve(['--config', file, '--data-dir', dataDir]);
});
afterAll(async () => {
  expect(await served.stop()).toBe(0);
});

test('shows the models and prices of the gateway that runs', async () => {
  // Nothing is stored in the database of a gateway that runs on a file: only the gateway itself knows this provider.
  const { code, out, err } = await run(['models', '--provider', 'mine', '--json', '--data-dir', dataDir]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const models: { id: string }[] = JSON.parse(out);
  expect(models.length).toBeGreaterThan(40);
  expect(models.find((model) => model.id === 'mine/gpt-4o-mini')).toMatchObject({
    inputUsdPerMTok: 7,
    outputUsdPerMTok: 0.6,
    cacheReadUsdPerMTok: 0.075,
    priceSource: 'config',
    family: 'gpt-4o-mini',
    tier: 'standard',
    purpose: 'chat',
    tools: true,
  });
  expect(models.find((model) => model.id === 'mine/gpt-4.1')).toMatchObject({
    priceAsOf: expect.stringMatching(/^2026-/),
  });
});
