import type { PodAttachment } from '../attachment.js';
import type { Plan } from '../step.js';
import { planPolicyRoute } from './policy-route.js';

export type Planner = (attachment: PodAttachment) => Plan;

/** Ways to give a pod its address, by the name that a node is configured with. A new way is a new file and a row. */
export const planners = { 'policy-route': planPolicyRoute } as const satisfies Record<string, Planner>;

export type DriverName = keyof typeof planners;
