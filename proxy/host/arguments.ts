/** The few arguments the desktop app passes to its gateway. */
import { parseArgs } from 'node:util';
import type { ServeOptions } from './headless.ts';

/** Throws TypeError on anything unknown: both ends are built together, so that is a bug. */
export function parseHostArguments(args: string[]): ServeOptions {
  const { values } = parseArgs({
    args,
    options: { 'data-dir': { type: 'string' }, config: { type: 'string' }, port: { type: 'string' } },
  });
  const { 'data-dir': dataDir, config: configPath, port } = values;
  if (dataDir === undefined) throw new TypeError('--data-dir is missing');
  return {
    dataDir,
    ...(configPath === undefined ? {} : { configPath }),
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}
