export * from "../../model/index";
