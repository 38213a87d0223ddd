import { LabError } from '../lab-error.js';

/** A network configuration list, as a runtime reads it (CNI specification 1.1.0, section 1). */
export interface NetworkList {
  readonly cniVersion: string;
  readonly name: string;
  readonly plugins: readonly PluginConfig[];
}

export interface PluginConfig {
  readonly type: string;
  readonly capabilities?: Readonly<Record<string, boolean>>;
  readonly [key: string]: unknown;
}

/** What the runtime knows and a plugin may ask for by capability, for example `portMappings`. */
export type RuntimeConfig = Readonly<Record<string, unknown>>;

/** @throws LabError `invalid-input` */
export function parseNetworkList(text: string): NetworkList {
  const list = parseJson(text) as Partial<NetworkList> | undefined;
  const { cniVersion, name, plugins } = list ?? {};
  if (typeof cniVersion !== 'string' || typeof name !== 'string' || !Array.isArray(plugins)) {
    throw new LabError('invalid-input', `conflist: expected cniVersion, name and plugins, got '${text.slice(0, 80)}'`);
  }
  return { cniVersion, name, plugins: plugins as readonly PluginConfig[] };
}

/**
 * What one plugin of the list gets on its standard input: its own part, with the list's version and name, the runtime's
 * values for the capabilities that it declares, and the result of those before it (CNI specification 1.1.0, section 4).
 */
export function pluginInput(
  list: NetworkList,
  plugin: PluginConfig,
  call: { readonly runtimeConfig?: RuntimeConfig; readonly prevResult?: unknown },
): string {
  const { capabilities = {}, ...own } = plugin;
  const runtimeConfig = Object.fromEntries(
    Object.entries(call.runtimeConfig ?? {}).filter(([capability]) => capabilities[capability] === true),
  );
  return JSON.stringify({
    ...own,
    cniVersion: list.cniVersion,
    name: list.name,
    ...(Object.keys(runtimeConfig).length === 0 ? {} : { runtimeConfig }),
    ...(call.prevResult === undefined ? {} : { prevResult: call.prevResult }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
