/** The folder of ciphertexts, beside the config. */
export const sealedFolder = 'sealed';

/** The file of a ciphertext, relative to {@link sealedFolder}. */
export function sealedPath(cluster: string, pullSecret: string, namespace: string): string {
  return `${cluster}/${pullSecret}/${namespace}.yaml`;
}
