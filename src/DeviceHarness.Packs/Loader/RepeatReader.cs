using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads how a step is repeated until it is met.</summary>
internal static class RepeatReader
{
    /// <summary>The key of a step.</summary>
    public const string Key = "repeat";

    private const string Unsafe = "unsafe";

    /// <summary>The words for when a repeated step is over.</summary>
    public static IReadOnlyDictionary<string, bool> Untils { get; } = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["met"] = true,
    };

    /// <summary>Reads the value of <c>repeat</c>.</summary>
    public static RepeatUntil? Read(ConfigurationNode node, PackScope scope)
    {
        FaultList faults = scope.Faults;
        int before = faults.Count;
        faults.Try(() => node.Require("until").AsOneOf(Untils));
        TimeSpan every = faults.Read(() => node.Require("every").AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime));
        int? atMost = faults.Read(() => (int?)node.Find("at-most")?.AsInteger(2, RepeatUntil.MaximumRounds));
        TimeSpan? within =
            faults.Read(() => node.Find("within")?.AsDuration(TimeSpan.FromMilliseconds(1), StepReader.MaximumTime));
        RepeatPolicy policy =
            faults.Read(() => node.Find(Unsafe)?.AsOneOf(CaseReader.RepeatPolicies) ?? RepeatPolicy.Never);
        faults.RejectOtherKeys(node);
        if (faults.Count > before)
        {
            return null;
        }

        RepeatUntil repeat = new(every, atMost, within) { AllowsUnsafe = policy == RepeatPolicy.Allowed };
        return (atMost, repeat.RoundsInTime) switch
        {
            (null, null) => throw node.Fault(PackFaults.StepReference, "a repetition without a bound", "'at-most', 'within' or both"),
            (null, > RepeatUntil.MaximumRounds) => throw node.Fault(
                PackFaults.StepReference, $"{repeat.RoundsInTime} rounds",
                $"at most {RepeatUntil.MaximumRounds} rounds: a longer 'every', a shorter 'within', or 'at-most'"),
            _ => repeat,
        };
    }

    /// <summary>Checks a request that is repeated: nothing but the pack's own word lets one be sent again that may harm its
    /// device.</summary>
    /// <param name="step">The step.</param>
    /// <param name="steps">What was read of it, with its repetition.</param>
    public static void CheckRequest(ConfigurationNode step, IReadOnlyList<RequestStep> steps)
    {
        if (step.Find("times") is { } times)
        {
            throw times.Fault(PackFaults.StepReference, $"'times' beside '{Key}'", "one of them");
        }

        RequestStep request = steps[0];
        if (request.IsUnsafeToRepeat && !request.Repeat!.AllowsUnsafe)
        {
            string why = request.Change is StepChange.Wearing or StepChange.Irreversible
                ? request.Change.ToString().ToLowerInvariant()
                : "critical";
            throw step.Require(Key).Fault(
                PackFaults.StepReference, $"a request that is {why} and repeated",
                $"'{Unsafe}: allowed' in '{Key}', or a request that is safe to repeat");
        }
    }
}
