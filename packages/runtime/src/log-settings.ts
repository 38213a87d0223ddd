import { logLevels } from './logger.js';
import { settingsTable } from './settings-table.js';

/** How a process logs: the same settings for every one of them. */
export const logSettings = settingsTable({
  logLevel: {
    kind: 'choice',
    flag: 'log-level',
    env: 'TERWAY_LOG_LEVEL',
    choices: logLevels,
    default: 'info',
    describe: 'lowest level that is logged',
  },
  logFormat: {
    kind: 'choice',
    flag: 'log-format',
    env: 'TERWAY_LOG_FORMAT',
    choices: ['text', 'json'],
    default: 'text',
    describe: 'form of a log line',
  },
});
