/** The figures as Markdown, each beside its goal. */
import type { Figures } from './measure.ts';
import { goals, heldTogether, soakCount } from './scenarios.ts';

const verdict = (met: boolean): string => (met ? 'met' : '**missed**');
const inMs = (value: number): string => `${value.toFixed(value < 0.1 ? 3 : 2)} ms`;
const inMb = (value: number): string => `${Math.round(value)} MB`;

function cpuTable({ cpu }: Figures): string[] {
  const rows = cpu.map(({ scenario, bareMs, gatehouseMs }) => {
    const ratio = gatehouseMs / bareMs;
    const cells = [
      scenario.name,
      inMs(bareMs),
      inMs(gatehouseMs),
      `${ratio.toFixed(2)}x`,
      `at most ${scenario.cpuRatioMax}x`,
      verdict(ratio <= scenario.cpuRatioMax),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| CPU per request | bare proxy | Gatehouse | ratio | goal | |', '|---|---:|---:|---:|---|---|', ...rows];
}

function latencyTable({ latency }: Figures): string[] {
  const rows = latency.map((figure) => {
    const isFirstByte = figure.name.includes('first byte');
    const cells = [
      figure.name,
      inMs(figure.directP50Ms),
      `${inMs(figure.bareAddedP50Ms)} / ${inMs(figure.bareAddedP99Ms)}`,
      `${inMs(figure.gatehouseAddedP50Ms)} / ${inMs(figure.gatehouseAddedP99Ms)}`,
      isFirstByte ? `p50 under ${goals.addedFirstByteP50MsMax} ms` : '',
      isFirstByte ? verdict(figure.gatehouseAddedP50Ms < goals.addedFirstByteP50MsMax) : '',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Latency, concurrency 1 | direct p50 | bare proxy adds p50 / p99 | Gatehouse adds p50 / p99 | goal | |',
    '|---|---:|---:|---:|---|---|',
    ...rows,
  ];
}

function memoryTable({ memory }: Figures): string[] {
  const { idleRssMbMax, peakRssMbMax } = goals;
  return [
    '| Memory of the gateway (RSS) | Gatehouse | goal | |',
    '|---|---:|---|---|',
    `| idle | ${inMb(memory.idleMb)} | under ${idleRssMbMax} MB | ${verdict(memory.idleMb < idleRssMbMax)} |`,
    `| after ${soakCount.toLocaleString('en')} more requests | ${inMb(memory.afterSoakMb)} | | |`,
    `| peak, ${heldTogether} requests of 200 KB in flight | ${inMb(memory.peakHeldMb)} | under ${peakRssMbMax} MB | ${verdict(memory.peakHeldMb < peakRssMbMax)} |`,
  ];
}

function decisionsTable({ decisions }: Figures): string[] {
  const rows = decisions.map(({ name, p50Ms, p99Ms, p99MsMax }) => {
    const met = verdict(p99Ms < p99MsMax);
    return `| ${name} | ${inMs(p50Ms)} | ${inMs(p99Ms)} | p99 under ${p99MsMax} ms | ${met} |`;
  });
  return ['| Decisions, before anything is sent | p50 | p99 | goal | |', '|---|---:|---:|---|---|', ...rows];
}

function booksTable({ books }: Figures): string[] {
  const rows = books.map(({ name, emptyMs, fullMs, ratioMax }) => {
    const ratio = fullMs / emptyMs;
    const met = verdict(ratio <= ratioMax);
    return `| ${name} | ${inMs(emptyMs)} | ${inMs(fullMs)} | ${ratio.toFixed(2)}x | at most ${ratioMax}x | ${met} |`;
  });
  return ['| The books | empty | 1,000,000 entries | ratio | goal | |', '|---|---:|---:|---:|---|---|', ...rows];
}

/** @param machine what it was measured on, in a few words */
export function figuresTable(figures: Figures, machine: string): string {
  const parts = [
    cpuTable(figures),
    latencyTable(figures),
    decisionsTable(figures),
    booksTable(figures),
    memoryTable(figures),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n\nStreams carry one chunk a millisecond. Measured with \`npm run bench\` on ${machine}.`;
}
