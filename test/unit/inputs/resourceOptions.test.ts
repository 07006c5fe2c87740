import assert from "node:assert/strict";
import { refuseOptions, resourceOptionsIn, resourceOptionsOf } from "../../../provider/inputs/resourceOptions";

describe("resourceOptionsOf", () => {
    it("is what a program gives of deletedWith and replaceWith", () => {
        assert.deepEqual(resourceOptionsOf({}), {});
        assert.deepEqual(resourceOptionsOf({ replaceWith: [] }), {});
        assert.deepEqual(resourceOptionsOf({ deletedWith: "urn", replaceWith: ["urn"] }), {
            __deletedWith: true,
            __replaceWith: true,
        });
    });
});

describe("resourceOptionsIn", () => {
    it("takes nothing else for one of them", () => {
        const given = { __deletedWith: true, __replaceWith: true };
        assert.deepEqual(resourceOptionsIn({ ...given, onDelete: "restore" }), given);
        assert.deepEqual(resourceOptionsIn({ __deletedWith: "true", __replaceWith: false }), {});
    });
});

describe("refuseOptions", () => {
    const messageFor = (options: Parameters<typeof refuseOptions>[1]) => {
        try {
            refuseOptions("auth\nx", options);
        } catch (error) {
            return (error as Error).message;
        }
        return undefined;
    };

    it("refuses provider, and says what to give instead", () => {
        assert.equal(
            messageFor({ provider: {} }),
            "UserPoolDomainSettings \"auth x\": opts.provider is not for this resource: it would go to another package's plugin. It takes its AWS credentials from the stack's aws: config and the environment; give the argument aws instead.",
        );
    });

    it("refuses import, an empty one too, and says what happens without it", () => {
        const refusal =
            'UserPoolDomainSettings "auth x": opts.import is not for this resource, which takes a domain over as it is: leave import out. The first update adopts the domain, and the preview says what that changes. To look settings up and manage nothing: UserPoolDomainSettings.get.';
        assert.equal(messageFor({ import: "id" }), refusal);
        assert.equal(messageFor({ import: "" }), refusal);
    });

    it("takes all others", () => {
        assert.equal(messageFor({}), undefined);
    });
});
