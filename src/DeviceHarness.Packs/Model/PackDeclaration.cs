namespace DeviceHarness.Packs.Model;

/// <summary>What a pack says of its own size: a pack that has less is refused.</summary>
/// <param name="Cases">The fewest cases; null when it says nothing.</param>
/// <param name="CasesWithDevice">The fewest cases with a step that is meant to reach a device; null when it says nothing.</param>
/// <param name="PercentWithDevice">Their smallest share of all cases in percent; null when it says nothing.</param>
public sealed record PackDeclaration(int? Cases, int? CasesWithDevice, int? PercentWithDevice)
{
    /// <summary>The declaration of a pack that says nothing.</summary>
    public static PackDeclaration None { get; } = new(Cases: null, CasesWithDevice: null, PercentWithDevice: null);
}
