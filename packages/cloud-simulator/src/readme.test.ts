import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { effects } from './effects/effects.js';
import { harms } from './harms/do-harm.js';

describe('the README', () => {
  const text = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const named = (heading: string): readonly string[] => {
    const rows = (text.split(`## ${heading}\n`)[1] ?? '').split('\n## ')[0]?.matchAll(/^\| (`.*?) \|/gm) ?? [];
    return [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)).toSorted();
  };

  it('lists every effect and nothing else', () => {
    expect(named('Effects of rules')).toEqual(Object.keys(effects).toSorted());
  });

  it('lists every harm and nothing else', () => {
    expect(named('Harm')).toEqual(Object.keys(harms).toSorted());
  });
});
