/** One project per suffix: the suffix of a test file says what it needs. */
const common = {
  rootDir: '.',
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/dist/', '/node_modules/'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    '^@terway/(ipam|agent|cni|console)$': '<rootDir>/services/$1/src',
    '^@terway/(ipam|agent|cni|console)/(.+)$': '<rootDir>/services/$1/src/$2',
    '^@terway/([^/]+)$': '<rootDir>/packages/$1/src',
    '^@terway/([^/]+)/(.+)$': '<rootDir>/packages/$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};

const project = (displayName, testRegex) => ({ displayName, ...common, testRegex });

module.exports = {
  // a loaded machine is no fault of a test; what hangs is told all the same
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/closing-line.cjs'],
  projects: [
    project('unit', '(?<!\\.(property|redis|netns|e2e))\\.test\\.ts$'),
    project('property', '\\.property\\.test\\.ts$'),
    project('redis', '\\.redis\\.test\\.ts$'),
    project('netns', '\\.netns\\.test\\.ts$'),
    project('e2e', '\\.e2e\\.test\\.ts$'),
  ],
};
