using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>What an adapter says of itself when a version is agreed on.</summary>
/// <param name="Version">The version of the serial protocol that both speak.</param>
/// <param name="StackType">The stack: 2 is ZigBee Pro.</param>
/// <param name="StackVersion">The stack's version, a digit in four bits: 7430 is 7.4.3.0.</param>
public readonly record struct EzspIdentity(EzspVersion Version, byte StackType, ushort StackVersion)
{
    /// <summary>The stack's version in digits, such as <c>7.4.3.0</c>.</summary>
    public string StackText =>
        $"{StackVersion >> 12}.{(StackVersion >> 8) & 0xF}.{(StackVersion >> 4) & 0xF}.{StackVersion & 0xF}";
}
