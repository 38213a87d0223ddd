/** The simulator was told something that makes no sense. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
  readonly reason = 'invalid-instruction';

  /** @param field names what was wrong, from the top of the instruction, for example `vSwitches.cidr` */
  constructor(
    readonly field: string,
    readonly expected: string,
    readonly got: unknown,
  ) {
    super(`${field}: expected ${expected}, got ${got === undefined ? 'none' : JSON.stringify(got)}`);
  }
}
