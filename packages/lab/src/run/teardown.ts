/** What must be undone at the end, in the order in which it was done. */
export class Teardown {
  private readonly steps: { readonly what: string; readonly undo: () => Promise<void> }[] = [];

  add(what: string, undo: () => Promise<void>): void {
    this.steps.push({ what, undo });
  }

  /**
   * Runs every step once, last first, whatever fails.
   * @throws AggregateError of everything that failed
   */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      try {
        await step.undo();
      } catch (cause) {
        failures.push(new Error(`${step.what} was not undone`, { cause }));
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the lab was not removed cleanly');
  }
}
