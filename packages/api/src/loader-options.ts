import type { Options } from '@grpc/proto-loader';

/**
 * How messages look as objects: milliseconds as numbers, enums as their names, every field present on the reading side.
 * The generated types follow the flags of the script `generate`, so both must say the same.
 */
export const loaderOptions = {
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
  arrays: true,
  objects: true,
} as const satisfies Options;
