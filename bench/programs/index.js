// One resource of the contestant for each domain.
const { readFileSync } = require("node:fs");
const { Resource } = require(`./${process.env.BENCH_CONTESTANT}`);

for (const { name, args } of JSON.parse(readFileSync(process.env.BENCH_DOMAINS, "utf8"))) {
    new Resource(name, args);
}
