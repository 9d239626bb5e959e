using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>A state that one request brings about: the request is the state, and its own inverse.</summary>
/// <typeparam name="T">The request.</typeparam>
/// <param name="name">What the state is.</param>
/// <param name="variant">The request's variant.</param>
/// <param name="reads">What reads the state.</param>
/// <param name="inverse">Makes the request of readings, with what they leave out from another request of its kind, and notes that; null
/// when they tell too little.</param>
internal class RequestRule<T>(
    string name, string variant, IReadOnlyList<SrvRequestBody> reads, Func<UndoReadings, T?, LeftOutValues, T?> inverse)
    : UndoRule(name, [variant], reads)
    where T : SrvRequestBody
{
    /// <summary>The fact of a rig file that states the state when no reading does, and the request for each word; null when there is
    /// none.</summary>
    public (string Fact, Func<string, T?> RequestOf)? Stated { get; init; }

    /// <summary>Gives a request another date; null for one that devices do not hold for a later time.</summary>
    public Func<T, DateTimeOffset, T>? Dated { get; init; }

    /// <inheritdoc/>
    public override bool Covers(SrvRequestBody command) => command is T;

    /// <inheritdoc/>
    public override string? StatedIn(IReadOnlyDictionary<string, string> facts) =>
        Stated is { } stated && facts.TryGetValue(stated.Fact, out string? word) && stated.RequestOf(word) is { } request
            ? RequestText.Write(request)
            : null;

    /// <inheritdoc/>
    public override string? StateBefore(UndoReadings readings, SrvRequestBody command) =>
        Text(inverse(readings, command as T, new LeftOutValues()));

    /// <inheritdoc/>
    public override string? StateOf(UndoReadings readings, string baseline) =>
        Text(inverse(readings, RequestText.Read<T>(baseline), new LeftOutValues()));

    /// <inheritdoc/>
    public override IReadOnlyList<string> LeftOut(UndoReadings readings, SrvRequestBody command)
    {
        LeftOutValues left = new();
        _ = inverse(readings, command as T, left);
        return left.Names;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) =>
        RequestText.Read<T>(baseline) is { } request ? [request] : [];

    /// <inheritdoc/>
    public override SrvRequestBody? Withdrawal(string baseline) =>
        Dated is not null && RequestText.Read<T>(baseline) is { } request ? Dated(request, IDeviceDated.Withdrawal) : null;

    /// <inheritdoc/>
    public override string Told(string state) => $"what {string.Join(" and ", Reads.Select(read => read.ServiceReferenceVariant))} told";

    /// <inheritdoc/>
    public override string Difference(string state, string baseline) => $"is not as it was: {RequestText.Difference(state, baseline)}";

    private static string? Text(T? request) => request is null ? null : RequestText.Write(request);
}
