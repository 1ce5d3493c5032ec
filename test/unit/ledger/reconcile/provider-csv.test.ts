import { describe, expect, test } from 'vitest';
import { csvRows } from '../../../../proxy/ledger/reconcile/csv-rows.ts';
import { modelFamilyName } from '../../../../proxy/ledger/reconcile/model-name.ts';
import { readProviderCsv } from '../../../../proxy/ledger/reconcile/provider-csv.ts';

describe('rows', () => {
  test.each<[string, string, string[][]]>([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF, BOM, blank lines',
      '\uFEFFa,b\r\n\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      'a,b\n"x, ""y""","1\n2"\n',
      [
        ['a', 'b'],
        ['x, "y"', '1\n2'],
      ],
    ],
    [
      'semicolons',
      'a;b;c,d\n1;2;3\n',
      [
        ['a', 'b', 'c,d'],
        ['1', '2', '3'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['nothing', '', []],
  ])('%s', (_name, text, rows) => {
    expect(csvRows(text)).toEqual(rows);
  });
});

test.each([
  ['gpt-4o-mini-2024-07-18, input', 'gpt-4o-mini'],
  ['GPT-4o mini', 'gpt-4o-mini'],
  ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
  ['claude-3-opus@20240229', 'claude-3-opus'],
  ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'meta-llama/llama-3.3-70b-instruct-turbo'],
  ['o3-2025-04-16', 'o3'],
])('%s is %s', (name, family) => {
  expect(modelFamilyName(name)).toBe(family);
});

describe('an export', () => {
  test('of OpenAI costs: by line item, in dollars of any number of decimals', () => {
    const csv = `start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
1761955200,1762041600,2025-11-01T00:00:00+00:00,2025-11-02T00:00:00+00:00,0.0000123456789,usd,"gpt-4o-mini-2024-07-18, input",p
1761955200,1762041600,2025-11-01T00:00:00+00:00,2025-11-02T00:00:00+00:00,1.5e-3,usd,"gpt-4o-mini-2024-07-18, output",p
`;
    expect(readProviderCsv(csv)).toEqual({
      lines: 2,
      days: [
        {
          day: '2025-11-01',
          model: 'gpt-4o-mini',
          lines: 2,
          costNano: 12_346 + 1_500_000,
          roundingNano: 1 + 50_000,
          inputTokens: undefined,
          outputTokens: undefined,
        },
      ],
    });
  });

  test('of Anthropic tokens: every input bucket together', () => {
    const csv = `usage_date_utc,model_version,api_key,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens
2025-11-01,claude-sonnet-4-5-20250929,k,100,20,3,4000,50
2025-11-01,claude-sonnet-4-5-20250929,l,1,,,,1
`;
    expect(readProviderCsv(csv).days).toEqual([
      expect.objectContaining({ model: 'claude-sonnet-4-5', lines: 2, inputTokens: 4_124, outputTokens: 51 }),
    ]);
    expect(readProviderCsv(csv).days[0]?.costNano).toBeUndefined();
  });

  test('of Anthropic costs, and any with a date, a model and a cost', () => {
    const csv = 'usage_date_utc,model,workspace,token_type,cost_usd\n2025-11-01,claude-opus-4-1,w,output,12.34\n';
    expect(readProviderCsv(csv).days[0]).toMatchObject({ costNano: 12_340_000_000, roundingNano: 5_000_000 });
    expect(readProviderCsv('Date;Model;Cost\n2025-11-01;m;$3\n').days[0]).toMatchObject({ costNano: 3_000_000_000 });
  });

  test('counts seconds since 1970 as an instant of UTC', () => {
    expect(
      readProviderCsv('start_time,model,cost\n1761955199,m,1\n1761955200,m,1\n').days.map(({ day }) => day),
    ).toEqual(['2025-10-31', '2025-11-01']);
  });

  test.each<[string, string, string]>([
    ['an empty file', '', 'empty'],
    ['no model', 'date,cost_usd\n2025-11-01,1\n', 'has to name'],
    ['nothing to compare', 'date,model\n2025-11-01,m\n', 'has to name'],
    ['another currency', 'date,model,amount_value,amount_currency\n2025-11-01,m,1,eur\n', 'Line 2 is in eur'],
    ['a day that could be another', 'date,model,cost\n01/02/2025,m,1\n', 'Line 2 has no day'],
    ['a day that is none', 'date,model,cost\n2025-13-01,m,1\n', 'Line 2 has no day'],
    ['words for an amount', 'date,model,cost\n2025-11-01,m,1\n2025-11-01,m,"1,5"\n', 'Line 3 has no amount'],
    ['half a token', 'date,model,input_tokens\n2025-11-01,m,1.5\n', 'Line 2 has no number of tokens'],
  ])('%s is refused with what is wrong', (_name, csv, words) => {
    expect(() => readProviderCsv(csv)).toThrow(words);
    expect(() => readProviderCsv(csv)).toThrow('Nothing was compared');
  });
});
