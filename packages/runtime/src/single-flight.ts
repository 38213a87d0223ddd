/** Callers who ask for the same key while a call for it is under way share that call and its outcome. */
export class SingleFlight<Key, Value> {
  private readonly flights = new Map<Key, Promise<Value>>();

  run(key: Key, task: () => Promise<Value>): Promise<Value> {
    const underWay = this.flights.get(key);
    if (underWay !== undefined) return underWay;
    const flight = task().finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  /** Keys with a call under way. */
  get size(): number {
    return this.flights.size;
  }
}
