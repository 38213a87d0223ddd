'use strict';

/** `npm run bench`: prepares a fresh clone, and hands over to the benchmarks. */
const { bootstrap } = require('../packages/lab/bootstrap.cjs');

if (process.getuid() === 0) {
  bootstrap('npm run bench');
  require('../dist/test/bench/main.js');
} else {
  process.stderr.write('npm run bench: needs root, for network namespaces\n');
  process.exitCode = 1;
}
