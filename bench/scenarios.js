const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const {
  otherTag,
  writeAttached,
  writeConfig,
  writeKustomization,
  writeList,
  writeOverlays,
  writeProven,
  writeRendered,
  writeStream,
} = require('./inputs');

const node = process.execPath;
const script = (name) => path.join(__dirname, name);

/** Where what has been measured is too slow to measure often. */
const slow = 3000;

const constructs = {
  sizes: [1000, 3000, 10_000],
  variants({ size, folder, lib }) {
    const at = (name) => path.join(folder, name);
    const ours = { command: node, args: [script('constructs.js'), lib, String(size), at('ours')], clean: [at('ours')] };
    execFileSync(node, ours.args);
    writeRendered(at('ours'), at('rendered.json'));
    fs.cpSync(at('ours'), at('kustomized'), { recursive: true });
    writeKustomization(at('kustomized'));
    const stock = (kind) => ({
      command: node,
      args: [script('stock.js'), kind, String(size), at('stock')],
      clean: [at('stock')],
      atMost: size >= slow ? 2 : undefined,
    });
    return [
      { name: 'image-pull, from constructs', ...ours },
      {
        name: 'bare writing of the same bytes',
        command: node,
        args: [script('reference-write.js'), at('rendered.json'), at('bare')],
        clean: [at('bare')],
      },
      ...(size <= slow ? [{ name: 'stock cdk8s, chart per namespace', ...stock('charts') }] : []),
      { name: 'stock cdk8s, one chart', ...stock('chart') },
      ...(size <= slow ? kustomize(at('kustomized'), size) : []),
    ];
  },
  bars(results) {
    const of = timesOf(results, 'image-pull, from constructs');
    const against = (name, size) => timesOf(results, name)(size) / of(size);
    return [
      {
        what: '10,000: times bare writing',
        value: 1 / against('bare writing of the same bytes', 10_000),
        limit: 3,
        unit: 'x',
      },
      { what: '10,000 against 1,000', value: of(10_000) / of(1000), limit: 11, unit: 'x' },
      {
        what: '3,000: faster than stock cdk8s',
        value: against('stock cdk8s, chart per namespace', 3000),
        limit: 30,
        unit: 'x',
        atLeast: true,
      },
      {
        what: '3,000: faster than kustomize build',
        value: against('kustomize build', 3000),
        limit: 100,
        unit: 'x',
        atLeast: true,
      },
      {
        what: '10,000: peak',
        value: results.get(10_000)?.['image-pull, from constructs']?.megabytes,
        limit: 500,
        unit: ' MB',
      },
    ];
  },
};

/** A run of synth beside a bare script that reads and parses the same manifests and writes the same bytes. */
const synth = (ours, write = ({ folder, size }) => writeConfig(folder, size)) => ({
  sizes: [1000, 3000, 10_000],
  variants({ size, folder, lib }) {
    const at = (name) => path.join(folder, name);
    write({ folder, size, lib });
    const read = ['apps', 'sealed'].map(at).filter(fs.existsSync).join(path.delimiter);
    const command = { command: node, args: [path.join(lib, 'cli', 'bin.js'), 'synth'], cwd: folder };
    execFileSync(node, command.args, { cwd: folder, stdio: 'ignore' });
    writeRendered(at('dist'), at('rendered.json'));
    return [
      { name: 'image-pull synth', ...command, ...ours(folder) },
      {
        name: 'bare reading, parsing and writing',
        command: node,
        args: [script('reference-parse.js'), read, at('rendered.json'), at('bare')],
        clean: [at('bare')],
      },
    ];
  },
  bars(results) {
    const of = timesOf(results, 'image-pull synth');
    const bare = timesOf(results, 'bare reading, parsing and writing');
    return [
      {
        what: '10,000: times bare reading, parsing and writing',
        value: of(10_000) / bare(10_000),
        limit: 0.6,
        unit: 'x',
      },
      { what: '10,000 against 1,000', value: of(10_000) / of(1000), limit: 11, unit: 'x' },
      { what: '10,000: peak', value: results.get(10_000)?.['image-pull synth']?.megabytes, limit: 200, unit: ' MB' },
    ];
  },
});

const config = synth((folder) => ({ clean: [path.join(folder, 'dist')] }));

/** As {@link config}, over the output of the run before, after one manifest has changed. */
const rerun = synth((folder) => ({ prepare: otherTag(folder) }));

