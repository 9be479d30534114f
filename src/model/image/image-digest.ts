/** How many hexadecimal digits each algorithm has; the kubelet links no others. */
const hexLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

const algorithmPart = /^[A-Za-z][A-Za-z0-9]*$/;
const registeredAlgorithmPart = /^[a-z0-9]+$/;

/** `digestPat` of `regexp.go` of distribution/reference: the looser of the two grammars a digest must meet. */
export function isReferenceDigest(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon < 0 || !splitAlgorithm(text.slice(0, colon)).every((part) => algorithmPart.test(part))) return false;
  const encoded = text.slice(colon + 1);
  return encoded.length >= 32 && /^[0-9a-fA-F]+$/.test(encoded);
}

/**
 * The error of `Digest.Validate` of `github.com/opencontainers/go-digest` v1.0.0 for a text that meets
 * {@link isReferenceDigest}; undefined if it is valid.
 */
export function digestError(text: string): string | undefined {
  const colon = text.indexOf(':');
  const algorithm = text.slice(0, colon);
  const encoded = text.slice(colon + 1);
  const length = hexLengths.get(algorithm);
  if (length === undefined) {
    const wellFormed = splitAlgorithm(algorithm).every((part) => registeredAlgorithmPart.test(part));
    return wellFormed ? 'unsupported digest algorithm' : 'invalid checksum digest format';
  }
  if (encoded.length !== length) return 'invalid checksum digest length';
  return /^[0-9a-f]+$/.test(encoded) ? undefined : 'invalid checksum digest format';
}

function splitAlgorithm(algorithm: string): string[] {
  return algorithm.split(/[-_+.]/);
}
