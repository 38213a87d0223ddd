import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type InstallOptions, installedFiles } from './wrapper.js';

/**
 * Writes the plugin's wrapper and its network configuration. The configuration comes last: a runtime that sees it finds
 * the plugin. Each file appears whole, under a name of its own first.
 */
export async function installPlugin(options: InstallOptions): Promise<void> {
  for (const file of installedFiles(options)) {
    await mkdir(dirname(file.path), { recursive: true });
    const temporary = `${file.path}.new`;
    await writeFile(temporary, file.content);
    await chmod(temporary, file.mode);
    await rename(temporary, file.path);
  }
}
