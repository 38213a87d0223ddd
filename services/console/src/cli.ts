#!/usr/bin/env node
import { createClient } from '@terway/api';
import pico from 'picocolors';
import { ipamTarget } from './ipam-target.js';
import { runCli } from './run-cli.js';
import type { Tone } from './views/table.js';

const { green, red, yellow } = pico.createColors(pico.isColorSupported && process.stdout.isTTY);
const paints: Readonly<Record<Tone, (text: string) => string>> = {
  plain: (text) => text,
  good: green,
  warning: yellow,
  bad: red,
};

// whoever reads a pipe may stop reading, for example `| head`
process.stdout.on('error', () => process.exit(0));

async function main(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), {
    connect: (addresses) => createClient('terway.ops.v1.OpsService', ipamTarget(addresses)),
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    env: process.env,
    nowMs: Date.now,
    paint: (tone, text) => paints[tone](text),
  });
}

void main();
