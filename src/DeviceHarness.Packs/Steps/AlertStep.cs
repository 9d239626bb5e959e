using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Expects that a device tells an alert, or that none of its alerts is left without an explanation.</summary>
/// <remarks>An alert that came since the attempt began counts, whichever step caused it. A silence is a miss only when the device answers
/// afterwards: a lost link loses alerts too.</remarks>
public sealed class AlertStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "alert";

    /// <summary>The word for no alert.</summary>
    public const string NoneWord = "none";

    /// <summary>The most alerts that one step may expect.</summary>
    public const int MaximumCount = 1_000;

    /// <summary>How long an alert may take when the pack does not say.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(10);

    /// <summary>The alert code; null when every alert must be explained.</summary>
    public required string? Code { get; init; }

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>How long to wait.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>How many alerts of the code are expected, from 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Codes of which one alert each is let be where every other must be explained, such as what a device tells once after it came
    /// into a network; empty for none.</summary>
    public IReadOnlyList<string> Besides { get; init; } = [];

    /// <summary>How many of them the service may hand on to the User at most; null when that is not asked.</summary>
    public int? ForwardedAtMost { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        BenchDevice device = context.DeviceOf(DeviceRole);
        long started = context.Time.GetTimestamp();
        while (true)
        {
            long seen = context.Bench.Alerts.Count;
            context.Alerts.Take();
            int found = 0;
            if (Code is not null && context.Alerts.TryExplain(device.Id, Code, Count, Name, out found))
            {
                return JudgeForwarded(context, device);
            }

            TimeSpan left = Within - context.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return Code is null
                    ? JudgeUnexplained(context, device)
                    : await GiveUpAsync(context, device, found, cancellationToken).ConfigureAwait(false);
            }

            await WaitAsync(context, seen, left, cancellationToken).ConfigureAwait(false);
        }
    }

    private StepReport JudgeForwarded(StepContext context, BenchDevice device)
    {
        if (ForwardedAtMost is not { } most)
        {
            return StepReport.Done with { Expectations = [Expected(Count)] };
        }

        int forwarded = context.Alerts.Entries.Count(entry => entry.ExplainedBy == Name && entry.Alert.Device == device.Id
            && entry.Alert.Code == Code && !entry.Alert.IsThrottled);
        ExpectationResult result = new(
            $"alerts {Code} handed on", string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
            forwarded.ToString(CultureInfo.InvariantCulture), forwarded <= most);
        return forwarded <= most
            ? StepReport.Done with { Expectations = [Expected(Count), result] }
            : new StepReport(
                Symptom.ExpectationMissed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the service handed on {forwarded} alerts {Code} of {device.Id}, at most {most} were due"))
            {
                Expectations = [Expected(Count), result],
            };
    }

    private static async Task WaitAsync(StepContext context, long seen, TimeSpan left, CancellationToken cancellationToken)
    {
        using CancellationTokenSource window = new(left, context.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(window.Token, cancellationToken);
        try
        {
            await context.Bench.Alerts.WaitAsync(seen, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (window.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The window is over, which the caller finds by its clock.
            return;
        }
    }

    private StepReport JudgeUnexplained(StepContext context, BenchDevice device)
    {
        foreach (string code in Besides)
        {
            context.Alerts.TryExplain(device.Id, code, 1, Name, out _);
        }

        string[] codes = [.. context.Alerts.Unexplained.Where(entry => entry.Alert.Device == device.Id)
            .Select(entry => entry.Alert.Code.Length == 0 ? "without a code" : entry.Alert.Code)];
        string found = codes.Length == 0 ? ExpectationResult.Nothing : string.Join(", ", codes);
        ExpectationResult result = new("unexplained alerts", ExpectationResult.Nothing, found, codes.Length == 0);
        return codes.Length == 0
            ? StepReport.Done with { Expectations = [result] }
            : new StepReport(Symptom.ExpectationMissed, $"{device.Id} told alerts that no step expects: {found}")
            {
                Expectations = [result],
            };
    }

    private async Task<StepReport> GiveUpAsync(
        StepContext context, BenchDevice device, int found, CancellationToken cancellationToken)
    {
        bool? answers = await context.Bench.Alerts.ProbeAsync(device.Id, cancellationToken).ConfigureAwait(false);
        context.Alerts.GiveUp(device.Id, Code!, Count - found, Name);
        context.Alerts.Take();
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{device.Id} told alert {Code} {found} of {Count} times within {Within.TotalSeconds:0.###} s");
        string silence = answers is null ? "nobody can ask it for a" : "it gives no";
        StepReport report = answers == true
            ? new StepReport(Symptom.ExpectationMissed, text)
            : new StepReport(Symptom.SilentLink, $"{text}, and {silence} sign of life");
        return report with { Expectations = [Expected(found)] };
    }

    private ExpectationResult Expected(int found) => new(
        $"alert {Code}", Count.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture), found >= Count);
}
