namespace DeviceHarness.Packs.Steps;

/// <summary>Waits on the attempt's clock.</summary>
public sealed class WaitStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "wait";

    /// <summary>How long to wait; zero does not wait.</summary>
    public required TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Duration > TimeSpan.Zero)
        {
            await Task.Delay(Duration, context.Time, cancellationToken).ConfigureAwait(false);
        }

        return StepReport.Done;
    }
}
