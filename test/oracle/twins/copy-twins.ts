import type { Twin } from "../twin";

const feed = { name: "feed", deliverSubject: "deliver.feed" };
const spare = { name: "spare", deliverSubject: "deliver.spare" };

/** Pairs for the rules about mirrors and sources of one stream. */
export const copyTwins: readonly Twin[] = [
  {
    code: "SP117",
    refused: { keyValues: { K: { mirror: { name: "L" }, sources: [{ name: "M" }] } } },
    accepted: { keyValues: { K: { mirror: { name: "L" } } } },
  },
  {
    code: "SP117",
    refused: { keyValues: { K: { mirror: { name: "L" }, limitMarkerTtl: "1s" } } },
    accepted: { keyValues: { K: { sources: [{ name: "L" }], limitMarkerTtl: "1s" } } },
    since: "2.11.0",
  },
  {
    code: "SP120",
    refused: { streams: { A: { sources: [{ name: "B" }, { name: "B", optStartSeq: 5 }] } } },
    accepted: { streams: { A: { sources: [{ name: "B" }, { name: "B", filterSubject: "b.x" }] } } },
  },
  {
    code: "SP121",
    refused: {
      streams: {
        A: { sources: [{ name: "B", filterSubject: "b.x", subjectTransforms: [{ src: "b.x", dest: "c" }] }] },
      },
    },
    accepted: { streams: { A: { sources: [{ name: "B", subjectTransforms: [{ src: "b.x", dest: "c" }] }] } } },
  },
  {
    code: "SP121",
    refused: {
      streams: { A: { mirror: { name: "B", filterSubject: "b.x", subjectTransforms: [{ src: "b.x", dest: "c" }] } } },
    },
    accepted: { streams: { A: { mirror: { name: "B", filterSubject: "b.x", subjectTransforms: [] } } } },
  },
  {
    code: "SP122",
    refused: { streams: { A: { sources: [{ name: "B", subjectTransforms: [{ src: "b.*", dest: "c.$2" }] }] } } },
    accepted: { streams: { A: { sources: [{ name: "B", subjectTransforms: [{ src: "b.*", dest: "c.$1" }] }] } } },
  },
  {
    code: "SP122",
    refused: { streams: { A: { mirror: { name: "B", subjectTransforms: [{ src: "b.>", dest: "c" }] } } } },
    accepted: { streams: { A: { mirror: { name: "B", subjectTransforms: [{ src: "b.>", dest: "c.>" }] } } } },
  },
  {
    code: "SP123",
    refused: {
      streams: {
        A: {
          sources: [
            {
              name: "B",
              subjectTransforms: [
                { src: "b.>", dest: "c.>" },
                { src: "b.x", dest: "c.x" },
              ],
            },
          ],
        },
      },
    },
    accepted: {
      streams: {
        A: {
          sources: [
            {
              name: "B",
              subjectTransforms: [
                { src: "b.y.>", dest: "c.>" },
                { src: "b.x", dest: "c.x" },
              ],
            },
          ],
        },
      },
    },
  },
  {
    code: "SP124",
    refused: { streams: { A: { mirror: { name: "B", consumer: feed, optStartSeq: 5 } } } },
    accepted: { streams: { A: { mirror: { name: "B", consumer: feed, optStartSeq: 0 } } } },
    since: "2.14.0",
  },
  {
    code: "SP124",
    refused: { streams: { A: { sources: [{ name: "B", consumer: feed, filterSubject: "b.x" }] } } },
    accepted: { streams: { A: { sources: [{ name: "B", consumer: feed }] } } },
    since: "2.14.0",
  },
  {
    code: "SP125",
    refused: {
      streams: {
        A: {
          sources: [
            { name: "B", consumer: feed, subjectTransforms: [{ src: "b.x", dest: "c.x" }] },
            { name: "B", consumer: feed, subjectTransforms: [{ src: "b.y", dest: "c.y" }] },
          ],
        },
      },
    },
    accepted: {
      streams: {
        A: {
          sources: [
            { name: "B", consumer: feed, subjectTransforms: [{ src: "b.x", dest: "c.x" }] },
            { name: "B", consumer: spare, subjectTransforms: [{ src: "b.y", dest: "c.y" }] },
          ],
        },
      },
    },
    since: "2.14.0",
  },
  {
    code: "SP126",
    refused: { streams: { A: { mirror: { name: "B", external: { api: "$JS.API" } } } } },
    accepted: { streams: { A: { mirror: { name: "B", external: { api: "$JS.hub.API" } } } } },
  },
  {
    code: "SP127",
    refused: { streams: { A: { allowMsgSchedules: true, sources: [{ name: "B" }] } } },
    accepted: { streams: { A: { allowMsgSchedules: true, sources: [] } } },
    since: "2.12.0",
  },
];
