import { readFileSync } from 'node:fs';
import { manifestsOf } from '../cluster/kube-object.js';

/** The first YAML of a marked part of a page of docs. */
export function documentedYaml(page: string, part: string): string {
  const text = readFileSync(`docs/${page}`, 'utf8');
  const [, yaml] = new RegExp(`<!-- begin ${part} -->[\\s\\S]*?\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(text) ?? [];
  if (yaml === undefined) throw new Error(`docs/${page} has no part ${part}`);
  return yaml;
}

/** The settings of `argocd-cm` that a part of a page gives. */
export function documentedSettings(page: string, part: string): Record<string, string> {
  return manifestsOf(documentedYaml(page, part))[0]?.object.data ?? {};
}

/** The fields of a spec that a part of a page gives. */
export function documentedSpec(page: string, part: string): Record<string, unknown> {
  return (manifestsOf(documentedYaml(page, part))[0]?.object.spec ?? {}) as Record<string, unknown>;
}
