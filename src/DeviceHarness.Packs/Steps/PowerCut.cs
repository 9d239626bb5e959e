using System.Globalization;
using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Packs.Steps;

/// <summary>A supply that the bench takes away in the middle of a firmware request.</summary>
/// <param name="At">The moment.</param>
/// <param name="Block">The block that is sent into the dark, from 0; 0 at every other moment.</param>
/// <param name="OffFor">For how long, above zero.</param>
public sealed record PowerCut(FirmwareMoment At, int Block, TimeSpan OffFor)
{
    /// <summary>The moment in words, such as <c>block 3</c>.</summary>
    public string Moment => At == FirmwareMoment.Block
        ? string.Create(CultureInfo.InvariantCulture, $"block {Block}")
        : At.ToString().ToLowerInvariant();

    /// <summary>The cut in words, such as <c>block 3 for 2 s</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Moment} for {OffFor.TotalSeconds:0.###} s");
}
