import { finding, type ProblemCodeInfo, warning } from './code-info.js';

/** Codes of the proof about what makes Secrets, about tokens that end, and about the order in which things are applied. */
export const proofMakerCodes = {
  'external-secret-untyped': finding(
    'A pod lists the Secret of an ExternalSecret whose template states no type. External Secrets makes it Opaque, and the kubelet passes over it without a word.',
    'Give it target.template.type: kubernetes.io/dockerconfigjson and a template for .dockerconfigjson. The type of a Secret cannot be changed: delete the Secret.',
  ),
  'sealed-secret-untyped': finding(
    'A pod lists the Secret of a SealedSecret whose template states no type. It is made Opaque, and the kubelet passes over it without a word.',
    'Seal a Secret of type kubernetes.io/dockerconfigjson: spec.template.type says it. The type of a Secret cannot be changed: delete the Secret.',
  ),
  'external-secret-not-served': finding(
    'The stated version of External Secrets does not serve the apiVersion: v1beta1 ended with 0.17, v1 came with 0.16.',
    'Write external-secrets.io/v1 from 0.16 on, v1beta1 before.',
  ),
  'external-secret-version-old': warning(
    'The apiVersion external-secrets.io/v1beta1 or v1alpha1 is not served by External Secrets from 0.17 on, and no version is stated.',
    'Write external-secrets.io/v1, which 0.16 and later serve.',
  ),
  'immutable-secret-rotates': warning(
    'A Secret that cannot change is copied, or made from a store that changes: the new credential never gets into it.',
    'Leave `immutable` out.',
  ),
  'sops-needs-plugin': warning(
    'A Secret stands in Git as ciphertext of SOPS, and Argo CD, which applies what was read, decrypts nothing by itself.',
    'Use a plugin for Argo CD such as KSOPS, or a SealedSecret or ExternalSecret.',
  ),
  'credential-expired': finding(
    'The password is a token that has ended.',
    'Make a new one, and let a generator of External Secrets renew it.',
  ),
  'token-kind-refused': finding(
    'The password is a token of a kind that the registry does not take: ghcr.io takes no fine-grained personal access tokens.',
    'Use a classic token with read:packages, or that of a GitHub App.',
  ),
  'sync-wave-missing': warning(
    'Argo CD applies kinds that it does not know after Deployments. What makes the pull secret, or the policy that puts it on lists, is in the same wave as the pods that need it, and comes after them.',
    'Give it an earlier one: annotation `argocd.argoproj.io/sync-wave: "-4"`.',
  ),
  'sync-wave-late': finding(
    'A pull secret is in a later wave of Argo CD than pods that list it. The earlier wave never becomes healthy, so the later one never comes.',
    'Give it an earlier wave than the pods: annotation `argocd.argoproj.io/sync-wave: "-4"`.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
