export { installPlugin } from './install.js';
export { installedFiles, type InstalledFile, type InstallOptions } from './wrapper.js';
export { type CniAnswer, type CniMessage } from './message.js';
