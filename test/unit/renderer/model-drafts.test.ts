import { describe, expect, it } from 'vitest';
import {
  emptyModel,
  modelDraftsOf,
  modelDraftToConfig,
  modelsProblem,
} from '../../../renderer/src/pages/providers/model-drafts.ts';

describe('models in the provider form', () => {
  it('come back as they were, with what the form does not show', () => {
    const models = [
      { id: 'm', inputUsdPerMTok: 0, outputUsdPerMTok: 2.5, contextTokens: 8000, tier: 'economy' as const },
    ];
    expect(modelDraftsOf(models).map(modelDraftToConfig)).toEqual(models);
  });

  it('leave an empty price out instead of making it free', () => {
    expect(modelDraftToConfig({ ...emptyModel(0), id: ' m ', inputUsd: 0 })).toEqual({ id: 'm', inputUsdPerMTok: 0 });
  });

  it('need a name each, once, and a price that is one per million tokens', () => {
    const named = { ...emptyModel(0), id: 'm' };
    expect(modelsProblem([])).toBeUndefined();
    expect(modelsProblem([named])).toBeUndefined();
    expect(modelsProblem([emptyModel(0)])).toContain('name');
    expect(modelsProblem([named, { ...named, key: 1 }])).toContain('twice');
    expect(modelsProblem([{ ...named, inputUsd: 99_999 }])).toMatch(/^m: .*per million/);
  });
});
