namespace DeviceHarness.Codecs.Dlms;

/// <summary>The forms of an ACTION request.</summary>
/// <remarks>Spec: IEC 62056-5-3, Action-Request.</remarks>
public enum ActionRequestChoice : byte
{
    /// <summary>One method and its parameter.</summary>
    Normal = 1,

    /// <summary>The next block of a long answer.</summary>
    NextPblock = 2,

    /// <summary>Several methods and their parameters.</summary>
    WithList = 3,

    /// <summary>One method and the first block of its parameter.</summary>
    WithFirstPblock = 4,

    /// <summary>Several methods and the first block of their parameters.</summary>
    WithListAndFirstPblock = 5,

    /// <summary>A further block.</summary>
    WithPblock = 6,
}
