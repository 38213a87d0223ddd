import type { JournalEntry, KeptState } from './journal.js';

/** Version of the form of both kinds of file; what has another is not read. */
const version = 1;

export function renderEntry(entry: JournalEntry): string {
  return `${JSON.stringify({ version, ...entry }, undefined, 1)}\n`;
}

/** Undefined when the text is not whole, or not what this version writes. */
export function parseEntry(text: string): JournalEntry | undefined {
  const value = parseVersioned(text);
  if (value === undefined || !hasTexts(value, ['allocationId', 'netns', 'state'])) return undefined;
  if (typeof value['agentSeq'] !== 'number' || !isObject(value['pod']) || !isOwner(value['owner'])) return undefined;
  if (!isOfState(value)) return undefined;
  return { address: undefined, ...value } as unknown as JournalEntry;
}

export function renderKept(state: KeptState): string {
  return `${JSON.stringify({ version, ...state }, undefined, 1)}\n`;
}

/** Undefined when the text is not whole, or not what this version writes. */
export function parseKept(text: string): KeptState | undefined {
  const value = parseVersioned(text);
  if (value === undefined || !hasTexts(value, ['generation'])) return undefined;
  const { generation, lastAgentSeq, idle, departed, intact } = value as unknown as KeptState;
  if (typeof lastAgentSeq !== 'number' || typeof intact !== 'boolean') return undefined;
  if (!Array.isArray(idle) || !idle.every(isAddress) || !Array.isArray(departed)) return undefined;
  if (!departed.every((item) => isObject(item) && hasTexts(item, ['ip', 'term']))) return undefined;
  return { generation, lastAgentSeq, idle, departed, intact };
}

function isOfState(value: Record<string, unknown>): boolean {
  switch (value['state']) {
    case 'allocating':
      return true;
    case 'wiring':
    case 'wired':
      return isAddress(value['address']) && isObject(value['attachment']);
    case 'releasing':
      return (value['address'] === undefined || isAddress(value['address'])) && isObject(value['releasedAt']);
    default:
      return false;
  }
}

function isOwner(value: unknown): boolean {
  return isObject(value) && hasTexts(value, ['network', 'sandboxId', 'interfaceName']);
}

function isAddress(value: unknown): boolean {
  return isObject(value) && hasTexts(value, ['ip', 'term', 'eniId', 'eniMac', 'vswitchId', 'vswitchCidr', 'gateway']);
}

function parseVersioned(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || value['version'] !== version) return undefined;
    const { version: _, ...rest } = value;
    return rest;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasTexts(value: Record<string, unknown>, fields: readonly string[]): boolean {
  return fields.every((field) => typeof value[field] === 'string');
}
