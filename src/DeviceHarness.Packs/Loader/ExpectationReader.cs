using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads what a request step expects, and fills in what a healthy answer would be.</summary>
internal static class ExpectationReader
{
    private static readonly FrozenSet<string> Codes = ResponseCodes.Entries.Select(entry => entry.Code).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Outcomes = Enum.GetNames<DeviceOutcomeKind>().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads the expectations of a step.</summary>
    /// <param name="node">The value of <c>expect</c>; null when the step has none.</param>
    /// <param name="criticality">The criticality of the request: what the service itself answers is I0 at once.</param>
    /// <param name="scope">What its texts may refer to.</param>
    public static ServiceExpectation Read(ConfigurationNode? node, SrvCriticality criticality, PackScope scope)
    {
        ConfigurationNode? refusal = node?.Find("refusal");
        ConfigurationNode? acknowledgement = node?.Find("acknowledgement");
        ConfigurationNode? response = node?.Find("response");
        ConfigurationNode? outcome = node?.Find("outcome");
        ConfigurationNode? success = node?.Find("success");
        ConfigurationNode? body = node?.Find("body");
        node?.RejectOtherKeys();
        if (refusal is not null)
        {
            ConfigurationNode? other = acknowledgement ?? response ?? outcome ?? success ?? body;
            return other is null
                ? Refused(ReadRefusal(refusal, scope))
                : throw other.Fault(PackFaults.Expectation, "this key beside 'refusal'",
                    "nothing: a request that is refused as malformed has no answer");
        }

        bool isServiceOnly = criticality == SrvCriticality.NonDevice;
        string healthyAcknowledgement = isServiceOnly ? ResponseCodes.Success : ResponseCodes.Acknowledged;
        bool isAccepted = !isServiceOnly && (acknowledgement is null || Mentions(acknowledgement, ResponseCodes.Acknowledged));
        return new ServiceExpectation
        {
            Acknowledgement = acknowledgement is null ? new TextCondition(healthyAcknowledgement) : ConditionReader.Read(acknowledgement,
                scope, Codes),
            Response = response is not null ? ConditionReader.Read(response, scope, Codes)
                : isAccepted ? new TextCondition(ResponseCodes.Success) : new PresentCondition(isPresent: false),
            Outcome = outcome is not null ? ConditionReader.Read(outcome, scope, Outcomes)
                : isAccepted ? null : new PresentCondition(isPresent: false),
            Success = success?.AsBoolean(),
            Body = body is null ? [] : [.. body.Keys.Select(path =>
                KeyValuePair.Create(path, ConditionReader.Read(body.Require(path), scope)))],
            Refusal = null,
            ReachesDevice = isAccepted,
        };
    }

    private static ServiceExpectation Refused(RefusalExpectation refusal) => new()
    {
        Acknowledgement = null,
        Response = null,
        Outcome = null,
        Success = null,
        Body = [],
        Refusal = refusal,
        ReachesDevice = false,
    };

    private static RefusalExpectation ReadRefusal(ConfigurationNode node, PackScope scope)
    {
        ValueCondition path = ConditionReader.Read(node.Require("path"), scope);
        ConfigurationNode? message = node.Find("message");
        node.RejectOtherKeys();
        return new RefusalExpectation(path, message is null ? null : ConditionReader.Read(message, scope));
    }

    private static bool Mentions(ConfigurationNode node, string code) => node switch
    {
        { IsScalar: true } => node.AsText() == code,
        { IsSequence: true } => node.Items().Any(item => Mentions(item, code)),
        _ => true,
    };
}
