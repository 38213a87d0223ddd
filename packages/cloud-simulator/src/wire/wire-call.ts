import type { Params } from '../params.js';

/** One HTTP request to the OpenAPI, taken apart. */
export interface WireCall {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Query and form, decoded, in the order sent. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** Query only: what ACS3 signs. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly action: string;
  readonly version: string;
  /** What is left for the action: without the fields of the signature. */
  readonly params: Params;
}

export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** The old RPC signature keeps these beside the parameters. */
const envelope = new Set([
  'Action',
  'Version',
  'Format',
  'Timestamp',
  'SignatureNonce',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureType',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
]);

/** Takes action and version from the headers, else from the parameters; parameters from query and form. */
export function parseCall({ method, url, headers: given, body }: HttpRequest): WireCall {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), joined(value)]));
  const [path = '/', search = ''] = splitOnce(url, '?');
  const query = decodePairs(search);
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const pairs = isForm ? [...query, ...decodePairs(body)] : query;
  const all = new Map(pairs);
  return {
    method,
    path,
    headers,
    pairs,
    query,
    body,
    action: headers['x-acs-action'] ?? all.get('Action') ?? '',
    version: headers['x-acs-version'] ?? all.get('Version') ?? '',
    params: new Map(pairs.filter(([name]) => !envelope.has(name))),
  };
}

function decodePairs(text: string): (readonly [string, string])[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = splitOnce(pair, '=');
      return [decode(name), decode(value)] as const;
    });
}

/** A stray `%` stands for itself. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + separator.length)];
}

function joined(value: string | readonly string[] | undefined): string {
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
}
