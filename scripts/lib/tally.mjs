/**
 * What the steps of `npm test` add up to.
 *
 * @typedef {{ name: string, reason: string }} Skip
 * @typedef {{ passed: number, failures: string[], skips: Skip[] }} Tally
 * @typedef {{ title: string, ok?: boolean, annotations: { type: string, description?: string }[] }} Annotated
 * @typedef {{ status: string, projectName: string, annotations: { type: string, description?: string }[] }} SpecTest
 * @typedef {{ title: string, file: string, tests: SpecTest[] }} Spec
 * @typedef {{ title: string, specs?: Spec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ suites: PlaywrightSuite[], errors: { message?: string }[] }} PlaywrightReport
 */

/** Some suites give their reason inside their name: `the keychain (skipped: no D-Bus)`. */
const reasonInName = /\((?:skipped|needs|not here): ?([^)]*)\)/;

/** @returns {Tally} */
export const emptyTally = () => ({ passed: 0, failures: [], skips: [] });

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failures: tallies.flatMap((tally) => tally.failures),
    skips: tallies.flatMap((tally) => tally.skips),
  };
}

/**
 * A step that is one test in itself: the type check, the linter.
 * @param {string} name
 * @param {import('./run.mjs').Outcome} outcome
 * @returns {Tally}
 */
export function fromStep(name, outcome) {
  if (outcome.code === 0) return { ...emptyTally(), passed: 1 };
  return { ...emptyTally(), failures: [outcome.timedOut ? `${name}: stopped, it took too long` : name] };
}

/**
 * @param {import('./vitest-report.mjs').VitestReport | undefined} report
 * @returns {Tally | undefined}
 */
export function fromVitest(report) {
  if (report === undefined) return undefined;
  const skips = report.skipped.map(({ name, reason }) => ({
    name,
    reason: reason ?? reasonInName.exec(name)?.[1] ?? 'no reason given',
  }));
  return { passed: report.passed, failures: report.failures, skips };
}

/**
 * @param {PlaywrightReport | undefined} report Playwright's JSON report
 * @returns {Tally | undefined}
 */
export function fromPlaywright(report) {
  if (report === undefined) return undefined;
  const tally = emptyTally();
  /** @param {PlaywrightSuite} suite @param {string} above */
  const walk = (suite, above) => {
    const path = above === '' ? suite.title : `${above} > ${suite.title}`;
    for (const inner of suite.suites ?? []) walk(inner, path);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) count(tally, test, `${test.projectName} > ${path} > ${spec.title}`);
    }
  };
  for (const suite of report.suites) walk(suite, '');
  for (const error of report.errors) tally.failures.push(`outside of any test: ${error.message ?? 'unknown error'}`);
  return tally;
}

/**
 * @param {Tally} tally
 * @param {SpecTest} test
 * @param {string} name
 */
function count(tally, test, name) {
  if (test.status === 'expected') tally.passed += 1;
  else if (test.status === 'skipped') {
    const note = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
    const reason = note === undefined ? 'did not run: something before it failed' : note.description;
    tally.skips.push({ name, reason: reason ?? reasonInName.exec(name)?.[1] ?? 'no reason given' });
  } else tally.failures.push(name);
}

/**
 * Holds a test runner to its word: no report, no test executed, or an exit code that its own counts do not explain are
 * failures, whatever it printed.
 * @param {string} name
 * @param {import('./run.mjs').Outcome} outcome
 * @param {Tally | undefined} tally
 * @returns {Tally}
 */
export function checkedRunner(name, outcome, tally) {
  if (outcome.timedOut) {
    return { ...(tally ?? emptyTally()), failures: [...(tally?.failures ?? []), `${name}: stopped, it took too long`] };
  }
  if (tally === undefined) {
    return { ...emptyTally(), failures: [`${name}: ended without a report (exit code ${outcome.code})`] };
  }
  const ran = tally.passed + tally.failures.length;
  if (ran === 0) return { ...tally, failures: [`${name}: no test was executed`] };
  if (outcome.code !== 0 && tally.failures.length === 0) {
    return { ...tally, failures: [`${name}: exit code ${outcome.code}, though every test passed`] };
  }
  return tally;
}

/**
 * With CI=true a skip is a failure: nobody reads the list there. One suite is excepted, that of a real Electron binary.
 * @param {Tally} tally
 * @param {{ ci: boolean, exempt: (skip: Skip) => boolean }} options
 * @returns {Tally}
 */
export function withCiRule(tally, { ci, exempt }) {
  if (!ci) return tally;
  const refused = tally.skips.filter((skip) => !exempt(skip));
  return {
    passed: tally.passed,
    failures: [...tally.failures, ...refused.map(({ name, reason }) => `${name}: skipped on CI (${reason})`)],
    skips: tally.skips.filter(exempt),
  };
}

/**
 * The lines after the last step: every skip with its reason, every failure, and the count as the very last line.
 * @param {Tally} tally
 */
export function summaryLines(tally) {
  const lines = [];
  if (tally.skips.length > 0) {
    lines.push('Skipped:', ...tally.skips.map(({ name, reason }) => `  ${name}\n    ${reason}`), '');
  }
  if (tally.failures.length > 0) lines.push('Failed:', ...tally.failures.map((name) => `  ${name}`), '');
  lines.push(`${tally.passed} passed, ${tally.failures.length} failed, ${tally.skips.length} skipped`);
  return lines;
}
