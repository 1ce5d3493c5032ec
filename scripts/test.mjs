/**
 * `npm test`: sets up what is missing (dependencies, build, browser, keyring), then runs every check there is.
 * The last line is `N passed, N failed, N skipped`; every skip is named with its reason above it, and with CI=true a
 * skip is a failure. Runs on Node 20 without any dependency; the tests run on the pinned Node.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chooseHost } from './lib/choose-host.mjs';
import { findElectron } from './lib/electron-binary.mjs';
import { ensureKeytar } from './lib/install.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';
import { runQuietly } from './lib/run.mjs';
import { runMain, SetupError } from './lib/say.mjs';
import { ensureReady } from './lib/setup.mjs';
import { ensureBrowser, ensureSystemPackages } from './lib/system-packages.mjs';
import {
  checkedRunner,
  emptyTally,
  fromPlaywright,
  fromStep,
  fromVitest,
  sum,
  summaryLines,
  withCiRule,
} from './lib/tally.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */

const stepMsMax = 8 * 60_000;
const electronSuite = 'the shell on a real Electron binary';
const reportDir = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
const bin = inRoot('node_modules', '.bin');
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  // Many tests start the gateway from its sources, which otherwise are stripped and compiled each time.
  NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'node-compile'),
};

/** @param {string} text */
const print = (text) => process.stdout.write(`${text}\n`);

/** @param {string} title */
const heading = (title) => print(`\n== ${title} ==\n`);

/**
 * @template T
 * @param {string} path
 * @returns {T | undefined} undefined where the runner did not get as far as writing it
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

/**
 * A tool that is one test in itself. Its output is shown when it is done, so that it can run beside another step.
 * @param {string} title
 * @param {readonly string[]} args
 * @returns {Promise<{ tally: Tally, show: () => void }>}
 */
async function runTool(title, args) {
  const outcome = await runQuietly(pinnedNode, args, { timeoutMs: stepMsMax, env });
  const show = () => {
    heading(title);
    print(outcome.output.trim() || 'No problems.');
  };
  return { tally: fromStep(title, outcome), show };
}

/** @returns {Promise<Tally>} */
async function runVitest() {
  heading('Unit, integration, property and architecture tests');
  const report = join(reportDir, 'vitest.json');
  const outcome = await runQuietly(
    pinnedNode,
    [
      inRoot('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${inRoot('scripts', 'lib', 'vitest-report.mjs')}`,
    ],
    { timeoutMs: stepMsMax, env: { ...env, GATEHOUSE_VITEST_REPORT: report }, echo: true },
  );
  return checkedRunner('vitest', outcome, fromVitest(readReport(report)));
}

/**
 * @param {string} title
 * @param {readonly string[]} projects
 * @returns {Promise<Tally>}
 */
async function runPlaywright(title, projects) {
  heading(title);
  const report = join(reportDir, `playwright-${projects.join('-')}.json`);
  const outcome = await runQuietly(
    pinnedNode,
    [
      inRoot('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--reporter=list,json',
      ...projects.map((project) => `--project=${project}`),
    ],
    { timeoutMs: stepMsMax, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }, echo: true },
  );
  return checkedRunner(`Playwright (${projects.join(', ')})`, outcome, fromPlaywright(readReport(report)));
}

/** @returns {Promise<Tally>} */
async function runRealElectron() {
  const choice = await chooseHost({
    headlessAsked: false,
    platform: process.platform,
    asRoot: process.getuid?.() === 0,
    env: process.env,
    // Tests never download: where the binary is wanted, `npm start` or the workflow has put it there.
    obtainElectron: async () => findElectron(),
  });
  if (choice.host === 'electron') return runPlaywright('The shell on real Electron', ['electron']);
  const reason = findElectron() === undefined ? 'no Electron binary is here' : (choice.why ?? 'headless');
  return { ...emptyTally(), skips: [{ name: electronSuite, reason: `${reason}; elsewhere: npm run test:electron` }] };
}

async function setUp() {
  heading('Set-up');
  await ensureSystemPackages();
  await ensureReady();
  await ensureKeytar();
  await ensureBrowser();
  print('Everything is in place.');
}

/** @returns {Promise<Tally>} */
async function runAll() {
  await setUp();
  // The two tools take one core for half a minute, about what vitest leaves free.
  const tools = (async () => [
    await runTool('Type check', [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit']),
    await runTool('Lint', [inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.']),
  ])();
  const [vitest, checked] = await Promise.all([runVitest(), tools]);
  for (const { show } of checked) show();
  const browser = await runPlaywright('Browser tests: the window, and the shell on its double', ['console', 'double']);
  const electron = await runRealElectron();
  return sum([...checked.map(({ tally }) => tally), vitest, browser, electron]);
}

await runMain(async () => {
  let tally;
  try {
    tally = await runAll();
  } catch (error) {
    const words = error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error);
    tally = { ...emptyTally(), failures: [`the run itself: ${words}`] };
  } finally {
    rmSync(reportDir, { recursive: true, force: true });
  }
  const ci = process.env.CI === 'true';
  const judged = withCiRule(tally, {
    ci,
    exempt: ({ name }) => name === electronSuite || name.startsWith('electron > '),
  });
  print(`\n${summaryLines(judged).join('\n')}`);
  return judged.failures.length === 0 ? 0 : 1;
});
