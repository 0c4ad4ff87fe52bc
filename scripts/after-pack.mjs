// Called by electron-builder when a program has been put together, before it is signed: turns off what the app never
// needs in Electron's binary.
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { join } from 'node:path';

/**
 * The switches of the binary, each stated.
 *
 * @param forTests whether the program is built to be driven by tests, which come in through the inspector
 */
export function fuses(forTests = process.env.SPAGENE_E2E_BUILD === '1') {
  return {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: forTests,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // Bounds of WebAssembly's memory are checked by the processor instead of in code: the engine needs the speed.
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}

/** The program in the folder that electron-builder has made. */
export function programOf({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'linux') return join(appOutDir, packager.executableName);
  return join(
    appOutDir,
    electronPlatformName === 'win32' ? `${productFilename}.exe` : `${productFilename}.app`,
  );
}

export default async function afterPack(context) {
  const isMac = context.electronPlatformName === 'darwin';
  // Apple's processors run no program whose signature is broken, not even one that is signed anew later.
  await flipFuses(programOf(context), { ...fuses(), resetAdHocDarwinSignature: isMac });
}
