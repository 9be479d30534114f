import { entryPath } from '../../model/docker-config/entry-path.js';
import type { TemplateEntry } from './docker-config-template.js';
import { templateKey, templateString } from './go-template.js';

/**
 * A template (text/template with sprig, as External Secrets runs it) that adds entries to a docker config. It fails, and
 * leaves the cluster with what it has, where the document is no docker config or has an entry of the same path: `fromJson`
 * answers nil to what is not JSON, without a word that could quote it. What the document holds is kept; its keys come out
 * sorted.
 *
 * @param documentKey name of the value that holds the document
 */
export function mergeTemplate(documentKey: string, entries: readonly TemplateEntry[]): string {
  return [
    `{{- $config := fromJson ${templateKey(documentKey)} }}`,
    `{{- if not (kindIs "map" $config) }}{{ fail "${documentKey} is not a JSON object" }}{{ end }}`,
    '{{- $auths := get $config "auths" }}',
    `{{- if not (kindIs "map" $auths) }}{{ fail "${documentKey} has no auths" }}{{ end }}`,
    // Go, and so the kubelet, takes a field in any case for the same.
    '{{- range $key, $_ := $config }}',
    `{{- if and (ne $key "auths") (eq (lower $key) "auths") }}{{ fail "${documentKey} has auths in two spellings" }}{{ end }}`,
    '{{- end }}',
    ...(entries.length > 0 ? [duplicateCheck(documentKey, entries)] : []),
    ...entries.map((entry) => `{{- $_ := set $auths ${templateString(entry.authsKey)} ${entryDict(entry)} }}`),
    '{{- toRawJson $config }}',
  ].join('\n');
}

/** `entryPath` of the model, for what keys are made of: scheme, `/v1/`, slashes at the end, the hosts of Docker Hub. */
function duplicateCheck(documentKey: string, entries: readonly TemplateEntry[]): string {
  const ours = entries.map(({ authsKey }) => templateString(entryPath(authsKey))).join(' ');
  return [
    `{{- $ours := list ${ours} }}`,
    '{{- range $key, $_ := $auths }}',
    '{{- $path := regexReplaceAll "^(?:https?://)?([^/]*)(?:/v[12](/.*)|(/.*))?$" $key "$1$2$3" }}',
    '{{- $path = regexReplaceAll "^(?:index|registry-1)[.]docker[.]io(/|$)" (regexReplaceAll "/+$" $path "") "docker.io$1" }}',
    `{{- if has $path $ours }}{{ fail (printf "${documentKey} has an entry for %s already" $path) }}{{ end }}`,
    '{{- end }}',
  ].join('\n');
}

function entryDict(entry: TemplateEntry): string {
  const parts = [
    ...credentialParts(entry),
    ...(entry.email === undefined ? [] : [`"email" ${templateString(entry.email)}`]),
  ];
  return `(dict ${parts.join(' ')})`;
}

function credentialParts(entry: TemplateEntry): string[] {
  if ('auth' in entry) return [`"auth" ${templateKey(entry.auth)}`];
  const password = templateKey(entry.password);
  const username = 'key' in entry.username ? templateKey(entry.username.key) : templateString(entry.username.fixed);
  return [
    `"auth" (printf "%s:%s" ${username} ${password} | b64enc)`,
    `"password" ${password}`,
    `"username" ${username}`,
  ];
}
