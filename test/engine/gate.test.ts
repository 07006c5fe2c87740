import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT, type Emulator } from "../emulator";
import { days, EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { certificateMayNotBeDescribed, mayNotBeDescribed } from "./support/domainFaults";
import {
    assertSays,
    assertSaysNot,
    assertTidy,
    diagnosticsOf,
    stackDiagnosticsOf,
    timesSaid,
    updates,
} from "./support/expect";
import { failed } from "./support/project";
import { auth, DOMAIN, domainOf, REGION, type Stage, stages } from "./support/stage";

const OTHER_ACCOUNT = "210987654321";

/** An update that is refused. The domain is `<name>.example.com`, in the classic version. */
interface Refused {
    name: string;
    /** The code, the value seen, the remedy. */
    reports: (string | RegExp)[];
    /** Default: version 2, and no certificate. */
    args?(aws: Emulator, domain: string): object;
}

const withCertificate = (certificateArn: string) => ({ customDomainConfig: { certificateArn } });

const REFUSED: Refused[] = [
    {
        name: "expired",
        args: (aws, domainName) => withCertificate(aws.certificate({ domainName, ...EXPIRED })),
        reports: ["[certificate-expired]", "status EXPIRED since ", "Request or import a new one in us-east-1"],
    },
    {
        name: "pending",
        args: (aws, domainName) => withCertificate(aws.certificate({ domainName, status: "PENDING_VALIDATION" })),
        reports: ["[certificate-pending-validation]", "Create its validation records in DNS"],
    },
    {
        name: "elsewhere",
        args: (aws, domainName) => withCertificate(aws.certificate({ domainName, account: OTHER_ACCOUNT })),
        reports: [
            "[certificate-other-account]",
            `account ${OTHER_ACCOUNT}`,
            `Request or import it in account ${DEFAULT_ACCOUNT}`,
        ],
    },
    {
        name: "absent",
        args: (aws, domainName) => {
            const arn = aws.certificate({ domainName });
            aws.removeCertificate(arn);
            return withCertificate(arn);
        },
        reports: ["[certificate-not-found]", "there is no certificate arn:aws:acm:"],
    },
    {
        name: "unseen",
        args: (aws, domainName) => {
            const arn = aws.certificate({ domainName });
            aws.behaviour.faults.push(certificateMayNotBeDescribed(arn));
            return withCertificate(arn);
        },
        reports: ["[certificate-unseen]", "acm:DescribeCertificate", /allow it on arn:aws:acm:/],
    },
    {
        name: "denied",
        args: (aws, domain) => {
            aws.behaviour.faults.push(mayNotBeDescribed(domain));
            return {};
        },
        reports: ["[domain-unseen]", "cognito-idp:DescribeUserPoolDomain", "allow it on *"],
    },
    {
        name: "gone",
        args: (aws, domain) => {
            aws.removeDomain(domain);
            return {};
        },
        reports: ["[domain-not-found]", `has no domain ${domainOf("gone")}`],
    },
    {
        name: "theirs",
        args: (aws) => ({ userPoolId: aws.userPool({ region: REGION }) }),
        reports: ["[domain-other-pool]", /belongs to the user pool us-west-2_\w+, not to /],
    },
];

describe("the check before an update", () => {
    const open = stages();
    let stage: Stage;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const resource = (name: string, args?: Refused["args"]) => ({
            name,
            args: {
                ...domain({ version: 1 }, domainOf(name)),
                managedLoginVersion: 2,
                ...args?.(aws, domainOf(name)),
            } as never,
        });
        await project.declare(
            ...REFUSED.map(({ name, args }) => resource(name, args)),
            resource("sound", () => withCertificate(aws.certificate({ domainName: "*.example.com" }))),
        );
        up = failed(await project.up("--continue-on-error"));
    });

    for (const { name, reports } of REFUSED) {
        it(`refuses: ${name}`, () => {
            const refusal = diagnosticsOf(up, name);
            assertTidy(refusal);
            assertSays(refusal, `error: ${domainOf(name)}: the update was refused; nothing was written.`, ...reports);
        });
    }

    it("keeps everything from being written for its own domain, and nothing for others", async () => {
        assert.deepEqual(
            updates(stage.aws).map(({ Domain }) => Domain),
            [domainOf("sound")],
        );
        assert.ok(await stage.project.state("sound"));
        // Nothing was adopted.
        assert.equal(await stage.project.state("expired"), undefined);
    });

    for (const certificateInForce of ["trusted", "checked"] as const) {
        it(`does not block a version change if the attached certificate has expired; AWS decides: ${certificateInForce}`, async () => {
            const { aws, project, domain } = await open({ certificateInForce });
            const certificateArn = aws.certificate({ domainName: DOMAIN, ...EXPIRED });
            // Cognito also refuses one that was issued minutes ago, and is then asked again.
            Object.assign(aws.state.certificates.get(certificateArn) ?? {}, { createdAt: days(-300) });
            const named = domain({ version: 2, certificateArn });
            await project.declare(auth({ ...named, managedLoginVersion: 1, ...withCertificate(certificateArn) }));
            const update = await project.up();
            assert.equal(updates(aws).length, 1, update.text);
            assert.equal(update.code === 0, certificateInForce === "trusted", update.text);
            assertSaysNot(update, "the update was refused");
            assert.equal(timesSaid(stackDiagnosticsOf(update), "[certificate-expired]"), 1);
            assertTidy(update);
        });
    }

    it("asks ACM nothing that the update does not need", async () => {
        const { aws, project, domain } = await open({ accessDenied: ["acm:DescribeCertificate"] });
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        assert.equal((await project.up()).code, 0);
        const { outputs } = (await project.state("auth")) ?? {};
        assert.equal(updates(aws).length, 1);
        assert.deepEqual([outputs?.managedLoginVersion, outputs?.certificateExpiry], [2, undefined]);
    });
});
