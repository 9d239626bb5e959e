using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that waits for the answer to an earlier request.</summary>
internal static class AnswerStepReader
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>The words for what is decided about a request in quarantine.</summary>
    public static IReadOnlyDictionary<string, QuarantineDecision> Decisions { get; } =
        new Dictionary<string, QuarantineDecision>(StringComparer.Ordinal)
        {
            ["release"] = QuarantineDecision.Release,
            ["drop"] = QuarantineDecision.Drop,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the step.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        int of = faults.Read(() => ReadNumber(node.Require("of"), number));
        TimeSpan? stated = faults.Read(() => node.Find("within")?.AsDuration(TimeSpan.Zero, StepReader.MaximumTime));
        QuarantineDecision? decision =
            faults.Read(() => node.Find("decide") is { } decide ? decide.AsOneOf(Decisions) : (QuarantineDecision?)null);
        bool isNone = faults.Read(() => node.Find("none")?.AsBoolean() ?? false) || decision == QuarantineDecision.Drop;
        faults.Try(() => faults.RejectOtherKeys(node));
        if (stated is not null && decision is not null)
        {
            faults.Add(node.Require("within").Fault(
                PackFaults.StepReference, "'within' beside 'decide'", "one of them: nothing is waited for"));
        }

        if (isNone && step.Find("expect") is { } expect)
        {
            faults.Add(expect.Fault(PackFaults.Expectation, "'expect' where no answer is to come", "nothing"));
        }

        TimeSpan within = stated ?? AnswerStep.DefaultWithin;
        StepHead head = StepReader.ReadHead(step, number, $"answer to step {of}", within + Margin, scope, canMiss: true, canRepeat: false);
        ServiceExpectation? expectation = isNone
            ? null
            : faults.Read(() => ExpectationReader.Read(step.Find("expect"), entry: null, scope)) ?? ExpectationReader.Healthy;
        IReadOnlyList<Capture> captures =
            faults.Read(() => isNone ? [] : RequestReader.ReadCaptures(step.Find("capture"), faults)) ?? [];
        faults.RejectOtherKeys(step);
        return
        [
            new AnswerStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Of = of,
                Expectation = expectation,
                Decision = decision,
                Within = within,
                CaptureList = captures,
            },
        ];
    }

    private static int ReadNumber(ConfigurationNode node, int number) => number > 1
        ? (int)node.AsInteger(1, number - 1)
        : throw node.Fault(PackFaults.StepReference, "no step before", "the number of an earlier step that sends a request");
}
