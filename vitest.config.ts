import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The kinds of vitest tests. Browser tests are Playwright's (`*.spec.ts`, see playwright.config.ts). */
const project = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    // Processes, not threads: tests open native modules, change the environment and kill children.
    pool: 'forks',
    // Most of them wait for sockets and processes most of the time.
    maxWorkers: Math.max(4, availableParallelism()),
    // A test that needs a second try is a broken test.
    retry: 0,
    // A runner that found nothing has not passed; an `only` left behind hides the rest.
    passWithNoTests: false,
    allowOnly: false,
    unstubEnvs: true,
    restoreMocks: true,
    projects: [
      project('unit', 20_000),
      project('integration', 60_000),
      project('property', 120_000),
      project('conformance', 120_000),
      project('architecture', 30_000),
    ],
  },
});
