import type { PolicyEngine } from '../policies/policy-engine.js';
import { nameFor } from '../policies/policy-engine.js';
import { accountsLabel, clonesLabel, podsLabel } from './world.js';

const registries = `
registries:
  team: { host: registry.example, path: acme }
  open: { host: registry.example, path: acme/open, access: public }
  hub: { preset: docker-hub }
  quay: { host: quay.io, path: team }
  nest: { host: quay.io, path: other }
`;

/** The pull secrets of the config for an engine. */
export function pullSecretsFor(engine: PolicyEngine): string[] {
  const own = ['team', 'hub', 'quay'].map((each) => nameFor(each, engine));
  return engine.name === 'native' ? own : [...own, nameFor('nest', engine)];
}

/** A config whose policies add to pods by label and by name, append to accounts, and clone where the engine can. */
export function configFor(engine: PolicyEngine, prefix: string): string {
  const clone = `  ${nameFor('nest', engine)}:
    registries: [nest]
    source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: secret } }
    for: { labels: { ${clonesLabel}: ${engine.name} } }
    distribution: { kyverno: { engine: ${engine.name}, namespace: ${prefix}-sources } }
    attachment: { podPolicy: ${engine.name} }
`;
  return `
version: 1
${registries}
pullSecrets:
  ${nameFor('team', engine)}:
    { registries: [team], source: { existing: {} }, for: { labels: { ${podsLabel}: ${engine.name} } }, attachment: { podPolicy: ${engine.name} } }
  ${nameFor('hub', engine)}:
    { registries: [hub], source: { existing: {} }, for: { namespaces: ["${prefix}-*"] }, attachment: { podPolicy: ${engine.name} } }
  ${nameFor('quay', engine)}:
    registries: [quay]
    source: { existing: {} }
    for: { labels: { ${accountsLabel}: ${engine.name} } }
    attachment: { serviceAccountPolicy: ${engine.name}, serviceAccounts: [default, "b*"] }
${engine.name === 'native' ? '' : clone}exclude: [{ namespace: "${prefix}-*3" }]
clusters: { prod: { kubernetes: "1.37", kyverno: "1.19" } }
`;
}
