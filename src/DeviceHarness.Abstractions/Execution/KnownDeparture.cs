namespace DeviceHarness.Abstractions.Execution;

/// <summary>An entry of the catalogue of departures: what a device model is expected to do otherwise than its kind.</summary>
/// <param name="Name">Its short name, such as <c>boost-kept-and-refused</c>.</param>
/// <param name="ServiceReferenceVariants">The variants that it shows in.</param>
/// <param name="Kind">What the model does.</param>
/// <param name="Reason">What it does and why, for people.</param>
/// <param name="Source">Who says so: a paper, a trace, or the word <c>assumption</c>.</param>
public sealed record KnownDeparture(
    string Name, IReadOnlyList<string> ServiceReferenceVariants, DepartureKind Kind, string Reason, string Source)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason} ({Source})";
}
