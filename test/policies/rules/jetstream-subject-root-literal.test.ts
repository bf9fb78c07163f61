import { subjectRootLiteral } from "../../../policies/rules/jetstream-subject-root-literal";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (fields: object) =>
  messages(subjectRootLiteral, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields));
const says = (subject: string) =>
  `jetstream-subject-root-literal stream "JOBS_V1": subjects "${subject}" begins with a wildcard: it takes what other systems publish. Begin the subject with the name of the system, as in orders.v1.>.`;

it("accepts subjects with wildcards further on, and a stream without subjects", () => {
  expect(messages(subjectRootLiteral, () => {})).toEqual([]);
  expect(jobs({ subjects: ["jobs.>", "more.*.v1"] })).toEqual([]);
  expect(jobs({ subjects: undefined })).toEqual([]);
});

it.each([">", "*", "*.v1.placed", "*.>"])("reports %s", (subject) => {
  expect(jobs({ subjects: ["jobs.v1.all", subject] })).toEqual([says(subject)]);
});

it("reports every one", () => {
  expect(jobs({ subjects: ["*.a", "*.b"] })).toEqual([says("*.a"), says("*.b")]);
});

it("judges what is known beside what is not known yet", () => {
  expect(jobs({ subjects: UNKNOWN })).toEqual([]);
  expect(jobs({ subjects: [">"], maxAge: UNKNOWN, sources: UNKNOWN })).toEqual([says(">")]);
});

it("is not about buckets and consumers", () => {
  expect(
    messages(subjectRootLiteral, ({ topology }) => {
      topology.keyValues.other = {};
      topology.consumers[0].filterSubject = "*.v1.paid";
    }),
  ).toEqual([]);
});
