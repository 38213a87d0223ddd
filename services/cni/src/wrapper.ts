/** What an installed plugin consists of, as files: path below the installation folders, content, permission bits. */
export interface InstalledFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

export interface InstallOptions {
  /** The bundled plugin, one JavaScript file. */
  readonly bundlePath: string;
  /** Node binary that runs it. */
  readonly nodePath: string;
  readonly socketPath: string;
  readonly cniBinDir: string;
  readonly cniConfDir: string;
  /** 1.1.0 is opt-in: a runtime that calls STATUS turns a node NotReady when its pool is empty. */
  readonly cniVersion?: '0.4.0' | '1.0.0' | '1.1.0';
}

/** The executable that a container runtime finds, and the network configuration that names it. */
export function installedFiles(options: InstallOptions): readonly InstalledFile[] {
  return [
    { path: `${options.cniBinDir}/terway`, content: wrapperScript(options), mode: 0o755 },
    { path: `${options.cniConfDir}/10-terway.conflist`, content: conflist(options.cniVersion ?? '1.0.0'), mode: 0o644 },
  ];
}

/** Everything that is not the plugin's is quoted for sh: nothing in a path is ever run. */
function wrapperScript({ nodePath, bundlePath, socketPath }: InstallOptions): string {
  return [
    '#!/bin/sh',
    `export TERWAY_CNI_SOCKET=${quoted(socketPath)}`,
    `exec ${quoted(nodePath)} ${quoted(bundlePath)}`,
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function conflist(cniVersion: string): string {
  return `${JSON.stringify({ cniVersion, name: 'terway', plugins: [{ type: 'terway' }] }, undefined, 2)}\n`;
}
