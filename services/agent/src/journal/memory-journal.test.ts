import { randomUUID } from 'node:crypto';
import { describeJournal } from './journal.contract.js';
import { MemoryJournal } from './memory-journal.js';

describe('the journal of tests', () => {
  describeJournal(async () => {
    const journal = new MemoryJournal(randomUUID());
    return { journal, fill: async () => void (journal.full = true) };
  });
});
