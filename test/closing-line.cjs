'use strict';

const { writeFileSync } = require('node:fs');

/**
 * Counts what a run has passed and failed; a file that does not load is a failure. The counts go to the file that
 * TERWAY_TEST_TALLY names, else they are the last line that is printed.
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const unloaded = results.testResults.filter((file) => file.testExecError).length;
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + unloaded;
    const skipped = results.numPendingTests + results.numTodoTests;
    const { TERWAY_TEST_TALLY: tallyFile } = process.env;
    if (tallyFile !== undefined) writeFileSync(tallyFile, JSON.stringify({ passed, failed, skipped }));
    else {
      const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
      process.once('exit', () => process.stdout.write(`${line}\n`));
    }
  }
};
