// Writes what is derived from the code: the JSON Schema, docs/config.md, docs/errors.md, and tables and YAML in other docs.
// `npm run docs` after a change; a test compares the files with what this gives.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const { problemCodes } = require('../lib/model/problem/problem-codes.js');
const { verifiedCodes } = require('../lib/app/verified-codes.js');
const { compatibilityRules } = require('../lib/model/vocabulary/compatibility.js');
const { Registry } = require('../lib/model/registry/registry.js');
const { registryTable } = require('../lib/model/registry/registry-table.js');
const { generatorKinds } = require('../lib/model/vocabulary/generators.js');
const { podKinds } = require('../lib/model/inventory/pod-kinds.js');
const { argocdHealthChecks, argocdHealthKey } = require('../lib/gitops/argocd-health.js');
const { accountHealthExprs, ignoreDockercfg } = require('../lib/gitops/openshift-accounts.js');
const { toYaml } = require('../lib/yaml/yaml.js');
const { configPage } = require('./config-page.js');
const { cell, generated } = require('./markdown.js');
const { vocabularySchema } = require('./vocabulary-schema.js');

function errors() {
  const sections = { error: 'Errors', stop: 'Stops', finding: 'Findings', warning: 'Warnings' };
  const intro = {
    error: 'Broken input: nothing is written, exit 2.',
    stop: 'The run must not go on by itself: nothing is written, exit 1.',
    finding: 'The answer is incomplete or unsafe: the rest is written, exit 1.',
    warning: 'Worth knowing: exit 0.',
  };
  const parts = Object.entries(sections).map(([severity, title]) => {
    const rows = Object.entries(problemCodes)
      .filter(([, info]) => info.severity === severity)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { cause, mend }]) => `| \`${code}\` | ${cell(cause)} | ${cell(mend)} |`);
    return `## ${title}\n\n${intro[severity]}\n\n| code | cause | mend |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `${generated}\n# Codes\n\nEvery message ends with one of these codes in brackets. What the proof finds stands in
[findings.md](findings.md) with what it is about, and how to suppress it.\n\n${parts.join('\n')}`;
}

const findingsIntro = `# What the proof finds

Each image of each pod is judged as the kubelet would, and every row below is looked for. A \`finding\` makes the run exit
with 1: a pull breaks, or access reaches further than it must. A \`warning\` is worth knowing. All codes, those of other
parts too, are in [errors.md](errors.md).

What is known and accepted is suppressed on the object that the finding is about, with a reason:

\`\`\`yaml
metadata:
  annotations:
    cdk8s-image-pull/ignore: "docker-config-prefix: acme owns all names that begin so; secret-string-data: see ADR 12"
\`\`\`

or in image-pull.yaml, by code and by what else tells the objects apart:

\`\`\`yaml
acknowledge:
  - { code: docker-config-prefix, namespace: "team-*", reason: acme owns all names that begin so }
\`\`\`

An annotation without reason, and one that suppresses nothing, is a finding; so is an entry of \`acknowledge\` that matches
nothing. What is suppressed is counted.
`;

function findings() {
  const rows = [...verifiedCodes]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, about }) => {
      const { severity, cause, mend } = problemCodes[code];
      return `| \`${code}\` | ${severity} | ${about.join(', ')} | ${cell(cause)} | ${cell(mend)} |`;
    });
  const head = '| code | severity | about | why | mend |\n|---|---|---|---|---|';
  return `${generated}\n${findingsIntro}\n${head}\n${rows.join('\n')}\n`;
}

function compatibility() {
  const rows = compatibilityRules.map(({ verdict, reason }) => `| ${verdict} | ${cell(reason)} |`);
  return `| verdict | reason |\n|---|---|\n${rows.join('\n')}\n`;
}

function presets() {
  const samples = {
    gar: { location: 'europe-west1' },
    ecr: { account: '123456789012', region: 'eu-west-1' },
    acr: { name: 'acme' },
    harbor: { host: 'harbor.example.com' },
    artifactory: { host: 'docker.example.com' },
  };
  const rows = registryTable
    .filter(({ preset }) => preset)
    .map(({ preset, title, options = [], username }) => {
      const registry = Registry.of(preset, { preset, ...samples[preset] });
      const host = samples[preset]?.host ? 'host (required)' : 'host';
      return `| \`${preset}\` | ${title} | \`${registry.host}\` | \`${registry.key}\` | ${[host, 'path', ...options].join(', ')} | ${cell(username.convention)} |`;
    });
  return `| preset | registry | host | key | options | user name |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

/** Registries that `init` knows and that need no preset. */
function hosts() {
  const rows = registryTable
    .filter(({ preset }) => !preset)
    .map(({ title, hosts: [host], access = 'private' }) => `| \`${host}\` | ${cell(title)} | ${access} |`);
  return `| host | registry | access |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function generators() {
  const samples = { ecr: { region: 'eu-west-1' }, acr: { registry: 'acme.azurecr.io' }, github: {}, quay: {} };
  const rows = Object.entries(generatorKinds).map(([name, info]) => {
    const times = [info.lifetime, info.refreshInterval, info.copyInterval].map((time) =>
      time.replace(/(?<=[hm])0[ms]/g, ''),
    );
    return `| \`${name}\` | ${info.kind} | \`${info.hostText(samples)}\` | ${info.user} | ${times.join(' | ')} | ${info.references} |`;
  });
  const head =
    'generator | kind | registries | user name | a token lasts | made every | fetched from a hub every | refers to';
  return `| ${head} |\n|${'---|'.repeat(8)}\n${rows.join('\n')}\n`;
}

