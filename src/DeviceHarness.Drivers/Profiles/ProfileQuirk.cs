using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>A departure of a device model from what is expected of its kind, with the reason why it is believed.</summary>
/// <param name="Name">A short name of lower-case letters, digits and hyphens, such as <c>boost-refused</c>.</param>
/// <param name="ServiceReferenceVariants">The variants that it shows in; empty when it is tied to none.</param>
/// <param name="Reason">What the model does and why, for people.</param>
/// <param name="Source">Who says so: a paper, a trace, or the word <c>assumption</c>.</param>
/// <param name="Expected">What a test has to expect of the variants; null when that stays as it is, and the quirk only explains.</param>
public sealed record ProfileQuirk(
    string Name, IReadOnlyList<string> ServiceReferenceVariants, string Reason, string Source, DepartureKind? Expected = null)
{
    /// <summary>The most quirks of one profile.</summary>
    public const int MaximumCount = 32;

    /// <summary>The entry of the catalogue of departures; null when a test has nothing else to expect.</summary>
    public KnownDeparture? Departure =>
        Expected is { } kind ? new KnownDeparture(Name, ServiceReferenceVariants, kind, Reason, Source) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason} ({Source})";
}
