import assert from "node:assert/strict";
import { AwsCallError } from "../../../provider/model/errors";
import { type Attempts, afterFailure, classify, NO_ATTEMPTS } from "../../../provider/reconcile/attempts";
import type { Plan } from "../../../provider/reconcile/operation";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { seen } from "../../support/domains";

const NOW = new Date("2026-11-25T12:00:00Z");
const error = (code: string, transient = false, lost = false, cause = new Error(code)) =>
    new AwsCallError(code, { code, transient, lost, cause });
const REFUSED = error(
    "InvalidParameterException",
    false,
    false,
    new Error("The specified SSL certificate doesn't exist, ..."),
);
const LOST = error("ECONNRESET", true, true);
const THROTTLED = error("TooManyRequestsException", true);

/** A plan that brings in a certificate of this age. */
const planWith = (ageMinutes: number | undefined, target = OTHER_ARN): Plan => ({
    domain: seen({}),
    original: { certificateArn: ARN },
    target: { certificateArn: target },
    own: ["certificateArn"],
    certificate: goodCertificate({
        issuedAt: ageMinutes === undefined ? undefined : new Date(NOW.getTime() - ageMinutes * 60_000),
    }),
});
const PLAN = planWith(1000);

describe("classify", () => {
    const cases: [name: string, given: unknown, plan: Plan, expected: string][] = [
        ["a collision with somebody else", error("ConcurrentModificationException"), PLAN, "retry"],
        ["a throttling", THROTTLED, PLAN, "retry"],
        ["a request that has not left this machine", error("ENOTFOUND", true), PLAN, "retry"],
        ["a certificate that Cognito does not know yet", REFUSED, planWith(9), "retry"],
        ["one that it should know by now, ten minutes after its issue", REFUSED, planWith(10), "fatal"],
        ["one whose age is not known", REFUSED, planWith(undefined), "fatal"],
        ["one that was not looked at", REFUSED, { ...PLAN, certificate: undefined }, "fatal"],
        ["one that is attached already", REFUSED, planWith(1, ARN), "fatal"],
        ["a request without an answer", LOST, PLAN, "unanswered"],
        ["a refusal", error("InvalidParameterException"), PLAN, "fatal"],
        ["what is no failed call to AWS", new Error("a bug"), PLAN, "fatal"],
        ["nor is it one that calls itself lost", Object.assign(new Error("x"), { lost: true }), PLAN, "fatal"],
        ["nor one that calls itself passing", Object.assign(new Error("x"), { transient: true }), PLAN, "fatal"],
    ];
    for (const [name, given, plan, expected] of cases) {
        it(`${name}: ${expected}`, () => assert.equal(classify(given, plan, NOW), expected));
    }
});

describe("afterFailure", () => {
    const repeated = (given: AwsCallError, times: number) => {
        let attempts: ReturnType<typeof afterFailure> = NO_ATTEMPTS;
        for (let index = 0; index < times; index++) {
            attempts = afterFailure(attempts as Attempts, given, PLAN, NOW);
        }
        return attempts;
    };

    it("lets every request wait for a turn of its own, the first one too, and remembers why there is another", () => {
        assert.equal(NO_ATTEMPTS.hasAcquired, false);
        assert.deepEqual(
            afterFailure({ ...NO_ATTEMPTS, hasAcquired: true }, error("ConcurrentModificationException"), PLAN, NOW),
            {
                hasAcquired: false,
                requests: 1,
                throttlings: 0,
                absences: 0,
                obstacle: "ConcurrentModificationException",
            },
        );
    });

    it("gives up after twenty throttlings", () => {
        assert.ok(repeated(THROTTLED, 19));
        assert.equal(repeated(THROTTLED, 20), undefined);
    });

    it("remembers the first plan of a request without an answer, and gives up after five", () => {
        const first = afterFailure(NO_ATTEMPTS, LOST, PLAN, NOW) as Attempts;
        const second = afterFailure(first, error("EPIPE", true, true), planWith(1), NOW) as Attempts;
        assert.equal(second.unanswered?.plan, PLAN);
        assert.equal(second.unanswered?.error, LOST);
        const last = repeated(LOST, 5);
        assert.ok(last && "state" in last && last.state === "unanswered");
    });

    it("is over with a refusal", () => {
        assert.equal(afterFailure(NO_ATTEMPTS, error("InvalidParameterException"), PLAN, NOW), undefined);
    });
});
