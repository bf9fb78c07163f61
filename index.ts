export * from "./constructs/pulumi/index";
export * from "./model/index";
