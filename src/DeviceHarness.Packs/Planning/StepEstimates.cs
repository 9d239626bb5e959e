using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Planning;

/// <summary>How long steps are likely to take: as they did before, and an image that was never sent by its length.</summary>
/// <param name="measured">What was measured; the first row of a variant and device counts.</param>
internal sealed class StepEstimates(IReadOnlyList<MeasuredDuration> measured)
{
    /// <summary>The rate of the line where nothing was measured, in bits per second: that of most optical and serial ports.</summary>
    public const int AssumedBaud = 9_600;

    /// <summary>Bits on an asynchronous line for each octet.</summary>
    public const int BitsPerOctet = 10;

    /// <summary>What is known of a step's duration.</summary>
    /// <param name="step">The step.</param>
    /// <param name="device">The device under test; null when the bench is not known.</param>
    /// <param name="target">The device that the step is for; null when the bench is not known, or it is for none.</param>
    public StepEstimate Of(PackStep step, BenchDevice? device, BenchDevice? target)
    {
        if (step is WaitStep wait)
        {
            return new StepEstimate(wait.Duration, EstimateSource.Wait);
        }

        if (step is PowerStep { OffFor: { } off })
        {
            return new StepEstimate(off, EstimateSource.Wait);
        }

        if (step is TamperStep { OpenFor: var open })
        {
            return new StepEstimate(open, EstimateSource.Wait);
        }

        if (step is PressStep { Hold: var hold })
        {
            return new StepEstimate(hold, EstimateSource.Wait);
        }

        if (step is AnswerStep { Expectation: null, Decision: null } silence)
        {
            return new StepEstimate(silence.Within, EstimateSource.Wait);
        }

        if (step is not RequestStep { Expectation.ReachesDevice: true } request)
        {
            return StepEstimate.None;
        }

        string[] names = [.. new[] { target, device }.OfType<BenchDevice>().Select(found => found.Id.Value)];
        if (measured.FirstOrDefault(row => row.Srv == step.ServiceReferenceVariant && names.Contains(row.Device)) is { } known)
        {
            return new StepEstimate(known.Median, EstimateSource.Measured);
        }

        TimeSpan dark = request.Request.PowerCut?.OffFor ?? TimeSpan.Zero;
        return request.Request.FirmwareImage is { Length: var octets }
            ? new StepEstimate(TimeSpan.FromSeconds((double)octets * BitsPerOctet / AssumedBaud) + dark, EstimateSource.ImageLength)
            : dark > TimeSpan.Zero ? new StepEstimate(dark, EstimateSource.Wait)
            : StepEstimate.None;
    }
}

/// <summary>How long a step is likely to take.</summary>
/// <param name="Duration">The time; zero when nothing is known.</param>
/// <param name="Source">Where it is from.</param>
public sealed record StepEstimate(TimeSpan Duration, EstimateSource Source)
{
    /// <summary>Nothing is known.</summary>
    public static StepEstimate None { get; } = new(TimeSpan.Zero, EstimateSource.Unknown);
}

/// <summary>Where an estimate is from.</summary>
public enum EstimateSource
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>The step is a wait, and its time is its own.</summary>
    Wait,

    /// <summary>An earlier run of the same pack on the same device.</summary>
    Measured,

    /// <summary>The length of the image at 9,600 bits per second, the least that it can take there: it was never sent before.</summary>
    ImageLength,
}
