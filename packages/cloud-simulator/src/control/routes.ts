import { recordsSince, statsOf } from '../call-log.js';
import { presetNames, presets } from '../presets.js';
import { SimulatorError } from '../simulator-error.js';
import type { ActiveRule } from '../fault-rules.js';
import { doHarm } from '../harms/do-harm.js';
import { jsonFields } from './json-fields.js';
import { streamLinks } from './link-stream.js';
import { parseFaultRule } from './parse-fault-rule.js';
import { parseSeed } from './parse-seed.js';
import type { ControlRequest, Route } from './route.js';
import { trueState } from './true-state.js';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/healthz', handle: ({ cloud }) => ({ ok: cloud.broken.length === 0 }) },
  { method: 'POST', path: '/reset', handle: reset },
  { method: 'POST', path: '/seed', handle: ({ cloud, body }) => cloud.seed(parseSeed(body)) },
  { method: 'GET', path: '/state', handle: ({ cloud }) => trueState(cloud) },
  { method: 'GET', path: '/state/*', handle: statePart },
  {
    method: 'GET',
    path: '/log',
    handle: ({ cloud, query }) =>
      recordsSince(cloud.log, Number(query.get('since') ?? 0), query.get('action') ?? undefined),
  },
  { method: 'GET', path: '/stats', handle: ({ cloud }) => statsOf(cloud.log) },
  { method: 'GET', path: '/faults', handle: ({ cloud }) => cloud.rules.map(ruleJson) },
  { method: 'POST', path: '/faults', handle: addRule },
  { method: 'DELETE', path: '/faults', handle: clearRules },
  { method: 'DELETE', path: '/faults/*', handle: ({ cloud, name }) => ({ removed: cloud.removeRule(name) }) },
  { method: 'POST', path: '/events/*', handle: ({ cloud, name, body }) => doHarm(cloud, name, body ?? {}) },
  { method: 'GET', path: '/clock', handle: clockNow },
  { method: 'POST', path: '/clock', handle: setClock },
  { method: 'GET', path: '/invariants', handle: ({ cloud }) => ({ violations: cloud.violations() }) },
  { method: 'GET', path: '/events/stream', stream: ({ cloud }, response) => streamLinks(cloud, response) },
];

function reset({ cloud, body }: ControlRequest): object {
  const fields = jsonFields(body ?? {}, '', ['seed', 'preset']);
  const preset = fields.given('preset', (name) => fields.choice(name, presetNames)) ?? 'calm';
  cloud.reset(fields.given('seed', fields.number) ?? 1, presets[preset]);
  return {};
}

function statePart({ cloud, name }: ControlRequest): readonly object[] {
  const state = trueState(cloud);
  const part = Object.hasOwn(state, name) ? state[name] : undefined;
  if (!part) throw new SimulatorError('path', `/state/ and one of ${Object.keys(state).join(', ')}`, name);
  return part;
}

function addRule({ cloud, body }: ControlRequest): object {
  const rule = parseFaultRule(body, unusedRuleId(cloud.rules));
  cloud.addRule(rule);
  return { id: rule.id };
}

function unusedRuleId(rules: readonly ActiveRule[]): string {
  const taken = new Set(rules.map(({ rule }) => rule.id));
  let number = 1;
  while (taken.has(`rule-${number}`)) number++;
  return `rule-${number}`;
}

function clearRules({ cloud }: ControlRequest): object {
  cloud.clearRules();
  return {};
}

function ruleJson({ rule, matched, struck }: ActiveRule): object {
  const { id, match, effect, limit } = rule;
  return { id, match, effect, limit, matched, struck };
}

function clockNow({ cloud }: ControlRequest): object {
  return { nowMs: cloud.settle(), speed: cloud.clock.speed };
}

/** `advance` and `set` in milliseconds; the clock never goes back. */
function setClock(request: ControlRequest): object {
  const { clock } = request.cloud;
  const fields = jsonFields(request.body, '', ['advanceMs', 'setMs', 'speed']);
  const speed = fields.given('speed', (name) => fields.number(name, { min: 0, max: 10_000 }));
  const advanceMs = fields.given('advanceMs', (name) => fields.number(name, { min: 0 }));
  const setMs = fields.given('setMs', (name) => fields.number(name, { min: clock.nowMs() }));
  if (speed !== undefined) clock.setSpeed(speed);
  if (advanceMs !== undefined) clock.advance(advanceMs);
  if (setMs !== undefined) clock.advance(Math.max(0, setMs - clock.nowMs()));
  return clockNow(request);
}
