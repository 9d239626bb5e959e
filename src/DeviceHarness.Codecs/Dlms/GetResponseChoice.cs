namespace DeviceHarness.Codecs.Dlms;

/// <summary>The forms of a GET response.</summary>
/// <remarks>Spec: IEC 62056-5-3, Get-Response.</remarks>
public enum GetResponseChoice : byte
{
    /// <summary>One value, or why there is none.</summary>
    Normal = 1,

    /// <summary>One block of a long answer, or why there is none.</summary>
    WithDatablock = 2,

    /// <summary>Several values.</summary>
    WithList = 3,
}
