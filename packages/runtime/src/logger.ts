import { jsonLine, type LogFields, type LogLevel, type LogRecord, logfmtLine } from './log-line.js';

/** From the most to the least talkative; a logger prints its own level and those after it. */
export const logLevels = ['debug', 'info', 'warning', 'error'] as const satisfies readonly LogLevel[];

/** A message is a constant; what varies goes into the fields. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: 'text' | 'json';
  readonly nowMs: () => number;
  /** Gets one whole line with its newline per call. */
  readonly write: (line: string) => void;
}

export function createLogger(options: LoggerOptions, inherited: LogFields = {}): Logger {
  const { format, nowMs, write } = options;
  const lowest = logLevels.indexOf(options.level);
  const render: (record: LogRecord) => string = format === 'json' ? jsonLine : logfmtLine;

  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (logLevels.indexOf(level) < lowest) return;
      write(`${render({ level, message, fields: { ...inherited, ...fields }, nowMs: nowMs() })}\n`);
    };

  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warning'),
    error: at('error'),
    child: (fields) => createLogger(options, { ...inherited, ...fields }),
  };
}

/** A logger that prints nothing. */
export const silentLogger: Logger = createLogger({
  level: 'error',
  format: 'text',
  nowMs: () => 0,
  write: () => undefined,
});
