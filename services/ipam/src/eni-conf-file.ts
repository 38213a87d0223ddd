import { readFile } from 'node:fs/promises';
import { errorText, type Logger, type Periodic, periodic } from '@terway/runtime';
import { type EniConf, EniConfError, readEniConf } from './eni-conf.js';

/** The file is looked at this often. */
const lookMs = 2_000;

/** `eni_conf` from a file, read anew when it changes; a bad edit keeps the last good one and says what is wrong. */
export class EniConfFile {
  /** Why the file could not be read at the last look: said once, not at every look. */
  private unreadable = '';

  private constructor(
    private readonly path: string,
    private readonly log: Logger,
    private text: string,
    private conf: EniConf,
  ) {}

  /** @throws EniConfError, also when the file cannot be read */
  static async open(path: string, log: Logger): Promise<EniConfFile> {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new EniConfError([`expected a file that can be read, got ${errorText(error)}`]);
    });
    const { conf, warnings } = readEniConf(text);
    for (const warning of warnings) log.warn('eni_conf', { warning });
    return new EniConfFile(path, log, text, conf);
  }

  get current(): EniConf {
    return this.conf;
  }

  /** Looks at the file while it runs. */
  watching(): Periodic {
    return periodic({
      name: 'eni-conf',
      intervalMs: lookMs,
      task: () => this.look(),
      report: (error) => this.complain(errorText(error)),
    });
  }

  private async look(): Promise<void> {
    const text = await readFile(this.path, 'utf8');
    this.unreadable = '';
    if (text === this.text) return;
    this.text = text;
    const { conf, warnings } = readEniConf(text);
    this.conf = conf;
    this.log.info('eni_conf has changed and is in use', {});
    for (const warning of warnings) this.log.warn('eni_conf', { warning });
  }

  private complain(problem: string): void {
    if (problem === this.unreadable) return;
    this.unreadable = problem;
    this.log.error('eni_conf is kept as it was', { error: problem });
  }
}
