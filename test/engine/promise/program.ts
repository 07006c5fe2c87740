import { PROGRAM as DECLARING } from "../support/program";

/** The outputs that a program may use. */
export const OUTPUTS = [
    "managedLoginVersion",
    "customDomainConfig",
    "routing",
    "cloudFrontDomain",
    "cloudFrontHostedZoneId",
    "baseUrl",
    "status",
    "certificateExpiry",
] as const;

/** The file in which the program notes the outputs that it sees. */
export const SEEN = "seen.jsonl";

/** The program of the other engine tests, which exports nothing and notes what its outputs are. */
export const PROGRAM = `${DECLARING}
for (const [name, settings] of Object.entries({ ...exports })) {
    delete exports[name];
    for (const output of ${JSON.stringify(OUTPUTS)}) {
        settings[output].apply((value) => {
            require("fs").appendFileSync(__dirname + "/${SEEN}", JSON.stringify({ name, output, value }) + "\\n");
        });
    }
}
`;
