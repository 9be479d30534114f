// Policies that the API server itself executes, with nothing installed.
import { ControlPlane } from '../cluster/control-plane.js';
import { native } from '../policies/policy-engine.js';
import { accountPolicySentences } from '../promises/accounts.js';
import { podPolicySentences } from '../promises/pods.js';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await ControlPlane.start();
});

afterAll(() => plane?.stop());

podPolicySentences(native, () => plane);
accountPolicySentences(native, () => plane);
