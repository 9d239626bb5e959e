using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Takes the supply of a device away at a moment of one firmware request, and gives it back after a time while the request goes
/// on. Used by one step.</summary>
/// <remarks>The request waits until the supply is away, as an input saw it where there is one, so that nothing but what follows meets the
/// dark. What a contact or an input fails with is told after the request: it is no answer of the device.</remarks>
internal sealed class PowerCutter(StepContext context, string role, PowerCut cut, CancellationToken stepToken) : IFirmwareMoments
{
    private readonly BenchDevice _device = context.DeviceOf(role);
    private readonly List<SupplyObservation> _seen = [];
    private Task? _restoring;
    private StepReport? _broken;
    private int? _firstBlockAfter;

    /// <inheritdoc/>
    public async ValueTask ReachedAsync(FirmwareMoment moment, int block, CancellationToken cancellationToken)
    {
        if (_restoring is not null)
        {
            _firstBlockAfter ??= moment == FirmwareMoment.Block ? block : null;
        }
        else if (moment == cut.At && block == cut.Block)
        {
            await SwitchAsync(isOn: false).ConfigureAwait(false);
            _restoring = RestoreAsync();
        }
    }

    /// <summary>Waits until the supply is back, if it was taken away. Fails with nothing: what broke is told by
    /// <see cref="Conclude"/>.</summary>
    public Task EndAsync() => _restoring ?? Task.CompletedTask;

    /// <summary>What the step comes to.</summary>
    /// <param name="report">What the request came to.</param>
    public StepReport Conclude(StepReport report)
    {
        if (_restoring is null)
        {
            return report.Symptom == Symptom.ExpectationsMet
                ? report with
                {
                    Symptom = Symptom.MomentUnproven,
                    Reason = $"the supply was to be cut at {cut.Moment}, and the request never came to it",
                }
                : report;
        }

        ExpectationResult[] results = [.. report.Expectations, .. Resumption()];
        StepReport seen = report with { Expectations = results, Supply = [.. report.Supply, .. _seen] };
        if (_broken is { } broken)
        {
            return seen with { Symptom = broken.Symptom, Reason = broken.Reason };
        }

        if (report.Symptom != Symptom.ExpectationsMet)
        {
            Symptom symptom = cut.At == FirmwareMoment.Activation ? VerdictRules.OfMissAfterCut(report.Symptom) : report.Symptom;
            return seen with { Symptom = symptom, Reason = $"{report.Reason}; the bench had cut the supply at {cut}" };
        }

        return results.FirstOrDefault(result => !result.IsMet) is { } missed
            ? seen with
            {
                Symptom = Symptom.ExpectationMissed,
                Reason = $"{missed.Subject}: expected {missed.Expected}, found {missed.Found}; the bench had cut the supply at {cut}",
            }
            : seen;
    }

    /// <summary>Blocks that the device had acknowledged are not sent again.</summary>
    private IEnumerable<ExpectationResult> Resumption() => cut.At != FirmwareMoment.Block || _firstBlockAfter is not { } first
        ? []
        :
        [
            new ExpectationResult(
                "first block after the power cut", string.Create(CultureInfo.InvariantCulture, $"{cut.Block} or a later one"),
                first.ToString(CultureInfo.InvariantCulture), first >= cut.Block),
        ];

    private async Task RestoreAsync()
    {
        try
        {
            await Task.Delay(cut.OffFor, context.Time, stepToken).ConfigureAwait(false);
            await SwitchAsync(isOn: true).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stepToken.IsCancellationRequested)
        {
            // The step is over before its time: the runner gives the supply back before it cleans up.
            return;
        }
    }

    private async Task SwitchAsync(bool isOn)
    {
        StepReport report;
        try
        {
            report = await PowerStep.SwitchAsync(context, role, _device.Id, isOn, stepToken).ConfigureAwait(false);
        }
        catch (HarnessException exception)
        {
            report = new StepReport(VerdictRules.OfException(exception), exception.Message);
        }

        _seen.Clear();
        _seen.AddRange(report.Supply);
        _broken ??= report.Symptom == Symptom.ExpectationsMet ? null : report;
    }
}
