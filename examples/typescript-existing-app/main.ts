import { ImagePullApp } from 'cdk8s-image-pull';
import { giveAccess } from './access.js';
import { Monitoring } from './monitoring.js';
import { Shop } from './shop.js';

const app = new ImagePullApp(); // was: new App()
new Shop(app, 'shop', { namespace: 'shop' });
new Monitoring(app, 'monitoring');
giveAccess(app); // new: after all workloads
app.synth();
