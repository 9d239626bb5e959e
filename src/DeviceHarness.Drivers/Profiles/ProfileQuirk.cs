namespace DeviceHarness.Drivers.Profiles;

/// <summary>A departure of a device model from what is expected of its kind, with the reason why it is believed.</summary>
/// <param name="Name">A short name of lower-case letters, digits and hyphens, such as <c>boost-refused</c>.</param>
/// <param name="ServiceReferenceVariants">The variants that it shows in; empty when it is tied to none.</param>
/// <param name="Reason">What the model does and why, for people.</param>
/// <param name="Source">Who says so: a paper, a trace, or the word <c>assumption</c>.</param>
public sealed record ProfileQuirk(string Name, IReadOnlyList<string> ServiceReferenceVariants, string Reason, string Source)
{
    /// <summary>The most quirks of one profile.</summary>
    public const int MaximumCount = 32;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason} ({Source})";
}
