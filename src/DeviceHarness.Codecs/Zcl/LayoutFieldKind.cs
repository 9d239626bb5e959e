namespace DeviceHarness.Codecs.Zcl;

/// <summary>What stands in a field's place.</summary>
public enum LayoutFieldKind
{
    /// <summary>A value of the field's type.</summary>
    Value = 0,

    /// <summary>The octet that names a type, and a value of that type.</summary>
    TypedValue,

    /// <summary>
    /// By how much an analogue value must change: a value of the type that an earlier field names; nothing for other types.
    /// </summary>
    ReportableChange,

    /// <summary>Octets without a count of their own: a fixed number, as many as an earlier field says, or all that are left.</summary>
    Octets,

    /// <summary>Items of several fields: as many as an earlier field says, or all that are left.</summary>
    Group,
}
