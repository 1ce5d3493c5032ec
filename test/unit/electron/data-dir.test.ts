import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { expect, it } from 'vitest';
import { shellPaths } from '../../../electron/data-dir.ts';
import { findInstallRoot } from '../../../electron/install-root.ts';

it('shares the data directory with the headless gateway', () => {
  expect(shellPaths(undefined, {}).dataDir).toBe(envPaths('gatehouse', { suffix: '' }).data);
});

it('lets the flag win over the environment, which wins over the default', () => {
  expect(shellPaths('a', { GATEHOUSE_DATA_DIR: '/b' }).dataDir).toBe(resolve('a'));
  expect(shellPaths(undefined, { GATEHOUSE_DATA_DIR: '/b' })).toEqual({
    dataDir: '/b',
    chromiumDir: join('/b', 'desktop'),
    logDir: join('/b', 'logs'),
  });
  expect(shellPaths(undefined, { GATEHOUSE_DATA_DIR: '' }).dataDir).not.toBe(resolve(''));
});

it('finds the installation from the source and from the bundle alike', () => {
  const root = resolve(import.meta.dirname, '..', '..', '..');
  expect(findInstallRoot(join(root, 'electron'))).toBe(root);
  expect(findInstallRoot(join(root, 'dist', 'electron'))).toBe(root);
  expect(() => findInstallRoot('/')).toThrow('incomplete');
});
