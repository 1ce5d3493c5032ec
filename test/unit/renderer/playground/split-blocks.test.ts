import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBlocks } from '../../../../renderer/src/markdown/split-blocks.ts';

const line = fc.oneof(
  fc.constantFrom('', '  ', '```', '```ts', '~~~', '- item', '  more', '> quote', '1. one', '# head', '| a | b |'),
  fc.string({ maxLength: 12 }).filter((text) => !text.includes('\n') && !text.includes('[')),
);
const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));

describe('an answer in blocks', () => {
  it('loses nothing', () => {
    fc.assert(fc.property(text, (whole) => splitBlocks(whole).join('') === whole));
  });

  it('never changes a block that another one follows, whatever comes after', () => {
    fc.assert(
      fc.property(text, fc.nat(), (whole, at) => {
        // A line that is cut may turn out to be something else; all lines before it are what they are.
        const cut = whole.lastIndexOf('\n', at % (whole.length + 1)) + 1;
        const early = splitBlocks(whole.slice(0, cut)).slice(0, -1);
        expect(splitBlocks(whole).slice(0, early.length)).toEqual(early);
      }),
    );
  });

  it.each([
    ['paragraphs', 'one\n\ntwo\n\nthree', ['one\n\n', 'two\n\n', 'three']],
    ['code with empty lines', '```ts\na\n\nb\n```\n\nafter', ['```ts\na\n\nb\n```\n\n', 'after']],
    ['code that is still open', 'x\n\n```\na\n\nb', ['x\n\n', '```\na\n\nb']],
    ['a fence inside a longer one', '````\n```\n\n````\n\nz', ['````\n```\n\n````\n\n', 'z']],
    ['a list with gaps', '- a\n\n- b\n\n  more\n\nend', ['- a\n\n- b\n\n  more\n\n', 'end']],
    ['a numbered list with gaps', '1. a\n\n2. b', ['1. a\n\n2. b']],
    ['a quote with gaps', '> a\n\n> b', ['> a\n\n> b']],
    [
      'a definition that any part may use',
      'see [x]\n\n[x]: https://example.com',
      ['see [x]\n\n[x]: https://example.com'],
    ],
    ['a footnote', 'so[^1]\n\n[^1]: why', ['so[^1]\n\n[^1]: why']],
    ['nothing', '', []],
  ])('keeps together %s', (_, whole, blocks) => {
    expect(splitBlocks(whole)).toEqual(blocks);
  });

  it('draws a long list in pieces, each beginning with an item', () => {
    const items = Array.from({ length: 200 }, (_, at) => `- item ${at} and some words to fill the line\n  - nested\n`);
    const blocks = splitBlocks(items.join(''));
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks) {
      expect(block).toMatch(/^- item/);
      expect(block.length).toBeLessThan(2_700);
    }
  });

  it('never cuts a long paragraph, table or fence, even one with items in it', () => {
    const fence = `\`\`\`\n${'- item\n'.repeat(600)}\`\`\``;
    expect(splitBlocks(fence)).toEqual([fence]);
    const words = 'word\n'.repeat(900);
    expect(splitBlocks(words)).toEqual([words]);
  });
});
