'use strict';

/** `npm start`: prepares a fresh clone, and hands over to the lab. */
const { join } = require('node:path');
const { bootstrap } = require('./bootstrap.cjs');

function main() {
  if (process.platform !== 'linux') return refuse(`needs Linux, for network namespaces; this is ${process.platform}`);
  if (process.getuid() !== 0) return refuse('needs root, for network namespaces: run it as root, or with sudo');
  bootstrap('npm start');
  return require(join(__dirname, 'dist/main.js'));
}

function refuse(what) {
  process.stderr.write(`npm start: ${what}\n`);
  process.exitCode = 1;
}

main();
