using System.Text.Json;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The inputs of a virtual bench, which look at the virtual terminals.</summary>
/// <param name="bench">The bench.</param>
/// <param name="points">Where it has an input.</param>
/// <param name="time">What measures waits.</param>
internal sealed class VirtualSupplySense(BenchControlClient bench, IReadOnlyCollection<SupplyPoint> points, TimeProvider time)
    : ISupplySense
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public bool Has(SupplyPoint point) => points.Contains(point);

    /// <inheritdoc/>
    public async Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken)
    {
        string line = $"supply {point}";
        string answer = await bench.AskAsync(line, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<SupplyReading>(answer) is { Source: not null, Edges: not null } reading
                ? reading
                : throw Unreadable(line, null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(line, exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The bench tells nothing by itself: it is asked again after a while.</remarks>
    public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken) =>
        Task.Delay(atMost < LookInterval ? atMost : LookInterval, time, cancellationToken);

    private static TransportException Unreadable(string line, JsonException? exception) =>
        new("BENCH-003", $"'{line}' was told to the virtual bench: the answer is no reading", line, exception);
}
