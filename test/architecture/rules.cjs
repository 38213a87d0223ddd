'use strict';

/** Which code may import which. Read it beside ARCHITECTURE.md; `npm run lint` runs it. */

const testFiles = '/test-[^/]+\\.ts$|\\.test\\.ts$|\\.contract\\.ts$|/model/|-for-tests\\.ts$|/conformance/';
const source = (path) => ({ path, pathNot: testFiles });
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const ownPackage = (path) => ({ path, pathNot: testFiles });

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'Two files that need each other are one file, or hide a third.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    rule('core-is-pure', 'Decisions import nothing: no I/O, no clock, no library.', source('^packages/ipam-core/'), {
      pathNot: '^packages/ipam-core/',
    }),
    rule(
      'one-file-touches-the-kernel',
      'Plans are data; only the runner starts processes.',
      { path: '^packages/datapath/', pathNot: `src/runner\\.ts$|${testFiles}` },
      { pathNot: '^packages/datapath/|^(net|crypto)$' },
    ),
    rule('runtime-needs-nothing', 'What every process needs rests on Node alone.', source('^packages/runtime/'), {
      pathNot: '^packages/runtime/',
      dependencyTypesNot: ['core'],
    }),
    rule(
      'packages-know-no-service',
      'Packages are what services are built of.',
      { path: '^packages/' },
      {
        path: '^services/',
      },
    ),
    rule(
      'services-meet-on-the-wire',
      'A service reaches another one over its protocol only.',
      { path: '^services/([^/]+)/' },
      { path: '^services/', pathNot: '^services/$1/' },
    ),
    rule(
      'the-plugin-is-small',
      'The CNI plugin starts for every pod: Node built-ins only.',
      ownPackage('^services/cni/'),
      {
        pathNot: '^services/cni/',
        dependencyTypesNot: ['core'],
      },
    ),
    rule(
      'main-picks-adapters',
      'Everything but the composition root knows the port, not the product behind it.',
      {
        path: '^(packages|services)/',
        pathNot: `main\\.ts$|open-store\\.ts$|/(redis|level|alibaba|file)-[^/]+\\.ts$|${testFiles}`,
      },
      { path: '/(redis|level|alibaba|file)-[^/]+\\.[tj]s$', pathNot: 'alibaba-errors' },
    ),
    rule(
      'the-simulator-is-not-for-production',
      'Only tests and the lab run a simulated cloud.',
      source('^(services|packages/(?!lab|cloud-simulator))'),
      {
        path: '^packages/cloud-simulator/',
      },
    ),
    rule(
      'declared',
      'What a workspace imports stands in its package.json.',
      { pathNot: testFiles },
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
      },
    ),
  ],
  options: {
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules|/dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
    exclude: { path: '/generated/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
