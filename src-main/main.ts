// Entry of the desktop app: what is set up before Electron is ready, and then the window and the engine.
import { app } from 'electron';
import { join } from 'node:path';
import { registerPageScheme } from './page-protocol.ts';
import { OpenedPaths } from './opened-paths.ts';
import { secureApp } from './security.ts';
import { configFolder } from './io/config-folder.ts';
import { Shell } from './shell.ts';

app.setName('SpaGene Desktop');
app.setAppUserModelId('org.spagene.desktop');
app.setPath('userData', join(configFolder(), 'desktop'));
app.enableSandbox();
registerPageScheme();
secureApp();

const opened = new OpenedPaths();
if (opened.isFirst()) void app.whenReady().then(() => new Shell(opened));
else app.quit();
