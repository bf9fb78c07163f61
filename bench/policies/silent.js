const TYPE = "__pulumiType";

// Asked about the same resources, and finding nothing in them.
const silence = (validate) => Object.assign(() => {}, TYPE in validate && { [TYPE]: validate[TYPE] });

/** Policies that have nothing to say: what they take is the SDK's own part. */
function silent(policies) {
  return policies.map((policy) => ({
    ...policy,
    ...(policy.validateResource && { validateResource: silence(policy.validateResource) }),
    ...(policy.validateStack && { validateStack: silence(policy.validateStack) }),
  }));
}

module.exports = { silent };
