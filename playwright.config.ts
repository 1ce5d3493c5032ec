import { defineConfig } from '@playwright/test';
import { systemChromium } from './test/support/system-chromium.ts';

/**
 * `console`: the window as a web console, on a real headless gateway.
 * `double`: the shell's real main process on the test double of `electron`.
 * `electron`: the same shell specs on a real Electron binary (`npm run test:electron`).
 *
 * The shell specs read GATEHOUSE_SHELL to choose their driver. It is set here, in the runner, and inherited by its
 * workers; the two shell projects therefore never share one run.
 */
process.env.GATEHOUSE_SHELL ??= process.argv.includes('--project=electron') ? 'real' : 'double';

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  // Each test has a gateway and a data directory of its own.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  globalTimeout: 8 * 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    // Nobody watches: fades only take time, and the window leaves them out for people who ask for that.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...systemChromium('light'),
      // Chromium refuses its sandbox to root; the pages under test are our own, on 127.0.0.1.
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'console', testDir: 'test/e2e/console' },
    { name: 'double', testDir: 'test/e2e/shell' },
    { name: 'electron', testDir: 'test/e2e/shell' },
  ],
});
