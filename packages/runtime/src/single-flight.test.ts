import { SingleFlight } from './single-flight.js';

describe('single flight', () => {
  it('shares one call among those who ask while it lasts', async () => {
    const flights = new SingleFlight<string, number>();
    let calls = 0;
    const ask = () => flights.run('vsw-1', async () => ++calls);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(2);
  });

  it('keeps keys apart', async () => {
    const flights = new SingleFlight<string, string>();
    const ask = (key: string) => flights.run(key, async () => key);
    expect(await Promise.all([ask('a'), ask('b')])).toEqual(['a', 'b']);
    expect(flights.size).toBe(0);
  });

  it('shares a failure, and tries again afterwards', async () => {
    const flights = new SingleFlight<string, string>();
    const fail = () => flights.run('a', () => Promise.reject(new Error('no')));
    const results = await Promise.allSettled([fail(), fail()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await flights.run('a', async () => 'yes')).toBe('yes');
  });
});
