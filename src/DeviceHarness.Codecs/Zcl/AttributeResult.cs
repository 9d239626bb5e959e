namespace DeviceHarness.Codecs.Zcl;

/// <summary>An attribute with what was read, written or reported of it.</summary>
/// <param name="Attribute">The attribute's number.</param>
/// <param name="Status">How it went.</param>
/// <param name="Value">The value; null when there is none.</param>
public readonly record struct AttributeResult(ushort Attribute, ZclStatus Status, ZclData? Value)
{
    /// <summary>An attribute that has a value.</summary>
    /// <param name="attribute">The attribute's number.</param>
    /// <param name="value">The value.</param>
    public AttributeResult(ushort attribute, ZclData value)
        : this(attribute, ZclStatus.Success, value)
    {
    }
}
