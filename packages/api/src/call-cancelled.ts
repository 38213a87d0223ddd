/** The reason of a call's signal when its client cancelled or went away. */
export class CallCancelled extends Error {
  override readonly name = 'CallCancelled';

  constructor() {
    super('the client cancelled the call');
  }
}
