import { type Emulator, type EmulatorOptions, startEmulator } from "../emulator";

/** Has the suite that calls this run in an emulated AWS of its own: this process's AWS clients go there, unpaced. */
export function inEmulatedAws(begin: (emulator: Emulator) => void, behaviour?: EmulatorOptions["behaviour"]): void {
    let leave = async () => {};
    before(async () => {
        const emulator = await startEmulator({ behaviour });
        const restoreEnvironment = enter(emulator);
        leave = async () => {
            restoreEnvironment();
            await emulator.close();
        };
        begin(emulator);
    });
    after(() => leave());
}

function enter(emulator: Emulator): () => void {
    const changes: Record<string, string> = {
        ...emulator.env(),
        PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR: "10000",
    };
    const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, changes);
    return () => {
        for (const [name, value] of before) {
            if (value === undefined) {
                delete process.env[name];
            } else {
                process.env[name] = value;
            }
        }
    };
}
