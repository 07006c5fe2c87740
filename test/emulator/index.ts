export type { Behaviour, Fault, FaultAction, SettingName } from "./behaviour";
export type { Call, ServiceName } from "./calls";
export type { Emulator } from "./emulator";
export { AwsError } from "./errors";
export { accessKeyOf, DEFAULT_ACCOUNT } from "./identity";
export type { AppClientScene, CertificateScene, DomainScene, StoredDomain, UserPoolScene, Where } from "./scene";
export { type EmulatorOptions, startEmulator } from "./server";
export type { DomainSettings } from "./state";
