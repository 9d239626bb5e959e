namespace DeviceHarness.Codecs.Dlms;

/// <summary>The forms of a GET request.</summary>
/// <remarks>Spec: IEC 62056-5-3, Get-Request.</remarks>
public enum GetRequestChoice : byte
{
    /// <summary>One attribute.</summary>
    Normal = 1,

    /// <summary>The next block of a long answer.</summary>
    Next = 2,

    /// <summary>Several attributes.</summary>
    WithList = 3,
}
