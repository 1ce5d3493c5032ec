import { expect, suite, test } from 'vitest';
import type { Tool } from '../../../../proxy/core/call.ts';
import { ToolNames } from '../../../../proxy/protocols/openai-responses/tool-names.ts';

const tool = (name: string, namespace?: string, kind: Tool['kind'] = 'function'): Tool => ({
  kind,
  name,
  ...(namespace === undefined ? {} : { namespace }),
});

suite('flat names of tools', () => {
  test('a plain name stays, a namespace stands in front', () => {
    const names = new ToolNames([tool('shell'), tool('spawn', 'agents')]);
    expect(names.outward({ name: 'shell' })).toBe('shell');
    expect(names.outward({ name: 'spawn', namespace: 'agents' })).toBe('agents__spawn');
    expect(names.inward('agents__spawn')).toEqual({ name: 'spawn', namespace: 'agents', custom: false });
  });

  test('every name is one that functions may have, and leads back to its own tool', () => {
    const tools = [
      tool('a.b'),
      tool('a_b'),
      tool('b', 'a.'),
      tool('x'.repeat(80)),
      tool(`${'x'.repeat(79)}y`),
      tool('tool', 'n'.repeat(70)),
      tool('b', 'a'),
      tool('a__b'),
      tool('größe', 'maß'),
      tool('apply_patch', undefined, 'custom'),
    ];
    for (const order of [tools, [...tools].reverse()]) {
      const names = new ToolNames(order);
      const flat = order.map((each) => names.outward(each));
      expect(new Set(flat).size).toBe(tools.length);
      for (const name of flat) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      order.forEach((each, index) => {
        expect(names.inward(flat[index] ?? '')).toMatchObject({ name: each.name, custom: each.kind === 'custom' });
        expect(names.inward(flat[index] ?? '')?.namespace).toBe(each.namespace);
      });
    }
  });

  test('of colliding names the one that needs no change keeps it, in whatever order they come', () => {
    const plain = tool('a__b');
    const grouped = tool('b', 'a');
    for (const order of [
      [plain, grouped],
      [grouped, plain],
    ]) {
      const names = new ToolNames(order);
      expect(names.outward(plain)).toBe('a__b');
      expect(names.outward(grouped)).toMatch(/^a__b_[0-9a-f]{8}$/);
    }
  });

  test('other spellings are understood where they can mean one tool only', () => {
    const names = new ToolNames([tool('spawn', 'agents'), tool('wait', 'agents'), tool('wait', 'timers')]);
    expect(names.inward('spawn')?.namespace).toBe('agents');
    expect(names.inward('agents.spawn')?.name).toBe('spawn');
    expect(names.inward('wait')).toBeUndefined();
    expect(names.inward('timers.wait')?.namespace).toBe('timers');
    expect(names.inward('nobody')).toBeUndefined();
  });

  test('a tool of the history that is not offered any more does not take the name of one that is', () => {
    const names = new ToolNames([tool('a__b')]);
    expect(names.outward({ name: 'b', namespace: 'a' })).not.toBe('a__b');
    expect(names.outward({ name: 'gone' })).toBe('gone');
  });
});
