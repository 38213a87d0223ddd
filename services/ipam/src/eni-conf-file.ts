import { readFile } from 'node:fs/promises';
import { errorText, type Logger, type Periodic, periodic } from '@terway/runtime';
import { type EniConf, readEniConf } from './eni-conf.js';

/** The file is looked at this often. */
const lookMs = 2_000;

/** `eni_conf` from a file, read anew when it changes; a bad edit keeps the last good one and says what is wrong. */
export class EniConfFile {
  private constructor(
    private readonly path: string,
    private readonly log: Logger,
    private text: string,
    private conf: EniConf,
  ) {}

  /** @throws EniConfError; Error when the file cannot be read */
  static async open(path: string, log: Logger): Promise<EniConfFile> {
    const text = await readFile(path, 'utf8');
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
      report: (error) => this.log.error('eni_conf is kept as it was', { error: errorText(error) }),
    });
  }

  private async look(): Promise<void> {
    const text = await readFile(this.path, 'utf8');
    if (text === this.text) return;
    this.text = text;
    const { conf, warnings } = readEniConf(text);
    this.conf = conf;
    this.log.info('eni_conf has changed and is in use', {});
    for (const warning of warnings) this.log.warn('eni_conf', { warning });
  }
}
