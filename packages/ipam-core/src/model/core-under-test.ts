import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { runInThisContext } from 'node:vm';
import type * as Step from '../step.js';
import type * as PlanPool from '../plan-pool.js';

export interface Core {
  readonly step: typeof Step.step;
  readonly planPool: typeof PlanPool.planPool;
}

/** One rule of the protocol taken out of the code: `find` is replaced by `put` in one file. */
export interface Mutation {
  readonly rule: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const root = join(__dirname, '..');

/** The core as it stands, or with one rule taken out. @throws Error when the text of the rule is not where it should be */
export function loadCore(mutation?: Mutation): Core {
  const loaded = new Map<string, { exports: object }>();
  const load = (path: string): object => {
    const known = loaded.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(path, module);
    const code = compile(`${path}.ts`, mutation);
    const require = (name: string): object => load(normalize(join(dirname(path), name.replace(/\.js$/, ''))));
    const body = runInThisContext(`(module, exports, require) => {${code}\n}`) as (...args: object[]) => void;
    body(module, module.exports, require);
    return module.exports;
  };
  const { step } = load('step') as Pick<Core, 'step'>;
  const { planPool } = load('plan-pool') as Pick<Core, 'planPool'>;
  return { step, planPool };
}

const compiled = new Map<string, string>();

function compile(path: string, mutation: Mutation | undefined): string {
  const source = readFileSync(join(root, path), 'utf8');
  if (mutation?.file !== path) {
    const known = compiled.get(path) ?? transpile(source);
    compiled.set(path, known);
    return known;
  }
  if (source.split(mutation.find).length !== 2) {
    throw new Error(`${mutation.rule}: expected once in ${path}: ${mutation.find}`);
  }
  return transpile(source.replace(mutation.find, () => mutation.put));
}

function transpile(source: string): string {
  const jsc = { target: 'es2023', parser: { syntax: 'typescript' } } as const;
  return transformSync(source, { jsc, module: { type: 'commonjs' } }).code;
}
