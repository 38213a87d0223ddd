import { findAction } from './actions/find-action.js';
import { logCall } from './call-log.js';
import { waitFor } from './clock.js';
import { CloudError, cloudError } from './cloud-error.js';
import { sample } from './distribution.js';
import { strikeOn, subjectOf } from './fault-rules.js';
import { newRequestId } from './ids.js';
import { required } from './params.js';
import type { SimulatedCloud } from './simulated-cloud.js';
import type { Strike } from './strike.js';
import { admit } from './throttle.js';
import { authenticate, type Doorman } from './wire/authenticate.js';
import { type Ending, errorReply, jsonReply, type Reply } from './wire/ending.js';
import type { WireCall } from './wire/wire-call.js';

export interface Caller {
  readonly doorman: Doorman;
  /** Real Unix milliseconds, for signatures. */
  readonly realNowMs: number;
}

/** What is known of a call when it ends. */
interface Course {
  accessKeyId: string;
  strike: (Strike & { readonly ruleId: string }) | undefined;
  code: string;
  reply: Reply;
  readonly requestId: string;
}

/** No answer of the cloud has this status: the simulator itself is at fault. */
const brokenStatus = 599;

/**
 * One call from its arrival to its end, in the order in which the real gateway goes about it. A caller that hangs up
 * changes nothing: what was begun is done in its own time.
 */
export async function serve(cloud: SimulatedCloud, call: WireCall, caller: Caller): Promise<Ending> {
  const beganAtMs = cloud.clock.nowMs();
  const requestId = newRequestId(cloud.world.random.requests);
  const course: Course = {
    accessKeyId: '',
    strike: undefined,
    code: '',
    reply: jsonReply(200, {}, requestId),
    requestId,
  };
  const ending = await follow(cloud, call, caller, course);
  logCall(cloud.log, {
    atMs: beganAtMs,
    action: call.action,
    accessKeyId: course.accessKeyId,
    requestId,
    params: Object.fromEntries(call.params),
    ending: ending.kind,
    status: course.reply.status,
    code: course.code,
    latencyMs: cloud.clock.nowMs() - beganAtMs,
    ruleId: course.strike?.ruleId ?? '',
  });
  return cloud.broken.length > 0 ? jsonReply(brokenStatus, { Violations: cloud.broken }, requestId) : ending;
}

async function follow(cloud: SimulatedCloud, call: WireCall, caller: Caller, course: Course): Promise<Ending> {
  try {
    return await carry(cloud, call, caller, course);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    course.code = error.code;
    course.reply = errorReply(error, call.headers['host'] ?? '', course.requestId);
    return course.reply;
  }
}

async function carry(cloud: SimulatedCloud, call: WireCall, caller: Caller, course: Course): Promise<Ending> {
  const { clock, world } = cloud;
  const action = findAction(call.action, call.version);
  if (!action) throw cloudError('InvalidAction.NotFound', `"${call.action}" of version "${call.version}".`);
  course.accessKeyId = authenticate(caller.doorman, call, caller.realNowMs);
  if (action.needsRegion && required(call.params, 'RegionId') !== world.regionId) {
    throw cloudError('InvalidRegionId.NotFound');
  }
  if (!admit(cloud.throttle, world.knobs.throttle, action.name, clock.nowMs())) {
    throw cloudError(world.knobs.throttle.code);
  }
  const subject = subjectOf(world, action.name, course.accessKeyId, call.params);
  const strike = strikeOn(cloud.rules, subject, clock.nowMs(), world.random.faults);
  course.strike = strike;

  const latencyMs = latencyOf(cloud, action.name);
  const beforeMs = latencyMs * world.knobs.latencyBeforeCommit;
  await waitFor(clock, beforeMs + (strike?.holdBeforeMs ?? 0));
  if (strike?.before instanceof CloudError) throw strike.before;
  if (strike?.before) return strike.before;

  const afterMs = latencyMs - beforeMs + (strike?.holdAfterMs ?? 0);
  const answeredAtMs = clock.nowMs() + afterMs;
  const answer = cloud.execute(action, call.params, { answeredAtMs, twist: strike?.twist ?? {} });
  course.reply = jsonReply(200, answer, course.requestId);

  await waitFor(clock, afterMs);
  return strike?.after?.(course.reply) ?? course.reply;
}

/** With a standing clock a call takes no time: nobody could make it end but another call. */
function latencyOf({ clock, world }: SimulatedCloud, action: string): number {
  const { latency } = world.knobs;
  return clock.speed === 0 ? 0 : sample(latency[action] ?? latency.default, world.random.latency);
}
