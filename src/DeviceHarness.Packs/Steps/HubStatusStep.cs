using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Expects something of what a comms hub tells of itself at its service port: who it is, its wide area network, and the alerts
/// that wait in it.</summary>
/// <remarks>That it is the device of the rig file is expected each time.</remarks>
public sealed class HubStatusStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "hub-status";

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>Whether the hub is to be registered with a network; null when that is no matter.</summary>
    public bool? IsRegistered { get; init; }

    /// <summary>The weakest signal that will do, in dBm; null when that is no matter.</summary>
    public int? SignalAtLeast { get; init; }

    /// <summary>The codes of the alerts that wait, oldest first; null when they are no matter.</summary>
    public IReadOnlyList<string>? Alerts { get; init; }

    /// <summary>Whether the hub is told that its alerts were taken.</summary>
    public bool TakesAlerts { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override bool TouchesDevice => true;

    /// <summary>What is expected, in words.</summary>
    public IReadOnlyList<string> Expectations =>
    [
        .. IsRegistered is { } registered ? [$"wan {WordOf(registered)}"] : Array.Empty<string>(),
        .. SignalAtLeast is { } least ? [$"wan signal of {least} dBm or more"] : Array.Empty<string>(),
        .. Alerts is { } codes ? [$"waiting alerts: {ListOf(codes)}"] : Array.Empty<string>(),
    ];

    /// <summary>The word for whether a hub is registered.</summary>
    public static string WordOf(bool isRegistered) => isRegistered ? "registered" : "unregistered";

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Bench.Hubs is not { } hubs)
        {
            return new StepReport(Symptom.PreconditionUnmet, "the bench gives no way to what its hubs tell of themselves");
        }

        BenchDevice device = context.DeviceOf(DeviceRole);
        HubReport report = await hubs.ReadAsync(device.Id, TakesAlerts, cancellationToken).ConfigureAwait(false);
        ExpectationResult[] results = [.. ResultsOf(device, report)];
        ExpectationResult? missed = results.FirstOrDefault(result => !result.IsMet);
        StepReport done = missed is null
            ? StepReport.Done
            : new StepReport(Symptom.ExpectationMissed, $"{missed.Subject}: expected {missed.Expected}, found {missed.Found}");
        return done with { Expectations = results, Hub = HubReportEvidence.Of(device.Id, TakesAlerts, report) };
    }

    private IEnumerable<ExpectationResult> ResultsOf(BenchDevice device, HubReport report)
    {
        string identity = device.Eui64.ToString();
        string found = report.Identity.ToString();
        yield return new ExpectationResult("hub identity", identity, found, found == identity);
        string state = report.Wan is { } wan ? WordOf(wan.IsRegistered) : ExpectationResult.Nothing;
        if (IsRegistered is { } registered)
        {
            yield return new ExpectationResult("hub wan", WordOf(registered), state, state == WordOf(registered));
        }

        if (SignalAtLeast is { } least)
        {
            string signal = report.Wan is { } seen ? $"{seen.SignalDecibelMilliwatts} dBm" : ExpectationResult.Nothing;
            yield return new ExpectationResult(
                "hub wan signal", $"{least} dBm or more", signal, report.Wan?.SignalDecibelMilliwatts >= least);
        }

        if (Alerts is { } codes)
        {
            string expected = ListOf(codes);
            string waiting = ListOf([.. report.Alerts.Select(alert => alert.Code)]);
            yield return new ExpectationResult("hub alerts", expected, waiting, waiting == expected);
        }
    }

    private static string ListOf(IReadOnlyList<string> codes) => codes.Count == 0 ? "none" : string.Join(' ', codes);
}
