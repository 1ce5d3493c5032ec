/** Some providers' numbers mislead; a client of another protocol gets the status that makes its SDK do the right thing. */
import { describe, expect, it } from 'vitest';
import { startTestGateway, TEST_PRICES } from '../../support/gateway/start.ts';
import { type Answer, json, startUpstream } from '../../support/gateway/upstream.ts';

const THROTTLED: Answer = json(
  503,
  { message: 'Too many requests' },
  { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/' },
);
const WRONG_KEY: Answer = json(400, {
  error: {
    code: 400,
    message: 'API key not valid.',
    status: 'INVALID_ARGUMENT',
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
  },
});

describe('a provider error told in another protocol', () => {
  it.each([
    ['bedrock', 'a throttle that came as 503', THROTTLED, 429, 'Too many requests'],
    ['google', 'a wrong key that came as 400', WRONG_KEY, 401, 'API key not valid.'],
  ] as const)('%s: %s', async (kind, _name, answer, status, words) => {
    const upstream = await startUpstream(answer);
    const baseUrl = kind === 'bedrock' ? new URL(upstream.baseUrl).origin : upstream.baseUrl;
    const region = kind === 'bedrock' ? { region: 'us-east-1' } : {};
    const gate = await startTestGateway(
      {
        providers: [
          { id: 'up', kind, baseUrl, credential: 'env:UP_KEY', ...region, models: [{ id: 'm', ...TEST_PRICES }] },
        ],
      },
      { env: { UP_KEY: 'AKIAIOSFODNN7EXAMPLE:secret-example-key' } },
    );
    const response = await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x' }] });
    expect(response.status).toBe(status);
    expect(JSON.stringify(await response.json())).toContain(words);
    expect((await gate.control.ledger.balance()).chargedNano).toBe(0);
    await gate.close();
    await upstream.close();
  });
});
