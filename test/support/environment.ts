import type { Emulator } from "../emulator";

/** Lets this process's AWS clients go to the emulator, unpaced; gives back what restores the environment. */
export function enter(emulator: Emulator): () => void {
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
