using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>One attribute to write or method to invoke.</summary>
/// <param name="Field">What it brings.</param>
/// <param name="Place">Where it goes.</param>
/// <param name="Data">The encoded value.</param>
/// <param name="Effect">What it does to the device.</param>
internal sealed record WriteStep(string Field, WriteObject Place, ReadOnlyMemory<byte> Data, WriteEffect Effect)
{
    /// <summary>Whether it is as good done as left out, whatever becomes of the steps beside it.</summary>
    public bool IsIndependent { get; init; }
}
