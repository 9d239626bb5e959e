namespace DeviceHarness.Codecs.Iec62056;

/// <summary>One value of a read-out: <c>address(value*unit)</c>.</summary>
/// <remarks>Spec: IEC 62056-21, data set. Spans point into the data that was read.</remarks>
public readonly ref struct DataSet
{
    internal DataSet(ReadOnlySpan<byte> address, ReadOnlySpan<byte> value, ReadOnlySpan<byte> unit)
    {
        Address = address;
        Value = value;
        Unit = unit;
    }

    /// <summary>What it is, such as <c>1.8.0</c>; empty for a further value of the address before.</summary>
    public ReadOnlySpan<byte> Address { get; }

    /// <summary>The value as characters.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The unit, such as <c>kWh</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Unit { get; }
}
