/** What every setting says of itself, whatever its kind. */
interface Described {
  /** Without the dashes: `lease-ttl`. */
  readonly flag: string;
  readonly env: `TERWAY_${string}`;
  /** One sentence without a full stop, for `--help`. */
  readonly describe: string;
}

/** Without a default a setting must be given, unless it is optional: then it may stay undefined. */
interface WithDefault<T> extends Described {
  readonly default?: T;
  readonly optional?: true;
}

interface Bounded extends WithDefault<number> {
  readonly min?: number;
  readonly max?: number;
}

export type Setting =
  | (WithDefault<string> & { readonly kind: 'string'; /** Never printed. */ readonly secret?: true })
  | (Bounded & { readonly kind: 'int'; /** What is counted, for example `calls/s`. */ readonly unit?: string })
  /** Milliseconds, or a number with `ms`, `s`, `m` or `h`. */
  | (Bounded & { readonly kind: 'durationMs' })
  | (Described & { readonly kind: 'bool'; readonly default: boolean })
  | (WithDefault<string> & { readonly kind: 'url'; /** Without the colon. */ readonly schemes: readonly string[] })
  /** Separated by commas. */
  | (WithDefault<readonly string[]> & { readonly kind: 'list' })
  | (WithDefault<string> & { readonly kind: 'choice'; readonly choices: readonly string[] });

export type SettingsTable = Readonly<Record<string, Setting>>;

type ValueOf<S extends Setting> = S extends { readonly kind: 'choice'; readonly choices: readonly (infer C)[] }
  ? C
  : S extends { readonly kind: 'int' | 'durationMs' }
    ? number
    : S extends { readonly kind: 'bool' }
      ? boolean
      : S extends { readonly kind: 'list' }
        ? readonly string[]
        : string;

export type SettingsOf<Table extends SettingsTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly optional: true }
    ? ValueOf<Table[Name]> | undefined
    : ValueOf<Table[Name]>;
};

/** Keeps the literal types of a table, so that `SettingsOf` knows its choices. */
export function settingsTable<const Table extends SettingsTable>(table: Table): Table {
  return table;
}
