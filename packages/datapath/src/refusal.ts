import { DatapathError, type DatapathReason } from './errors.js';

/** What the kernel and its tools say, and what it means. The first that fits; everything else is `kernel-refused`. */
const meanings: readonly (readonly [RegExp, DatapathReason])[] = [
  [/^nsenter: (cannot open|reassociate to namespace)/, 'netns-missing'],
  [/Invalid "netns" value/, 'netns-missing'],
  [/Cannot find device|No such device/, 'link-missing'],
];

/** @param line the `ip -batch` line that failed; undefined when it never came to that */
export function refusalOf(kernelText: string, line: string | undefined): DatapathError {
  const reason = meanings.find(([pattern]) => pattern.test(kernelText))?.[1] ?? 'kernel-refused';
  const where = line === undefined ? 'before the first line' : `at "ip ${line}"`;
  return new DatapathError(reason, `${where}: ${kernelText}`, { kernelText, ...(line === undefined ? {} : { line }) });
}
