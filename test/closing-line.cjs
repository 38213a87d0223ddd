/** Prints `N passed, N failed` as the last line of a run; a file that does not load counts as a failure. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const unloaded = results.testResults.filter((file) => file.testExecError).length;
    const failed = results.numFailedTests + unloaded;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    process.once('exit', () => process.stdout.write(`${line}\n`));
  }
};
