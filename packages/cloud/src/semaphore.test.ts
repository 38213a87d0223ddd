import { Semaphore } from './semaphore.js';

const never = new AbortController().signal;

describe('Semaphore', () => {
  it('gives out its slots, then makes callers wait in order', async () => {
    const semaphore = new Semaphore(1);
    const order: string[] = [];
    const first = await semaphore.take(never);
    const others = ['b', 'c'].map((name) =>
      semaphore.take(never).then((release) => {
        order.push(name);
        release();
      }),
    );
    expect(semaphore.queued).toBe(2);
    expect(order).toEqual([]);
    first();
    await Promise.all(others);
    expect(order).toEqual(['b', 'c']);
  });

  it('lets a caller leave the queue, and passes the slot to the next one', async () => {
    const semaphore = new Semaphore(1);
    const release = await semaphore.take(never);
    const leaving = new AbortController();
    const left = semaphore.take(leaving.signal);
    const stays = semaphore.take(never);
    leaving.abort(new Error('had enough'));
    await expect(left).rejects.toThrow('had enough');
    release();
    await expect(stays).resolves.toBeInstanceOf(Function);
  });

  it('counts a slot once, even if it is given back twice', async () => {
    const semaphore = new Semaphore(1);
    const release = await semaphore.take(never);
    release();
    release();
    await semaphore.take(never);
    void semaphore.take(never);
    expect(semaphore.queued).toBe(1);
  });

  it('takes nothing for a signal that has aborted', async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.take(AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    await expect(semaphore.take(never)).resolves.toBeInstanceOf(Function);
  });

  it('refuses a bound that lets nothing through', () => {
    expect(() => new Semaphore(0)).toThrow('slots: expected an integer >= 1, got 0');
  });
});