/** As {@link config}, with a namespace and its ciphertext for each manifest; the bare script reads both. */
const placing = synth(
  (folder) => ({ clean: [path.join(folder, 'dist')] }),
  ({ folder, size, lib }) => {
    const cluster = '    sealing: { certificate: sealing.pem }\n';
    writeConfig(folder, size, { cluster, source: 'sealed: {}', each: 1 });
    makeCertificate(folder);
    const argv = ['seal', 'ghcr-pull', '--username', 'robot', '--password-stdin'];
    execFileSync(node, [path.join(lib, 'cli', 'bin.js'), ...argv], {
      cwd: folder,
      input: 'made-up-password',
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  },
);

/** The certificate of a controller, made by openssl. */
function makeCertificate(folder) {
  const certificate = path.join(folder, 'sealing.pem');
  const subject = ['-x509', '-newkey', 'rsa:4096', '-nodes', '-days', '3650', '-subj', '/CN=sealed-secrets'];
  const out = ['-keyout', path.join(folder, 'key.pem'), '-out', certificate];
  execFileSync('openssl', ['req', ...subject, ...out], { stdio: 'ignore' });
  return certificate;
}

/** Overlays of kustomize, which must be on PATH: rendered, from the cache, and read as they were rendered. */
const overlays = {
  sizes: [200, 1000],
  variants({ size, folder, lib }) {
    const at = (...names) => path.join(folder, ...names);
    writeOverlays(at('overlays'), at('rendered'), size);
    const synth = { command: node, args: [path.join(lib, 'cli', 'bin.js'), 'synth'] };
    const env = { XDG_CACHE_HOME: at('cache') };
    const each = `kustomize build overlays/apps/overlays/"$1" > rendered/apps/"$1".yaml`;
    return [
      {
        name: 'the renderer by xargs -P',
        command: 'sh',
        args: ['-c', `ls overlays/apps/overlays | xargs -P ${os.availableParallelism()} -n 1 sh -c '${each}' -`],
        cwd: folder,
        atMost: 2,
      },
      { name: 'image-pull synth, first run', ...synth, cwd: at('overlays'), env, clean: [at('cache')], atMost: 2 },
      { name: 'image-pull synth, second run', ...synth, cwd: at('overlays'), env },
      { name: 'image-pull synth of rendered files', ...synth, cwd: at('rendered'), env },
    ];
  },
  bars(results) {
    const of = (name) => timesOf(results, name)(1000);
    return [
      {
        what: '1,000: first run, times the renderer',
        value: of('image-pull synth, first run') / of('the renderer by xargs -P'),
        limit: 1.15,
        unit: 'x',
      },
      {
        what: '1,000: second run, times rendered files',
        value: of('image-pull synth, second run') / of('image-pull synth of rendered files'),
        limit: 1.5,
        unit: 'x',
      },
    ];
  },
};

/** One file of many objects. */
const list = {
  sizes: [30_000],
  variants({ size, folder, lib }) {
    writeList(folder, size);
    const args = [path.join(lib, 'cli', 'bin.js'), 'synth'];
    return [
      { name: 'image-pull synth', command: node, args, cwd: folder, clean: [path.join(folder, 'dist')], atMost: 2 },
    ];
  },
  bars(results) {
    const peak = results.get(30_000)?.['image-pull synth']?.megabytes;
    return [{ what: '30,000: peak', value: peak, limit: 500, unit: ' MB' }];
  },
};

/** One file of many documents, as a renderer prints them. */
const stream = {
  sizes: [3000, 30_000],
  variants({ size, folder, lib }) {
    writeStream(folder, size);
    const args = [path.join(lib, 'cli', 'bin.js'), 'synth'];
    return [{ name: 'image-pull synth', command: node, args, cwd: folder, clean: [path.join(folder, 'dist')] }];
  },
  bars(results) {
    const of = timesOf(results, 'image-pull synth');
    return [{ what: '30,000 against 3,000', value: of(30_000) / of(3000), limit: 11, unit: 'x' }];
  },
};

const attach = {
  sizes: [1000, 3000, 10_000],
  variants({ size, folder, lib }) {
    const prepare = writeAttached(folder, size);
    return [
      {
        name: 'image-pull attach',
        command: node,
        args: [path.join(lib, 'cli', 'bin.js'), 'attach'],
        cwd: folder,
        prepare,
      },
      {
        name: 'bare reading and parsing',
        command: node,
        args: [script('reference-parse.js'), path.join(folder, 'apps')],
      },
    ];
  },
  bars(results) {
    const of = timesOf(results, 'image-pull attach');
    const bare = timesOf(results, 'bare reading and parsing');
    return [
      { what: '10,000: times bare reading and parsing', value: of(10_000) / bare(10_000), limit: 2, unit: 'x' },
      { what: '10,000 against 1,000', value: of(10_000) / of(1000), limit: 11, unit: 'x' },
    ];
  },
};

/** The proof of files with a Secret, an account and a Deployment each, beside a bare script that reads and parses them. */
const verify = {
  sizes: [1000, 10_000],
  variants({ size, folder, lib }) {
    writeProven(folder, size);
    const apps = path.join(folder, 'apps');
    const isThere = spawnSync('kubeconform', ['-v']).status === 0;
    // It fetches schemas for each run; without a network it waits for them. A template of paths keeps both out of the time.
    const { KUBECONFORM_SCHEMAS: location } = process.env;
    const schemas = location === undefined ? ['-ignore-missing-schemas'] : ['-schema-location', location];
    return [
      {
        name: 'image-pull verify',
        command: node,
        args: [path.join(lib, 'cli', 'bin.js'), 'verify', 'apps'],
        cwd: folder,
      },
      { name: 'bare reading and parsing', command: node, args: [script('reference-parse.js'), apps] },
      ...(isThere ? [{ name: 'kubeconform', command: 'kubeconform', args: [...schemas, apps] }] : []),
    ];
  },
  bars(results) {
    const of = timesOf(results, 'image-pull verify');
    const bare = timesOf(results, 'bare reading and parsing');
    const kubeconform = timesOf(results, 'kubeconform');
    return [
      {
        what: '30,000 objects: times bare reading and parsing',
        value: of(10_000) / bare(10_000),
        limit: 0.8,
        unit: 'x',
      },
      { what: '30,000 objects against 3,000', value: of(10_000) / of(1000), limit: 11, unit: 'x' },
      {
        what: '30,000 objects: peak',
        value: results.get(10_000)?.['image-pull verify']?.megabytes,
        limit: 500,
        unit: ' MB',
      },
      ...(kubeconform(10_000) > 0
        ? [{ what: '30,000 objects: times kubeconform', value: of(10_000) / kubeconform(10_000), limit: 1, unit: 'x' }]
        : []),
    ];
  },
};

/** The proof of what five changed files can affect, in a repository of Git, beside starting Node.js. */
const changed = {
  sizes: [1000, 10_000],
  variants({ size, folder, lib }) {
    writeProven(folder, size);
    const config = 'registries: { ghcr: { preset: ghcr, path: acme }, quay: { host: quay.io } }';
    fs.writeFileSync(
      path.join(folder, 'image-pull.yaml'),
      `version: 1\n${config}\nclusters: { prod: { workloads: [apps] } }\n`,
    );
    const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
    git('init');
    git('add', '--all');
    git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '-m', 'before');
    const files = [1, 2, 3, 4, 5].map((index) => path.join('apps', `team-${index}`, `app-${index * 5}.yaml`));
    for (const file of files) {
      const full = path.join(folder, file);
      fs.writeFileSync(full, fs.readFileSync(full, 'utf8').replaceAll('v1.2.3', 'v1.2.4'));
    }
    const bin = path.join(lib, 'cli', 'bin.js');
    return [
      { name: 'verify --changed', command: node, args: [bin, 'verify', '--changed', ...files], cwd: folder },
      { name: 'verify --since', command: node, args: [bin, 'verify', '--since', 'HEAD'], cwd: folder },
      { name: 'node -e 0', command: node, args: ['-e', '0'] },
    ];
  },
  bars(results) {
    const value = timesOf(results, 'verify --changed')(10_000) - timesOf(results, 'node -e 0')(10_000);
    return [{ what: '5 of 10,000 files: more than node -e 0', value, limit: 500, unit: ' ms' }];
  },
};

const references = {
  sizes: [10_000, 100_000],
  variants: ({ size, lib }) => [
    { name: 'reading image references', command: node, args: [script('references.js'), lib, String(size)] },
  ],
  bars(results) {
    const of = timesOf(results, 'reading image references');
    return [{ what: '100,000 against 10,000', value: of(100_000) / of(10_000), limit: 11, unit: 'x' }];
  },
};

/** Strict scope: an RSA-4096 and an AES operation for each namespace. */
const sealing = {
  sizes: [1000],
  variants({ size, folder, lib }) {
    const certificate = makeCertificate(folder);
    const run = (way) => ({ command: node, args: [script('sealing.js'), lib, String(size), way, certificate] });
    return [
      { name: 'sealing for each namespace', ...run('ours') },
      { name: "Node.js' own operations", ...run('bare') },
    ];
  },
  bars(results) {
    const of = (name) => timesOf(results, name)(1000);
    const value = of('sealing for each namespace') / of("Node.js' own operations");
    return [{ what: '1,000: times the bare operations', value, limit: 2, unit: 'x' }];
  },
};

const help = {
  sizes: [''],
  variants: ({ lib }) => [
    { name: 'image-pull --help', command: node, args: [path.join(lib, 'cli', 'bin.js'), '--help'] },
    { name: 'node -e 0', command: node, args: ['-e', '0'] },
  ],
  bars(results) {
    const of = (name) => timesOf(results, name)('');
    return [{ what: 'more than node -e 0', value: of('image-pull --help') - of('node -e 0'), limit: 25, unit: ' ms' }];
  },
};

/** kustomize itself, or the one in kubectl. It takes minutes where this package takes a second: one round is enough. */
function kustomize(folder, size) {
  const programs = [
    ['kustomize', ['version'], ['build', folder]],
    ['kubectl', ['version', '--client'], ['kustomize', folder]],
  ];
  const found = programs.find(([command, version]) => spawnSync(command, version).status === 0);
  if (found === undefined) return [];
  return [{ name: 'kustomize build', command: found[0], args: found[2], atMost: size >= slow ? 1 : 2 }];
}

function timesOf(results, name) {
  return (size) => results.get(size)?.[name]?.milliseconds ?? Number.NaN;
}

module.exports = {
  scenarios: {
    constructs,
    config,
    rerun,
    overlays,
    list,
    stream,
    attach,
    verify,
    changed,
    references,
    sealing,
    placing,
    help,
  },
};
