/** Properties of a resource as they come from the engine. */
interface Properties {
  toJavaScript(): object;
}
interface ResourceMessage {
  getProperties(): Properties | undefined;
  getProvider(): { getProperties(): Properties | undefined } | undefined;
}

/** The engine's questions: about one resource, or about all. */
export type Question = ResourceMessage | { getResourcesList(): ResourceMessage[] };

/**
 * Has the properties of a question read once. The SDK reads them anew for every policy, and copies what it has read before a
 * policy sees it: with some ten policies reading is most of the time they take.
 */
export function shareProperties(question: Question): void {
  const resources = "getResourcesList" in question ? question.getResourcesList() : [question];
  for (const resource of resources) {
    readOnce(resource.getProperties());
    readOnce(resource.getProvider()?.getProperties());
  }
}

function readOnce(properties: Properties | undefined): void {
  if (!properties) return;
  const read = properties.toJavaScript.bind(properties);
  let value: object | undefined;
  properties.toJavaScript = () => {
    value ??= read();
    return value;
  };
}
