/** What the native menus ask the page to do, as `menu:command` names it. */
export const menuCommands = [
  'new-project',
  'open-project',
  'close-project',
  'view-data',
  'view-model',
  'view-train',
  'view-map',
  'view-quality',
  'view-export',
  'theme-system',
  'theme-light',
  'theme-dark',
  'find',
  'shortcuts',
] as const;
export type MenuCommand = (typeof menuCommands)[number];
