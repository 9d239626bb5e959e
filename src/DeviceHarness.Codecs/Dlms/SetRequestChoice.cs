namespace DeviceHarness.Codecs.Dlms;

/// <summary>The forms of a SET request.</summary>
/// <remarks>Spec: IEC 62056-5-3, Set-Request.</remarks>
public enum SetRequestChoice : byte
{
    /// <summary>One attribute and its value.</summary>
    Normal = 1,

    /// <summary>One attribute and the first block of its value.</summary>
    WithFirstDatablock = 2,

    /// <summary>A further block.</summary>
    WithDatablock = 3,

    /// <summary>Several attributes and their values.</summary>
    WithList = 4,

    /// <summary>Several attributes and the first block of their values.</summary>
    WithListAndFirstDatablock = 5,
}
