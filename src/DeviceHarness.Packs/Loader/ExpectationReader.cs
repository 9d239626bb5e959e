using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Expectations;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads what a request step expects, and fills in what a healthy answer would be.</summary>
internal static class ExpectationReader
{
    /// <summary>The response codes that can be found.</summary>
    public static FrozenSet<string> Codes { get; } =
        ResponseCodes.Entries.Select(entry => entry.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words for what a device did.</summary>
    public static FrozenSet<string> Outcomes { get; } = Enum.GetNames<DeviceOutcomeKind>().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The DCC alerts that follow a response.</summary>
    public static FrozenSet<string> DccAlerts { get; } = FrozenSet.ToFrozenSet([nameof(UpdateHANDeviceLogResult)], StringComparer.Ordinal);

    /// <summary>What a step expects that says nothing.</summary>
    public static ServiceExpectation Healthy { get; } = new()
    {
        Acknowledgement = new TextCondition(ResponseCodes.Acknowledged),
        Response = new TextCondition(ResponseCodes.Success),
        Outcome = null,
        Success = null,
        Body = [],
        Refusal = null,
        ReachesDevice = true,
    };

    /// <summary>Reads the expectations of a step.</summary>
    /// <param name="node">The value of <c>expect</c>; null when the step has none.</param>
    /// <param name="entry">The request's variant: what the service itself answers is I0 at once, after which 11.1 and 11.4 go to their
    /// device; null when a request written as XML states none.</param>
    /// <param name="scope">What its texts may refer to.</param>
    public static ServiceExpectation Read(ConfigurationNode? node, SrvEntry? entry, PackScope scope)
    {
        ConfigurationNode? refusal = node?.Find("refusal");
        ConfigurationNode? acknowledgement = node?.Find("acknowledgement");
        ConfigurationNode? response = node?.Find("response");
        ConfigurationNode? outcome = node?.Find("outcome");
        ConfigurationNode? success = node?.Find("success");
        ConfigurationNode? body = node?.Find("body");
        ConfigurationNode? alert = node?.Find("dcc-alert");
        if (node is not null)
        {
            scope.Faults.RejectOtherKeys(node);
        }

        if (refusal is not null)
        {
            ConfigurationNode? other = acknowledgement ?? response ?? outcome ?? success ?? body ?? alert;
            return other is null
                ? Refused(ReadRefusal(refusal, scope))
                : throw other.Fault(PackFaults.Expectation, "this key beside 'refusal'",
                    "nothing: a request that is refused as malformed has no answer");
        }

        bool isOfService = entry?.Criticality == SrvCriticality.NonDevice;
        string healthyAcknowledgement = isOfService ? ResponseCodes.Success : ResponseCodes.Acknowledged;
        bool isAccepted = (!isOfService || FirmwareUpdate.Variants.Contains(entry!.Srv))
            && (acknowledgement is null || scope.Faults.Read(() => Mentions(acknowledgement, healthyAcknowledgement)));
        ValueCondition nothing = new PresentCondition(isPresent: false);
        return new ServiceExpectation
        {
            Acknowledgement = Read(acknowledgement, new TextCondition(healthyAcknowledgement), scope, Codes),
            Response = Read(response, isAccepted ? new TextCondition(ResponseCodes.Success) : nothing, scope, Codes),
            Outcome = Read(outcome, isAccepted ? null : nothing, scope, Outcomes),
            Success = scope.Faults.Read(() => success?.AsBoolean()),
            Body = scope.Faults.Read(() => ReadBody(body, scope)) ?? [],
            DccAlert = Read(alert, healthy: null, scope, DccAlerts),
            Refusal = null,
            ReachesDevice = isAccepted,
        };
    }

    private static ValueCondition? Read(
        ConfigurationNode? node, ValueCondition? healthy, PackScope scope, FrozenSet<string> known) =>
        node is null ? healthy : scope.Faults.Read(() => ConditionReader.Read(node, scope, known));

    private static List<KeyValuePair<string, ValueCondition>> ReadBody(ConfigurationNode? node, PackScope scope)
    {
        List<KeyValuePair<string, ValueCondition>> conditions = [];
        foreach (string path in node?.Keys ?? [])
        {
            if (scope.Faults.Read(() => ReadValue(path, node!.Require(path), scope)) is { } condition)
            {
                conditions.Add(KeyValuePair.Create(path, condition));
            }
        }

        return conditions;
    }

    private static ValueCondition ReadValue(string path, ConfigurationNode node, PackScope scope)
    {
        ValueCondition condition = ConditionReader.Read(node, scope);
        string element = path[(path.LastIndexOfAny(['/', '.']) + 1)..].Split('[')[0];
        return SecretText.Elements.Contains(element) && condition.Templates.Any(template => !template.IsOnlyReferences)
            ? throw PackScope.WrittenOut(node, element)
            : condition;
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
        ConfigurationNode? message = node.Find("message");
        ValueCondition path = ConditionReader.Read(node.Require("path"), scope);
        scope.Faults.RejectOtherKeys(node);
        return new RefusalExpectation(path, message is null ? null : ConditionReader.Read(message, scope));
    }

    private static bool Mentions(ConfigurationNode node, string code) => node switch
    {
        { IsScalar: true } => node.AsText() == code,
        { IsSequence: true } => node.Items().Any(item => Mentions(item, code)),
        _ => true,
    };
}
