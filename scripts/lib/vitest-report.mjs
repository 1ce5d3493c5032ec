import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that writes what the summary of `npm test` needs. vitest's own JSON reporter leaves out why a test
 * was skipped, and nobody reads a skip that gives no reason.
 *
 * @typedef {{ name: string, reason: string | undefined }} SkippedTest
 * @typedef {{ passed: number, failures: string[], skipped: SkippedTest[] }} VitestReport
 */
export default class SummaryReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { message: string }[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {VitestReport} */
    const report = { passed: 0, failures: [], skipped: [] };
    for (const module of modules) {
      const file = `${module.project.name} > ${module.relativeModuleId}`;
      for (const error of module.errors()) report.failures.push(`${file}: ${error.message}`);
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors()) report.failures.push(`${file} > ${suite.fullName}: ${error.message}`);
      }
      for (const test of module.children.allTests()) {
        const name = `${file} > ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') report.passed += 1;
        else if (result.state === 'skipped') report.skipped.push({ name, reason: result.note });
        else report.failures.push(result.state === 'failed' ? name : `${name} (never finished)`);
      }
    }
    for (const error of unhandledErrors) report.failures.push(`outside of any test: ${error.message}`);
    const file = process.env.GATEHOUSE_VITEST_REPORT;
    if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  }
}
