import type { DockerConfigType } from '../docker-config/docker-config-decode.js';

/** The keys of a docker config that a template makes. */
export interface TemplateKeys {
  /** Those that stand in the template as they are. */
  readonly keys: readonly string[];
  /** Whether some keys come out of values. */
  readonly hasOthers: boolean;
}

const filled = '\u0000';

/**
 * Reads the keys of the docker config that a Go template makes, such as that of an ExternalSecret; undefined where the
 * template is no JSON once its actions are filled with text.
 */
export function templateKeys(template: string, type: DockerConfigType): TemplateKeys | undefined {
  let document: unknown;
  try {
    document = JSON.parse(withoutActions(template));
  } catch {
    return undefined;
  }
  const entries = type === 'dockercfg' ? document : mapOf(document)?.auths;
  const all = Object.keys(mapOf(entries) ?? {});
  const keys = all.filter((key) => !key.includes(filled));
  return { keys, hasOthers: keys.length < all.length || (entries !== undefined && mapOf(entries) === undefined) };
}

/** The template with a text in place of each action: inside of a JSON text a part of it, elsewhere a text of its own. */
function withoutActions(template: string): string {
  let inText = false;
  let out = '';
  for (let at = 0; at < template.length; at++) {
    const end = template.startsWith('{{', at) ? template.indexOf('}}', at) : -1;
    if (end >= 0) {
      out += inText ? '\\u0000' : '"\\u0000"';
      at = end + 1;
      continue;
    }
    const char = template.charAt(at);
    out += char;
    if (char === '\\' && inText) out += template.charAt(++at);
    else if (char === '"') inText = !inText;
  }
  return out;
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
