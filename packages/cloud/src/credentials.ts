/** What signs a call. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Only with temporary (STS) credentials. */
  readonly securityToken?: string;
}

/** Where credentials come from. Asked before every call, so that rotated credentials count from the next call on. */
export interface CredentialSource {
  /** Named to the cloud in the header `x-acs-credentials-provider`, for example `static_ak`. */
  readonly name: string;
  /** @throws CredentialsError */
  current(): Promise<Credentials>;
}

/** There is nothing to sign with, so nothing was sent. The message never holds a secret. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';

  constructor(
    readonly reason: 'unreadable' | 'malformed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An access key, or temporary credentials, as given. @throws CredentialsError `malformed` */
export function staticCredentials(given: Credentials): CredentialSource {
  const credentials = checkedCredentials(given, 'credentials');
  return {
    name: credentials.securityToken === undefined ? 'static_ak' : 'static_sts',
    current: () => Promise.resolve(credentials),
  };
}

/** `where` names the place in the message. @throws CredentialsError `malformed` */
export function checkedCredentials(given: Partial<Credentials>, where: string): Credentials {
  const { accessKeyId, accessKeySecret, securityToken } = given;
  if (!accessKeyId || !accessKeySecret) {
    const missing = accessKeyId ? 'access key secret' : 'access key id';
    throw new CredentialsError('malformed', `${where}: ${missing}: expected a non-empty string, got nothing`);
  }
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}
