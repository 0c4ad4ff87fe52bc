import { describe, expect, it } from 'vitest';
import { browserCommand } from '../../../src-main/cli/open-browser.ts';

const address = 'http://127.0.0.1:4477/?token=abc';

describe('what opens the browser', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, readonly string[] | undefined]>([
    ['linux', { DISPLAY: ':0' }, ['xdg-open', address]],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', address]],
    ['linux', {}, undefined],
    ['linux', { DISPLAY: '' }, undefined],
    ['darwin', {}, ['open', address]],
    ['darwin', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, undefined],
    ['win32', {}, ['cmd', '/c', 'start', '""', `"${address}"`]],
  ])('on %s with %j', (platform, environment, command) => {
    expect(browserCommand(address, platform, environment)).toEqual(command);
  });
});
