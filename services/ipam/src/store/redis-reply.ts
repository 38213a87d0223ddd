/** A reply that is a list of texts, as every list of ours is. @throws TypeError for any other */
export function textsIn(reply: unknown): readonly string[] {
  if (Array.isArray(reply) && reply.every((item) => typeof item === 'string')) return reply;
  throw new TypeError(`reply of Redis: expected a list of texts, got ${JSON.stringify(reply)}`);
}

/** Pairs as HGETALL answers them. */
export function fieldsIn(reply: unknown): Map<string, string> {
  const rows = textsIn(reply);
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < rows.length; i += 2) fields.set(rows[i] ?? '', rows[i + 1] ?? '');
  return fields;
}
