import { expect, test } from 'vitest';
import { withTable } from '../../bench/readme.ts';
import { requestBody, scenarios } from '../../bench/scenarios.ts';
import { figuresTable } from '../../bench/table.ts';
import { windowTable } from '../../bench/window.ts';

const [scenario] = scenarios;
if (scenario === undefined) throw new Error('there are no scenarios');

const figures = (gatehouseMs: number, addedMs: number, idleMb: number, p99Ms: number) => ({
  cpu: [{ scenario, bareMs: 1, gatehouseMs }],
  latency: [
    {
      name: 'stream, first byte',
      directP50Ms: 0.05,
      bareAddedP50Ms: 0.1,
      bareAddedP99Ms: 0.2,
      gatehouseAddedP50Ms: addedMs,
      gatehouseAddedP99Ms: 2,
    },
  ],
  memory: { idleMb, afterSoakMb: 150, peakHeldMb: 190 },
  decisions: [{ name: 'a route', p50Ms: 0.1, p99Ms, p99MsMax: 0.3 }],
  books: [{ name: 'reserve, p99', emptyMs: 0.1, fullMs: p99Ms, ratioMax: 2 }],
});

test('every goal says whether it is met', () => {
  expect(figuresTable(figures(3.9, 0.9, 99, 0.2), 'a machine')).not.toContain('missed');
  expect(figuresTable(figures(4.1, 1.1, 101, 0.3), 'a machine').match(/\*\*missed\*\*/g)).toHaveLength(5);
});

test('the table goes between the markers and nowhere else', () => {
  const readme = 'above\n<!-- bench:start -->\nold\n<!-- bench:end -->\nbelow\n';
  expect(withTable(readme, '| new |')).toBe('above\n<!-- bench:start -->\n| new |\n<!-- bench:end -->\nbelow\n');
  expect(() => withTable('no markers', 'x')).toThrow('README.md needs');
});

test.each([1_000, 200_000])('a body of %i bytes is about that long', (bytes) => {
  const { length } = requestBody('json', bytes, false);
  expect(Math.abs(length - bytes)).toBeLessThan(bytes * 0.05);
});

test('the window has a table of its own, and says where it could not be measured', () => {
  const figure = { name: 'open to usable', measured: '640 ms', goal: 'under 1.5 s' };
  expect(windowTable([{ ...figure, met: true }])).toContain('| open to usable | 640 ms | under 1.5 s | met |');
  expect(windowTable([{ ...figure, met: false }])).toContain('**missed**');
  expect(windowTable(undefined)).toContain('no Chromium');
});
