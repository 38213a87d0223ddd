import type { OpsClient } from '@terway/api';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { describeFailure } from './describe-failure.js';
import { leases } from './listings/leases.js';
import type { FilterOption, Listing } from './listings/listing.js';
import { nodes } from './listings/nodes.js';
import { vswitches } from './listings/vswitches.js';
import { renderTable, type TableStyle } from './views/table.js';

export interface CliParts {
  /** @param addresses host:port, several with commas. @throws RangeError for what is none */
  readonly connect: (addresses: string) => OpsClient;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  readonly paint: TableStyle['paint'];
}

/** What the shell is told. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Reads must not hang: an engineer waits for them. */
const deadlineMs = 5_000;

interface CommonOptions {
  readonly address: string;
  readonly output: 'table' | 'json';
}

/** Runs one command line (without the program's name). Never rejects; answers the exit code. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<number> {
  const program = new Command('terway-cli')
    .description('Shows what the IPAM service knows')
    .exitOverride()
    .configureOutput({ writeOut: parts.write, writeErr: parts.writeError });
  let code: number = exitCodes.done;
  const add = <Row, Filter extends string>(listing: Listing<Row, Filter>): void => {
    const command = program.command(listing.name).description(listing.describe);
    for (const [name, filter] of Object.entries<FilterOption>(listing.filters))
      command.addOption(optionOf(name, filter));
    for (const option of commonOptions(parts.env)) command.addOption(option);
    command.action(async (given: CommonOptions & Partial<Record<Filter, string>>) => {
      code = await show(listing, given, parts);
    });
  };
  add(leases);
  add(nodes);
  add(vswitches);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    throw error;
  }
}

async function show<Row, Filter extends string>(
  listing: Listing<Row, Filter>,
  given: CommonOptions & Partial<Record<Filter, string>>,
  parts: CliParts,
): Promise<number> {
  let client: OpsClient | undefined;
  try {
    client = parts.connect(given.address);
    const filter = Object.fromEntries(Object.keys(listing.filters).map((key) => [key, given[key as Filter] ?? '']));
    const rows = await listing.ask(client, filter as Record<Filter, string>, deadlineMs);
    print(listing, rows.toSorted(listing.order), given.output, parts);
    return exitCodes.done;
  } catch (error) {
    parts.writeError(`terway-cli: ${describeFailure(error, given.address)}\n`);
    return error instanceof RangeError ? exitCodes.usage : exitCodes.failed;
  } finally {
    client?.close();
  }
}

function print<Row>(
  { columns, name }: Pick<Listing<Row>, 'columns' | 'name'>,
  rows: readonly Row[],
  output: CommonOptions['output'],
  { nowMs, paint, write, writeError }: CliParts,
): void {
  if (output === 'json') write(`${JSON.stringify(rows, undefined, 2)}\n`);
  else if (rows.length === 0) writeError(`no ${name}\n`);
  else write(renderTable(columns, rows, { nowMs: nowMs(), paint }));
}

function optionOf(name: string, { choices, describe, form, value }: FilterOption): Option {
  const option = new Option(`--${name} <${value}>`, describe);
  if (choices !== undefined) option.choices(choices);
  if (form !== undefined) {
    option.argParser((text) => {
      if (form.test(text)) return text;
      throw new InvalidArgumentError(`Expected ${value}, got '${text}'.`);
    });
  }
  return option;
}

function commonOptions(env: CliParts['env']): Option[] {
  const address = 'the IPAM service, or several of its addresses with commas; variable TERWAY_IPAM';
  return [
    new Option('-o, --output <form>', 'how the answer is written').choices(['table', 'json']).default('table'),
    new Option('--address <host:port>', address).default(env['TERWAY_IPAM'] ?? '127.0.0.1:19650'),
  ];
}
