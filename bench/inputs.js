const fs = require('node:fs');
const path = require('node:path');

/** Every file below a folder, relative to it. */
function filesBelow(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** An output folder as one JSON file, for the scripts that only write it. */
function writeRendered(folder, target) {
  const files = filesBelow(folder).map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]);
  if (files.length === 0) throw new Error(`nothing was written to ${folder}`);
  fs.writeFileSync(target, JSON.stringify(files));
}

/** A kustomization.yaml that lists every file. */
function writeKustomization(folder) {
  const resources = filesBelow(folder).map((file) => `  - ${file}\n`);
  fs.writeFileSync(path.join(folder, 'kustomization.yaml'), `resources:\n${resources.join('')}`);
}

const perNamespace = 5;

/** A config and that many Deployments, a file each, five to a namespace where nothing else is said. */
function writeConfig(folder, deployments, { cluster = '', source, each = perNamespace } = {}) {
  fs.writeFileSync(
    path.join(folder, 'image-pull.yaml'),
    `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { ${source ?? 'external: { store: vault, key: registries/ghcr }'} } }
clusters:
  prod:
    kubernetes: "1.35"
    workloads: ["apps/**/*.yaml"]
${cluster}`,
  );
  for (let index = 0; index < deployments; index++) {
    const namespace = `team-${Math.floor(index / each)}`;
    fs.mkdirSync(path.join(folder, 'apps', namespace), { recursive: true });
    fs.writeFileSync(path.join(folder, 'apps', namespace, `app-${index}.yaml`), deployment(`app-${index}`, namespace));
  }
}

const kinds = `registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { existing: {} } } }
`;

/** A base and that many overlays of it, with a config that renders them, and a folder and a config for what they render. */
function writeOverlays(folder, rendered, overlays) {
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  const config = (entry) => `version: 1\n${kinds}clusters: { prod: { workloads: [${entry}] } }\n`;
  write(path.join(folder, 'image-pull.yaml'), config('{ kustomize: apps/overlays/* }'));
  write(path.join(rendered, 'image-pull.yaml'), config('apps'));
  fs.mkdirSync(path.join(rendered, 'apps'), { recursive: true });
  const base = path.join(folder, 'apps', 'base');
  write(path.join(base, 'kustomization.yaml'), 'resources: [web.yaml]\n');
  write(path.join(base, 'web.yaml'), deployment('web', 'none').replace('  namespace: none\n', ''));
  for (let index = 0; index < overlays; index++) {
    const own = path.join(folder, 'apps', 'overlays', `overlay-${index}`);
    write(path.join(own, 'kustomization.yaml'), `namespace: team-${index}\nresources: [../../base, own.yaml]\n`);
    write(
      path.join(own, 'own.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: own }\ndata: { n: "${index}" }\n`,
    );
  }
}

/**
 * As {@link writeConfig}, with a list on every template but each twentieth.
 *
 * @returns a function that takes the lists off these again
 */
function writeAttached(folder, deployments) {
  writeConfig(folder, deployments, { cluster: '    attachment: podTemplate\n' });
  const bare = [];
  for (const file of filesBelow(path.join(folder, 'apps'))) {
    const full = path.join(folder, 'apps', file);
    const text = fs.readFileSync(full, 'utf8');
    if (Number(/(\d+)\.yaml$/.exec(file)[1]) % 20 === 0) bare.push([full, text]);
    else fs.writeFileSync(full, text.replace('      containers:\n', `${list}      containers:\n`));
  }
  return () => {
    for (const [file, text] of bare) fs.writeFileSync(file, text);
  };
}

/** A config and one file, a List of that many Deployments. */
function writeList(folder, deployments) {
  writeConfig(folder, 0);
  const items = Array.from({ length: deployments }, (_, index) =>
    deployment(`app-${index}`, `team-${Math.floor(index / perNamespace)}`)
      .trimEnd()
      .replaceAll('\n', '\n  '),
  );
  fs.mkdirSync(path.join(folder, 'apps'));
  fs.writeFileSync(
    path.join(folder, 'apps', 'list.yaml'),
    `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item}\n`).join('')}`,
  );
}

/** One file of that many Deployments, each a document of its own. */
function writeStream(folder, deployments) {
  writeConfig(folder, 0);
  const documents = Array.from({ length: deployments }, (_, index) =>
    deployment(`app-${index}`, `team-${Math.floor(index / perNamespace)}`),
  );
  fs.mkdirSync(path.join(folder, 'apps'));
  fs.writeFileSync(path.join(folder, 'apps', 'stream.yaml'), documents.join('---\n'));
}

/**
 * That many files of a Secret, an account and a Deployment with three containers, five to a namespace: every image that
 * needs a credential has one.
 */
function writeProven(folder, files) {
  for (let index = 0; index < files; index++) {
    const namespace = `team-${Math.floor(index / perNamespace)}`;
    fs.mkdirSync(path.join(folder, 'apps', namespace), { recursive: true });
    const text = `${pullSecret(`pull-${index}`, namespace)}---\n${account(`app-${index}`, namespace, `pull-${index}`)}---\n${withContainers(`app-${index}`, namespace)}`;
    fs.writeFileSync(path.join(folder, 'apps', namespace, `app-${index}.yaml`), text);
  }
}

function pullSecret(name, namespace) {
  const auth = Buffer.from(`robot:${name}-${'x'.repeat(24)}`).toString('base64');
  const config = JSON.stringify({ auths: { 'ghcr.io/acme/': { auth }, 'quay.io': { auth } } });
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: ${namespace}
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: ${Buffer.from(config).toString('base64')}
`;
}

function account(name, namespace, secret) {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${namespace}
imagePullSecrets:
  - name: ${secret}
`;
}

function withContainers(name, namespace) {
  const further = `        - name: proxy
          image: quay.io/acme/proxy:v1.4.0
          ports:
            - containerPort: 9090
        - name: log
          image: registry.k8s.io/log:v2.1.0
          resources:
            limits:
              memory: 64Mi
`;
  const text = deployment(name, namespace);
  return `${text.replace('      securityContext:\n', `      serviceAccountName: ${name}\n      securityContext:\n`)}${further}`;
}

/** A function that gives the image of one manifest another tag each time. */
function otherTag(folder) {
  const file = path.join(folder, 'apps', 'team-0', 'app-0.yaml');
  return () =>
    fs.writeFileSync(
      file,
      fs.readFileSync(file, 'utf8').replace(/v1\.2\.(\d+)/, (_, patch) => `v1.2.${Number(patch) + 1}`),
    );
}

const list = '      imagePullSecrets:\n        - name: ghcr-pull # image-pull\n';

function deployment(name, namespace) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: ${namespace}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: ${namespace}
    spec:
      securityContext:
        runAsNonRoot: true
      containers:
        - name: main
          image: ghcr.io/acme/${name}:v1.2.3
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /ready
              port: http
`;
}

module.exports = {
  writeOverlays,
  filesBelow,
  otherTag,
  writeAttached,
  writeConfig,
  writeKustomization,
  writeList,
  writeProven,
  writeRendered,
  writeStream,
};
