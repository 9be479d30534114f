import { finding, type ProblemCodeInfo, warning } from './code-info.js';

/** Codes about what reaches further than it must. */
export const leastPrivilegeCodes = {
  'credential-unneeded': finding(
    'A list names a pull secret of which no image of the pods with that list has use.',
    'Take it off the list, or say why it stays: cdk8s-image-pull/ignore.',
  ),
  'entry-unneeded': finding(
    'A pull secret has an entry that no image of the pods that list it matches, for a credential that they would not have otherwise.',
    'Give the registries that are needed a pull secret of their own.',
  ),
  'grant-unneeded': finding(
    'A binding lets a project pull from another one, and none of its pods does.',
    'Remove the subject, or the binding.',
  ),
  'grant-too-wide': warning(
    'A binding lets everybody pull the images of a project.',
    'Name the projects that need it: group `system:serviceaccounts:<project>`.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
