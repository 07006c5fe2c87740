import assert from "node:assert/strict";
import { read } from "../../support/pages";

describe("CHANGELOG.md", () => {
    it("has the form of Keep a Changelog: versions with a day, and entries under the six kinds of change", () => {
        const [, ...versions] = read("CHANGELOG.md").split(/^## /m);
        assert.match(versions[0] ?? "", /^\[Unreleased\]\n/);
        for (const version of versions) {
            assert.match(version, /^\[(Unreleased\]|\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)\n/);
            const [intro = "", ...kinds] = version.split(/^### /m);
            assert.doesNotMatch(intro, /^- /m);
            assert.deepEqual(
                kinds.filter((kind) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)\n\n- /.test(kind)),
                [],
            );
        }
    });

    it("names the version of the package: the last released one, or the one that is unreleased", () => {
        const { version } = JSON.parse(read("package.json"));
        const [, unreleased = "", last = ""] = read("CHANGELOG.md").split(/^## /m);
        assert.ok(last.startsWith(`[${version}] - `) || (last === "" && unreleased.includes(version)), version);
    });
});
