import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { mayNotBeDescribed } from "./support/domainFaults";
import { assertSays, assertTidy, updatedIn, updates, warningsOf } from "./support/expect";
import { type Declared, PROGRAM } from "./support/program";
import { succeeded } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

describe('drift, with onDrift: "correct"', () => {
    const open = stages();
    let aws: Emulator;
    let preview: Run;
    let up: Run;
    /** What the `up` sent, and how often it read a domain that did not change. */
    let sent: ReturnType<typeof updates>;
    let readsOfSteady: number;
    /** The calls of one more `up`. */
    let callsAgain: string[];
    let moved: ReturnType<typeof shared>;

    before(async () => {
        const stage = await open();
        const { project } = stage;
        aws = stage.aws;
        const unchanged = [
            corrected(stage, "drifted"),
            corrected(stage, "ignored", {}, ["managedLoginVersion"]),
            corrected(stage, "steady"),
            corrected(stage, "broken"),
            corrected(stage, "denied"),
            corrected(stage, "off", { preflight: "off" }),
        ];
        const byTransform = corrected(stage, "by-transform");
        const left = shared(stage, "left");
        moved = shared(stage, "moved");
        await project.declare(...unchanged, byTransform, ...left.resources(1), ...moved.resources(1));
        succeeded(await project.up());

        for (const name of ["drifted", "ignored", "off", "by-transform"]) {
            aws.patchDomain(domainOf(name), { managedLoginVersion: 1 });
        }
        aws.patchDomain(domainOf("broken"), { status: "FAILED" });
        left.changeOutside();
        moved.changeOutside();
        await project.declare(...unchanged, ...left.resources(1), ...moved.resources(2));
        const {
            name,
            args: { onDrift, ...args },
        } = byTransform;
        await project.write(
            "index.js",
            `${PROGRAM}
             new UserPoolDomainSettings(${JSON.stringify(name)}, ${JSON.stringify(args)}, {
                 transforms: [({ props, opts }) => ({ props: { ...props, onDrift: "correct" }, opts })],
             });`,
        );
        preview = succeeded(await project.preview());

        aws.behaviour.faults = [mayNotBeDescribed(domainOf("denied"))];
        aws.calls = [];
        up = succeeded(await project.up());
        sent = updates(aws);
        const reads = aws.callsTo("DescribeUserPoolDomain");
        readsOfSteady = reads.filter(({ input }) => input.Domain === domainOf("steady")).length;

        aws.behaviour.faults = [];
        aws.calls = [];
        succeeded(await project.up());
        callsAgain = aws.calls.map(({ operation, input }) => `${operation} ${input.Domain}`);
    });

    const sentTo = (name: string) => sent.filter(({ Domain }) => Domain === domainOf(name));

    function corrected({ domain }: Stage, name: string, more: Declared["args"] = {}, ignoreChanges: string[] = []) {
        const named = domain({ version: 1 }, domainOf(name));
        const args = { ...named, managedLoginVersion: 2, onDrift: "correct", ...more };
        return { name, args, opts: { ignoreChanges } };
    }

    it("is corrected by an update, which asks AWS once a domain, and by the preview foretold", () => {
        assertSays(preview, /^drifted\.example\.com: managed login 1 -> 2 \(onDrift: "correct"\)/m);
        const updated = ["broken", "by-transform", "drifted", "moved-version", "off"];
        assert.deepEqual(updatedIn(preview), updated);
        assert.deepEqual(updatedIn(up), updated);
        assert.deepEqual(
            sent.map(({ Domain }) => Domain).sort(),
            ["broken", "by-transform", "drifted", "moved", "off"].map(domainOf),
        );
        assertTidy(up);
        assert.equal(aws.domainOf(domainOf("drifted"))?.managedLoginVersion, 2);
        assert.equal(aws.domainOf(domainOf("ignored"))?.managedLoginVersion, 1);
        assert.equal(readsOfSteady, 1);
        const read = ["broken", "by-transform", "denied", "drifted", "ignored", "left", "moved", "off", "steady"];
        assert.deepEqual(
            callsAgain.sort(),
            read.map((name) => `DescribeUserPoolDomain ${domainOf(name)}`),
        );
    });

    it("is a warning if the update may not read the domain, and never a failed update", () => {
        assertSays(
            up,
            /warning: denied\.example\.com: onDrift: AWS could not be asked for changes made outside Pulumi: /,
        );
        assertTidy(up);
        assert.deepEqual(sentTo("denied"), []);
    });

    it("is corrected if preflight is off, or a transform says so, and shown in the preview as an update", () => {
        assertSays(preview, "by-transform.example.com: managed login 1 -> 2");
        for (const name of ["off", "by-transform"]) {
            assert.equal(aws.domainOf(domainOf(name))?.managedLoginVersion, 2);
        }
    });

    /** Two resources about one domain, and a certificate that is attached outside Pulumi. */
    function shared({ aws, domain }: Stage, name: string) {
        const [old, theirs] = [1, 2].map(() => aws.certificate({ domainName: domainOf(name) })) as [string, string];
        const customDomainConfig = { certificateArn: old, securityPolicy: "TLS_V1_2_2021" };
        const named = domain({ version: 1, ...customDomainConfig }, domainOf(name));
        return {
            theirs,
            resources: (managedLoginVersion: number): Declared[] => [
                { name: `${name}-version`, args: { ...named, managedLoginVersion, onDrift: "correct" } },
                { name: `${name}-config`, args: { ...named, customDomainConfig } },
            ],
            changeOutside() {
                aws.patchDomain(domainOf(name), { certificateArn: theirs, securityPolicy: "TLS_V1_3_2025" });
                aws.patchCertificate(old, EXPIRED);
            },
        };
    }

    it("of one of two resources about one domain is no reason to update, or to refuse, the other", () => {
        assertSays(warningsOf(preview, domainOf("left")), "[setting-drifted]");
        for (const run of [preview, up]) {
            assert.deepEqual(
                updatedIn(run).filter((name) => /^(left|moved)-/.test(name)),
                ["moved-version"],
            );
        }
        assert.deepEqual(sentTo("left"), []);
        const { certificateArn, managedLoginVersion } = aws.domainOf(domainOf("moved")) ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [moved.theirs, 2]);
    });
});
