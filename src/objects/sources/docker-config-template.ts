import { compareText } from '../../model/names/names.js';
import { templateKey, templateString, templateText } from './go-template.js';

/** A value of the template's data by its key, or a fixed text. */
export type TemplateValue = { readonly key: string } | { readonly fixed: string };

/** An entry of the docker config: its key, and user name and password, or `auth` that somebody made of both. */
export type TemplateEntry = {
  readonly authsKey: string;
  /** @default - that of all entries, if there is one */
  readonly email?: string | undefined;
} & ({ readonly username: TemplateValue; readonly password: string } | { readonly auth: string });

/** The keys of the values that entries take, each once, user names first. */
export function valueKeys(entries: readonly TemplateEntry[]): string[] {
  const keys = entries.flatMap((entry) => {
    if ('auth' in entry) return [entry.auth];
    return [...('key' in entry.username ? [entry.username.key] : []), entry.password];
  });
  return [...new Set(keys)];
}

/** `toJson` quotes values, `b64enc` makes `auth`; both run in the cluster. Keys are sorted, as everywhere. */
export function dockerConfigTemplate(entries: readonly TemplateEntry[], email: string | undefined): string {
  const sorted = [...entries].sort((a, b) => compareText(a.authsKey, b.authsKey));
  const auths = sorted.map((entry) => {
    const address = entry.email ?? email;
    const fixed = address === undefined ? '' : `"email":${templateText(JSON.stringify(address))}`;
    return `${templateText(JSON.stringify(entry.authsKey))}:${entryTemplate(entry, fixed)}`;
  });
  return `{"auths":{${auths.join(',')}}}`;
}

function entryTemplate(entry: TemplateEntry, email: string): string {
  if ('auth' in entry) return `{"auth":{{ ${templateKey(entry.auth)} | toJson }}${email === '' ? '' : `,${email}`}}`;
  const password = templateKey(entry.password);
  const isRead = 'key' in entry.username;
  const username = isRead ? templateKey(entry.username.key) : templateString(entry.username.fixed);
  const usernameJson = isRead ? `{{ ${username} | toJson }}` : templateText(JSON.stringify(entry.username.fixed));
  return (
    `{"auth":"{{ printf "%s:%s" ${username} ${password} | b64enc }}",${email === '' ? '' : `${email},`}` +
    `"password":{{ ${password} | toJson }},"username":${usernameJson}}`
  );
}
