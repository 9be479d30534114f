// The policies that are written for Kyverno, on its controllers, with the rights that the output gives and no others.
import { ControlPlane } from '../cluster/control-plane.js';
import { Kyverno } from '../engines/kyverno.js';
import { kyvernoEngines } from '../policies/policy-engine.js';
import { accountPolicySentences } from '../promises/accounts.js';
import { cloneSentences } from '../promises/clones.js';
import { podPolicySentences } from '../promises/pods.js';

let plane: ControlPlane;
let kyverno: Kyverno;

beforeAll(async () => {
  plane = await ControlPlane.start();
  kyverno = await Kyverno.start(plane);
});

afterAll(async () => {
  await kyverno?.stop();
  await plane?.stop();
});

describe.each(kyvernoEngines)('$name', (engine) => {
  podPolicySentences(engine, () => plane);
  cloneSentences(engine, () => plane);
  accountPolicySentences(engine, () => plane);
});
