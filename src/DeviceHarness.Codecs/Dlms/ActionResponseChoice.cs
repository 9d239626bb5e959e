namespace DeviceHarness.Codecs.Dlms;

/// <summary>The forms of an ACTION response.</summary>
/// <remarks>Spec: IEC 62056-5-3, Action-Response.</remarks>
public enum ActionResponseChoice : byte
{
    /// <summary>The result and what the method returned.</summary>
    Normal = 1,

    /// <summary>One block of a long answer.</summary>
    WithPblock = 2,

    /// <summary>The results of several methods.</summary>
    WithList = 3,

    /// <summary>A block of the parameter was taken; the next may come.</summary>
    NextPblock = 4,
}
