import type { CloudError } from '../cloud-error.js';

/** How a call ends for its caller. */
export type Ending =
  | Reply
  /** Only so many bytes of the body arrive, then the connection breaks. */
  | { readonly kind: 'truncated'; readonly reply: Reply; readonly bytes: number }
  /** The body arrives at this speed. */
  | { readonly kind: 'drip'; readonly reply: Reply; readonly bytesPerSecond: number }
  /** The connection breaks without an answer. */
  | { readonly kind: 'reset' }
  /** Nothing ever comes. */
  | { readonly kind: 'silence' };

export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const jsonType = 'application/json;charset=utf-8';

export function jsonReply(status: number, body: Readonly<Record<string, unknown>>, requestId: string): Reply {
  return {
    kind: 'reply',
    status,
    headers: { 'content-type': jsonType, 'x-acs-request-id': requestId },
    body: JSON.stringify({ RequestId: requestId, ...body }),
  };
}

/** The cloud's no, as every OpenAPI product writes it. */
export function errorReply(error: CloudError, host: string, requestId: string): Reply {
  const { code, status, message } = error;
  const denied = code.startsWith('Forbidden') ? { AccessDeniedDetail: { NoPermissionType: 'ImplicitDeny' } } : {};
  return jsonReply(
    status,
    {
      HostId: host,
      Code: code,
      Message: message,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${code}`,
      ...denied,
    },
    requestId,
  );
}
