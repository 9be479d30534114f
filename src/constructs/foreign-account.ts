import type { ApiObject } from 'cdk8s';

/** The names on the list of an account that somebody else declares. */
export function namesOn(account: ApiObject): string[] {
  const { imagePullSecrets } = account.toJson() as { imagePullSecrets?: readonly { name?: string }[] };
  return (imagePullSecrets ?? []).flatMap((entry) => entry.name ?? []);
}

/** The labels of an object that somebody else declares. */
export function labelsOf(object: ApiObject): ReadonlyMap<string, string> {
  const { metadata } = object.toJson() as { metadata?: { labels?: Record<string, string> } };
  return new Map(Object.entries(metadata?.labels ?? {}));
}
