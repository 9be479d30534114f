/** Recipients that ciphertext of a cluster is made for. Nothing here is secret. */
export interface SealingSpec {
  /**
   * The public certificate of the sealed-secrets controller, relative to the config: what `kubeseal --fetch-cert` prints.
   * @default - no SealedSecrets can be made
   */
  readonly certificate?: string;
  /**
   * The age recipients of SOPS ciphertext, `age1…`.
   * @default - those of the first rule of `.sops.yaml` beside the config that fits
   */
  readonly age?: readonly string[];
  /**
   * The Secret with the age identity that Flux decrypts with, in the namespace of the Kustomization. Its keys end in
   * `.agekey`.
   * @default 'sops-age'
   */
  readonly decryptionSecret?: string;
}