function kinds() {
  const rows = [...podKinds]
    .map((kind) => [kind.group === '' ? 'core' : (kind.group ?? 'any'), kind.kind, podsOf(kind), listsOf(kind)])
    .sort(([a, b], [c, d]) => (`${a} ${b}` < `${c} ${d}` ? -1 : 1))
    .map(([group, kind, at, lists]) => `| ${group} | ${kind} | \`${cell(at)}\` | ${lists} |`);
  return `| group | kind | where its pods are | where they name pull secrets |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function podsOf({ pods }) {
  return pods.map((pod) => pod.podSpec ?? pod.at ?? 'the object').join(', ') || 'pods of others';
}

/** The paths of names, and whether `attach` leaves them to people. */
function listsOf({ pods, pullSecrets = [] }) {
  const ofPods = pods.flatMap((pod) =>
    (pod.pullSecrets ?? []).map((path) => (path.startsWith('.') ? `${pod.at}${path}` : path)),
  );
  const paths = [...new Set([...pullSecrets, ...ofPods])].map((path) =>
    path.endsWith('[].name') ? `\`${cell(path.slice(0, -'[].name'.length))}\`` : `\`${cell(path)}\`, by hand`,
  );
  const specs = pods.some((pod) => pod.podSpec) ? ['in the pod spec'] : [];
  return [...specs, ...paths].join('; ') || 'nowhere';
}

function yamlBlock(text) {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\`\n`;
}

/** A health check in both of its forms. Written by hand, as our own writer has no block scalars. */
function health(check) {
  const indented = (width) => check.lua.trimEnd().replace(/^(?=.)/gm, ' '.repeat(width));
  const group = check.group === '' ? '' : `      group: ${check.group}\n`;
  const resource = `spec:\n  resourceHealthChecks:\n    - kind: ${check.kind}\n${group}      check: |\n${indented(8)}`;
  return [
    'In the ConfigMap `argocd-cm`:\n',
    yamlBlock(`data:\n  ${argocdHealthKey(check)}: |\n${indented(4)}`),
    'In the `ArgoCD` resource of the OpenShift GitOps operator, which writes that ConfigMap itself:\n',
    yamlBlock(resource),
  ].join('\n');
}

/** Replaces what stands between `<!-- begin NAME -->` and `<!-- end NAME -->`, for each name. */
function insert(file, texts) {
  return Object.entries(texts).reduce(
    (before, [name, text]) => insertOne(file, before, name, text),
    readFileSync(join(root, file), 'utf8'),
  );
}

function insertOne(file, before, name, text) {
  const begin = `<!-- begin ${name} -->\n`;
  const end = `<!-- end ${name} -->`;
  const from = before.indexOf(begin) + begin.length;
  const to = before.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`${file} has no place for ${name}`);
  return before.slice(0, from) + text + before.slice(to);
}

/** Every generated file with its text. */
function documents() {
  const schema = vocabularySchema();
  return {
    'schema/image-pull.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
    'docs/config.md': configPage(schema),
    'docs/errors.md': errors(),
    'docs/findings.md': findings(),
    'docs/choices.md': insert('docs/choices.md', { compatibility: compatibility() }),
    'docs/registries.md': insert('docs/registries.md', { presets: presets(), hosts: hosts() }),
    'docs/external-secrets.md': insert('docs/external-secrets.md', { generators: generators() }),
    'docs/pod-kinds.md': insert('docs/pod-kinds.md', { kinds: kinds() }),
    'docs/policies.md': insert('docs/policies.md', {
      'generating policy health': health(argocdHealthChecks.generatingPolicy),
      'mutating policy health': health(argocdHealthChecks.mutatingPolicy),
    }),
    'docs/argocd.md': insert('docs/argocd.md', { 'application health': health(argocdHealthChecks.application) }),
    'docs/openshift.md': insert('docs/openshift.md', {
      'ignored differences': yamlBlock(
        toYaml({
          spec: { ignoreDifferences: ignoreDockercfg, syncPolicy: { syncOptions: ['ApplyOutOfSyncOnly=true'] } },
        }),
      ),
      'account health': health(argocdHealthChecks.serviceAccount),
      'account expressions': yamlBlock(toYaml({ spec: { healthCheckExprs: accountHealthExprs } })),
    }),
  };
}

module.exports = { documents };

if (require.main === module) {
  for (const [file, text] of Object.entries(documents())) writeFileSync(join(root, file), text);
}
