import { describe, expect, it, test } from 'vitest';
import type { RequestView, SettingsView } from '../../../../renderer/src/contract-views.ts';
import { capChange, capDraftOf, capProblem } from '../../../../renderer/src/pages/welcome/cap-draft.ts';
import { firstCall, lastTestCall } from '../../../../renderer/src/pages/welcome/first-call.ts';
import { doneSteps, nextStep, previousStep } from '../../../../renderer/src/pages/welcome/step-list.ts';
import { withChange } from '../../../../renderer/src/pages/welcome/with-change.ts';
import { provider, request as view } from '../views.ts';

const request = (id: string, startedAtMs: number, more: Partial<RequestView> = {}) =>
  view(id, { startedAtMs, ...more });

describe('the call that the guide waits for', () => {
  // Newest first, as the live feed has them.
  const REQUESTS = [
    request('r5', 50, { accessKeyId: 'tool-codex' }),
    request('r4', 40, { accessKeyId: 'tool-codex' }),
    request('r3a', 35, { accessKeyId: 'tool-codex', client: 'gatehouse-check' }),
    request('r3', 30, { accessKeyId: 'default' }),
    request('r2', 20, { client: 'gatehouse-test', provider: 'sim' }),
    request('r1', 5, { accessKeyId: 'default' }),
  ];
  it.each([
    ['the first of the key that was made', { keyId: 'tool-codex', sinceMs: 10 }, 'r4'],
    ['of any key since the guide was begun, where none was made', { keyId: undefined, sinceMs: 10 }, 'r3'],
    ['none of another key', { keyId: 'tool-zed', sinceMs: 10 }, undefined],
    ['none of before', { keyId: undefined, sinceMs: 60 }, undefined],
    ['none while the guide is new', { keyId: undefined, sinceMs: undefined }, undefined],
  ])('%s', (_what, guide, id) => {
    expect(firstCall(REQUESTS, guide)?.id).toBe(id);
  });

  test('a test call has no key, and is known by its client and provider', () => {
    expect(lastTestCall(REQUESTS, 'sim')?.id).toBe('r2');
    expect(lastTestCall(REQUESTS, 'openai')).toBeUndefined();
  });
});

describe('the steps', () => {
  test('follow each other, and end', () => {
    expect(previousStep('found')).toBeUndefined();
    expect(nextStep('found')).toBe('credential');
    expect(previousStep('call')).toBe('tool');
    expect(nextStep('call')).toBeUndefined();
  });

  test('are done by what happened, not by being skipped', () => {
    const setup = { state: 'open', step: 'call' } as const;
    const sim = { ...provider('sim'), kind: 'simulator' as const };
    const none = doneSteps({ setup, providers: [sim], capped: false, called: false });
    expect([...none]).toEqual(['found']);
    const all = doneSteps({
      setup: { ...setup, keyId: 'tool-codex' },
      providers: [sim, { ...provider('openai'), credential: { source: 'keychain', state: 'present' } }],
      capped: true,
      called: true,
    });
    expect([...all]).toEqual(['found', 'credential', 'cap', 'tool', 'call']);
  });

  test('a provider that lacks its credential, or is off, is none yet', () => {
    const setup = { state: 'open', step: 'found' } as const;
    const providers = [
      { ...provider('a'), credential: { source: 'keychain' as const, state: 'missing' as const } },
      { ...provider('b'), enabled: false },
    ];
    expect([...doneSteps({ setup, providers, capped: false, called: false })]).toEqual([]);
  });
});

describe('the monthly cap', () => {
  const month = (limitUsd: number): SettingsView['budget'] => ({ id: 'cap', window: 'month', limitUsd });
  const day: SettingsView['budget'] = { id: 'cap', window: 'day', limitUsd: 5 };

  it.each([
    [undefined, { choice: undefined, own: '' }],
    [month(20), { choice: '20', own: '' }],
    [month(35), { choice: 'own', own: 35 }],
    [day, { choice: undefined, own: '' }],
  ])('begins with what stands: %j', (budget, draft) => {
    expect(capDraftOf(budget)).toEqual(draft);
  });

  it.each([
    [{ choice: '20', own: '' }, undefined, { window: 'month', limitUsd: 20 }],
    [{ choice: '20', own: '' }, month(20), undefined],
    [{ choice: '20', own: '' }, day, { window: 'month', limitUsd: 20 }],
    [{ choice: 'own', own: 7.5 }, month(20), { window: 'month', limitUsd: 7.5 }],
    [{ choice: 'none', own: '' }, month(20), null],
    [{ choice: 'none', own: '' }, undefined, undefined],
    [{ choice: undefined, own: '' }, day, undefined],
  ] as const)('%j over %j', (draft, budget, change) => {
    expect(capChange(draft, budget)).toEqual(change);
  });

  test('an amount of one’s own must be one', () => {
    expect(capProblem({ choice: 'own', own: '' })).toBeDefined();
    expect(capProblem({ choice: 'own', own: 0 })).toBeDefined();
    expect(capProblem({ choice: 'own', own: 0.5 })).toBeUndefined();
    expect(capProblem({ choice: 'none', own: '' })).toBeUndefined();
  });
});

describe('a change of the guide, before the gateway has answered', () => {
  const begun = { state: 'open', step: 'tool', tool: 'codex', keyId: 'tool-codex', environment: [] } as const;
  it.each([
    [{ state: 'new', step: 'found', environment: [] }, { step: 'found' }, { state: 'open', step: 'found' }],
    [{ state: 'new', step: 'found', environment: [] }, { state: 'dismissed' }, { state: 'dismissed' }],
    [{ ...begun, state: 'dismissed' }, { step: 'call' }, { state: 'dismissed', step: 'call', keyId: 'tool-codex' }],
    [begun, { tool: 'codex' }, { tool: 'codex', keyId: 'tool-codex' }],
  ] as const)('%j and %j', (before, change, after) => {
    expect(withChange({ ...before, environment: [] }, change)).toMatchObject(after);
  });

  test('another tool has no key yet', () => {
    expect(withChange({ ...begun, environment: [] }, { tool: 'zed' })).not.toHaveProperty('keyId');
  });
});
