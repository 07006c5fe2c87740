import { type Emulator, type EmulatorOptions, startEmulator } from "../emulator";
import { setEnvironment } from "./environment";

/** Has the suite that calls this run in an emulated AWS of its own: this process's AWS clients go there, unpaced. */
export function inEmulatedAws(begin: (emulator: Emulator) => void, behaviour?: EmulatorOptions["behaviour"]): void {
    let leave = async () => {};
    before(async () => {
        const emulator = await startEmulator({ behaviour });
        const quota = { PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR: "10000" };
        const restoreEnvironment = setEnvironment({ ...emulator.env(), ...quota });
        leave = async () => {
            restoreEnvironment();
            await emulator.close();
        };
        begin(emulator);
    });
    after(() => leave());
}
