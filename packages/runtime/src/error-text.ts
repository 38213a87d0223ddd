/** What an error says, with all its causes and parts, in one line: `a did not start: connect ECONNREFUSED`. */
export function errorText(error: unknown): string {
  return textOf(error, new Set()).replaceAll(/\s*[\r\n]\s*/g, ' ');
}

function textOf(error: unknown, seen: Set<unknown>): string {
  if (!(error instanceof Error)) return String(error);
  if (seen.has(error)) return error.message;
  seen.add(error);
  const parts = error instanceof AggregateError ? error.errors.map((part) => textOf(part, seen)).join('; ') : '';
  const cause = error.cause === undefined ? '' : textOf(error.cause, seen);
  return [error.message || error.name, parts, cause].filter((text) => text !== '').join(': ');
}
