const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(?:\\.${label})*$`);
const qualifiedPattern = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/**
 * Why a text is no RFC 1123 label (namespaces, clusters), or undefined if it is one. Kubernetes:
 * apimachinery/pkg/util/validation `IsDNS1123Label`.
 */
export function labelError(text: string): string | undefined {
  if (text.length > 63) return 'is longer than 63 characters';
  if (!labelPattern.test(text))
    return 'must be lower-case letters, digits and "-", beginning and ending with a letter or digit';
  return undefined;
}

/**
 * Why a text is no RFC 1123 subdomain (secrets, service accounts), or undefined if it is one. Kubernetes:
 * `IsDNS1123Subdomain`.
 */
export function subdomainError(text: string): string | undefined {
  if (text.length > 253) return 'is longer than 253 characters';
  if (!subdomainPattern.test(text))
    return 'must be lower-case letters, digits, "-" and ".", each part beginning and ending with a letter or digit';
  return undefined;
}

/** Why a text is no label value, or undefined if it is one. Kubernetes: `IsValidLabelValue`. */
export function labelValueError(text: string): string | undefined {
  if (text.length > 63) return 'is longer than 63 characters';
  if (text !== '' && !qualifiedPattern.test(text))
    return 'must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
  return undefined;
}

/** Why a text is no key of a label or annotation, or undefined if it is one. Kubernetes: `IsQualifiedName`. */
export function qualifiedNameError(text: string): string | undefined {
  const slash = text.indexOf('/');
  const prefix = slash < 0 ? undefined : text.slice(0, slash);
  const name = text.slice(slash + 1);
  if (prefix !== undefined && subdomainError(prefix)) return 'must have a DNS subdomain before the "/"';
  if (name.length > 63) return 'is longer than 63 characters after the "/"';
  if (!qualifiedPattern.test(name))
    return 'must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
  return undefined;
}

/** Compares as Go and git do: by code unit, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The texts, each once, in the order of {@link compareText}. */
export function sortedUnique(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareText);
}
