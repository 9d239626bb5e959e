namespace DeviceHarness.Guest;

/// <summary>A control request of USB.</summary>
/// <remarks>Spec: USB 2.0, section 9.3.</remarks>
/// <param name="Type">Direction, kind and recipient: bit 7 is set where the device answers with octets, bits 6 and 5 are 2 for one of the
/// maker's own.</param>
/// <param name="Request">Which request.</param>
/// <param name="Value">Its value.</param>
/// <param name="Index">Its index.</param>
/// <param name="Length">The octets that go with it, or the most that are wanted.</param>
internal readonly record struct UsbSetup(byte Type, byte Request, ushort Value, ushort Index, ushort Length)
{
    /// <summary>Whether it is one of the maker's own.</summary>
    public bool IsMakers => (Type & 0x60) == 0x40;
}
