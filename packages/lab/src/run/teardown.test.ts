import { Teardown } from './teardown.js';

it('undoes everything in reverse order, whatever fails, and once', async () => {
  const undone: string[] = [];
  const teardown = new Teardown();
  for (const what of ['fabric', 'service', 'agent']) {
    teardown.add(what, () => {
      undone.push(what);
      return what === 'service' ? Promise.reject(new Error('hangs')) : Promise.resolve();
    });
  }

  await expect(teardown.run()).rejects.toMatchObject({
    errors: [expect.objectContaining({ message: 'service was not undone' })],
  });
  await teardown.run();
  expect(undone).toEqual(['agent', 'service', 'fabric']);
});
