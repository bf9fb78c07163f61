const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

/** `unit` needs nothing but the sources; `integration` real servers, the real engine and the packed tarball. */
module.exports = {
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/integration/", "<rootDir>/.headwater/"],
      modulePathIgnorePatterns: ["<rootDir>/.headwater/", "<rootDir>/dist/"],
      moduleNameMapper: { "^headwater$": "<rootDir>/index.ts" },
    },
    {
      displayName: "integration",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/integration/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/.headwater/", "<rootDir>/dist/"],
      globalSetup: "<rootDir>/test/support/global-setup.ts",
      globalTeardown: "<rootDir>/test/support/global-teardown.ts",
    },
  ],
  testTimeout: 180_000,
};
